/** One problem of a run, as it was worked on: its question, and every try with what was said about it. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { RunPlace, TranscriptPage } from '../../../src/protocol/runs.js';
import { asked } from '../../components/molecules.js';
import '../../components/richText.js';
import '../../components/transcriptView.js';
import { visible } from '../../components/visibleText.js';
import { connection } from '../../connection.js';
import { attempt } from '../../news.js';
import { base } from '../../styles.js';
import { t } from '../../words.js';

@customElement('flex-problem')
export class ProblemDrawer extends LitElement {
	static override styles = [
		base,
		css`
			:host {
				display: block;
				overflow-y: auto;
				padding: 18px 24px 40px;
			}
			header {
				display: flex;
				gap: 12px;
				align-items: baseline;
				justify-content: space-between;
				margin-bottom: 10px;
			}
			.ways {
				display: flex;
				gap: 14px;
			}
			.question {
				margin-bottom: 8px;
				font-size: 1.05em;
			}
		`,
	];

	@property({ attribute: false }) accessor place: RunPlace | undefined;
	@property({ attribute: false }) accessor problem = '';
	@property({ attribute: false }) accessor epoch: number | undefined;
	/** Of the problem's set, to open it there. */
	@property({ attribute: false }) accessor set = '';
	@state() private accessor page: TranscriptPage | undefined;

	override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has('problem') || changed.has('epoch') || changed.has('place')) void this.load();
	}

	override firstUpdated(): void {
		this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
	}

	override render(): TemplateResult {
		const { page } = this;
		return html`<header>
				<h2 tabindex="-1">${t('Problem {0}', visible(this.problem))}</h2>
				<span class="ways">
					${page?.here ? html`<button class="link" @click=${() => this.open()}>${t('Open in its file')}</button>` : nothing}
					<button class="link" @click=${() => this.dispatchEvent(new CustomEvent('flex-close'))}>${t('Close')}</button>
				</span>
			</header>
			${
				page
					? html`${page.question === '' ? nothing : html`<flex-rich class="question" .text=${page.question}></flex-rich>`}
							${page.expected === '' ? nothing : html`<p class="quiet">${page.openEnded ? t('A good answer: {0}', visible(page.expected.slice(0, 500))) : t('Expected: {0}', visible(page.expected.slice(0, 500)))}</p>`}
							${page.molecules ? html`<flex-molecules .shown=${asked(page)}></flex-molecules>` : nothing}
							<flex-transcript .page=${page} .shelf=${this.place?.folder}></flex-transcript>`
					: html`<p class="quiet" role="status">${t('Reading…')}</p>`
			}`;
	}

	private async load(): Promise<void> {
		const { place, problem, epoch } = this;
		if (!place || problem === '') return;
		const page = await attempt(() => connection.ask('transcripts', { ...place, problem, epoch }));
		if (page && problem === this.problem) this.page = page;
	}

	private open(): void {
		const { set, problem } = this;
		void attempt(() => connection.ask('open', { what: 'problem', set, problem }));
	}
}
