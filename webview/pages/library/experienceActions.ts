/** What can be done with the experience that is open: to decide on what waits, edit, mark, retire, and look further. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ExperiencePage, PanelDecision } from '../../../src/protocol/library.js';
import { connection } from '../../connection.js';
import { attempt, tell, tellCurated } from '../../news.js';
import { base } from '../../styles.js';
import { t } from '../../words.js';

/** Which of its sides an experience shows. */
export type Section = 'read' | 'edit' | 'history' | 'similar';

/** Tells of `flex-section`: the side that is wanted. */
@customElement('flex-experience-actions')
export class ExperienceActions extends LitElement {
	static override styles = [
		base,
		css`
			:host {
				display: block;
			}
			.actions {
				display: flex;
				flex-wrap: wrap;
				gap: 6px;
				margin: 16px 0 4px;
			}
			.waiting {
				margin: 16px 0 0;
				padding: 10px 14px;
				border-inline-start: 3px solid var(--accent);
				background: var(--soft);
			}
		`,
	];

	@property({ attribute: false }) accessor shelf = '';
	@property({ attribute: false }) accessor page: ExperiencePage | undefined;
	@property({ attribute: false }) accessor section: Section = 'read';

	override render(): TemplateResult | typeof nothing {
		if (!this.page) return nothing;
		const { experience, readOnly } = this.page;
		const { starred, pinned, status, reviewed } = experience;
		const waits = status === 'quarantined' || status === 'proposed';
		return html`${waits ? this.waiting(status, readOnly) : nothing}
			<div class="actions">
				${this.button(t('Edit'), () => this.show('edit'), readOnly, !waits)}
				${this.button(starred ? t('Remove star') : t('Star'), () => this.decide(starred ? 'unstar' : 'star'), readOnly)}
				${this.button(pinned ? t('Unpin') : t('Pin'), () => this.decide(pinned ? 'unpin' : 'pin'), readOnly)}
				${this.toggle('similar', t('Find similar'))} ${this.toggle('history', t('History'))}
				${
					status === 'active' && !reviewed
						? this.button(t('Mark as read'), () => this.decide('accept'), readOnly)
						: nothing
				}
				${
					status === 'retired'
						? this.button(t('Use again'), () => this.decide('accept'), readOnly)
						: this.button(t('Retire'), () => this.decide('retire'), readOnly)
				}
				${this.button(t('Open as document'), () => this.document())} ${this.button(t('Copy id'), () => this.copy())}
			</div>`;
	}

	private waiting(status: 'quarantined' | 'proposed', readOnly: boolean): TemplateResult {
		return html`<div class="waiting">
			<p>
				${
					status === 'quarantined'
						? t('It came from outside and is not used until you accept it.')
						: t('It was proposed and is not used until you accept it.')
				}
			</p>
			<div class="actions">
				${this.button(t('Accept'), () => this.decide('accept'), readOnly, true)}
				${this.button(t('Reject'), () => this.decide('reject'), readOnly)}
			</div>
		</div>`;
	}

	private button(label: string, run: () => unknown, off = false, primary = false): TemplateResult {
		return html`<button class="small ${primary ? 'primary' : ''}" ?disabled=${off} @click=${() => attempt(run)}>
			${label}
		</button>`;
	}

	private toggle(section: Section, label: string): TemplateResult {
		const on = this.section === section;
		return html`<button
			class="small"
			aria-expanded=${on}
			@click=${() => this.show(on ? 'read' : section)}
		>
			${label}
		</button>`;
	}

	private show(section: Section): void {
		this.dispatchEvent(new CustomEvent('flex-section', { detail: section }));
	}

	/** The id of the experience. */
	private get open(): string {
		return this.page?.experience.id ?? '';
	}

	private async decide(decision: PanelDecision): Promise<void> {
		tellCurated(await connection.ask('decide', { shelf: this.shelf, ids: [this.open], decision }));
	}

	private document(): Promise<unknown> {
		return connection.ask('open', { what: 'document', shelf: this.shelf, id: this.open });
	}

	private async copy(): Promise<void> {
		await connection.ask('copy', { text: this.open });
		tell({ text: t('Id copied. Typed into the search, it leads here again.'), failed: false });
	}
}
