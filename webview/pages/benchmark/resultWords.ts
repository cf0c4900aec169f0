/** A result in words: what was measured in a line, the claim large, whatever else must be said beneath it, quiet. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Report } from '../../../src/core/evaluation/report.js';
import { base } from '../../styles.js';
import { count, moment, t } from '../../words.js';

@customElement('flex-result-words')
export class ResultWords extends LitElement {
	static override styles = [
		base,
		css`
			:host {
				display: block;
			}
			h1 {
				max-width: 33em;
				margin: 6px 0 8px;
				overflow-wrap: anywhere;
			}
			h1:focus-visible {
				outline-offset: 4px;
			}
			h1 ~ p {
				max-width: 76ch;
				margin-top: 4px;
				text-wrap: pretty;
			}
			.lost {
				margin-bottom: 8px;
			}
		`,
	];

	@property({ attribute: false }) accessor report: Report | null = null;
	@property({ attribute: false }) accessor words: readonly string[] = [];
	/** Problems that the model alone solved and experience did not. */
	@property({ attribute: false }) accessor lost = 0;

	override render(): TemplateResult {
		const [first = this.without(), ...rest] = this.words;
		return html`
			<p class="quiet number">${this.measured()}</p>
			<h1 tabindex="-1">${first}</h1>
			${this.lost > 0 && !this.report?.partial ? this.lostLine() : nothing}
			${rest.map((sentence) => html`<p class="quiet">${sentence}</p>`)}
		`;
	}

	/** The heading takes the focus, so that it is read first. */
	override focus(): void {
		this.renderRoot.querySelector<HTMLElement>('h1')?.focus();
	}

	private lostLine(): TemplateResult {
		const text =
			this.lost === 1
				? t('It also lost one problem that the model alone solved.')
				: t('It also lost {0} problems that the model alone solved.', count(this.lost));
		return html`<p class="lost">${text} <button class="link" @click=${() => this.show()}>${t('Show them')}</button></p>`;
	}

	private show(): void {
		this.dispatchEvent(new CustomEvent('flex-show-lost'));
	}

	/** One arm alone, or none that experience is compared with. */
	private without(): string {
		const { report } = this;
		return report ? t('{0} problems were answered. Nothing was compared with experience.', count(report.set.n)) : '';
	}

	private measured(): string {
		const { report } = this;
		if (!report) return '';
		const { set, models, seeds, createdAt } = report;
		const problems =
			set.split === 'test' ? t('{0} test problems', count(set.n)) : t('{0} held-out problems', count(set.n));
		const names = [...new Set(models.map(({ id }) => id))].join(', ');
		const drawn = seeds.length > 1 ? t('{0} seeds', seeds.length) : t('one seed');
		return [set.name, problems, names, drawn, moment(createdAt)].filter((part) => part !== '').join(' · ');
	}
}
