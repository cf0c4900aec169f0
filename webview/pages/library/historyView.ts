/** The revisions of an experience, newest first: what each changed, and the way back to it. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { RevisionInfo } from '../../../src/protocol/library.js';
import '../../components/diffLines.js';
import { connection } from '../../connection.js';
import { attempt, tellCurated } from '../../news.js';
import { base } from '../../styles.js';
import { moment, t } from '../../words.js';

@customElement('flex-history')
export class HistoryView extends LitElement {
	static override styles = [
		base,
		css`
			:host {
				display: block;
				margin: 18px 0 0;
				padding: 12px 0 4px;
				border-block: 1px solid var(--line);
			}
			ol {
				list-style: none;
			}
			li {
				padding: 8px 0;
			}
			.line {
				display: flex;
				flex-wrap: wrap;
				gap: 4px 12px;
				align-items: baseline;
			}
			h2 {
				margin-bottom: 4px;
			}
		`,
	];

	@property({ attribute: false }) accessor shelf = '';
	@property({ attribute: false }) accessor experience = '';
	/** Of the newest revision; another one: it is read again. */
	@property({ attribute: false }) accessor rev = 0;
	@property({ attribute: false }) accessor readOnly = false;
	@state() private accessor revisions: readonly RevisionInfo[] | undefined;

	override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has('experience') || changed.has('rev')) void this.load();
	}

	override render(): TemplateResult | typeof nothing {
		if (!this.revisions) return nothing;
		return html`<h2>${t('History')}</h2>
			<ol>
				${this.revisions.map((revision) => this.item(revision))}
			</ol>`;
	}

	private async load(): Promise<void> {
		const { shelf, experience: id } = this;
		this.revisions = await attempt(() => connection.ask('history', { shelf, id }));
	}

	private item({ rev, op, by, at, reason, diff }: RevisionInfo): TemplateResult {
		const current = rev === this.rev;
		return html`<li>
			<div class="line">
				<span class="number">${t('Revision {0}', rev)}</span>
				<span>${opWords()[op] ?? op}</span>
				<span class="quiet">${by}</span>
				<span class="quiet number">${moment(at)}</span>
				${
					current
						? html`<span class="quiet">${t('as it is now')}</span>`
						: html`<button class="link" ?disabled=${this.readOnly} @click=${() => this.restore(rev)}>
									${t('Bring back')}
								</button>
								<button class="link" @click=${() => this.compare(rev)}>${t('Compare in the editor')}</button>`
				}
			</div>
			${reason === '' ? nothing : html`<p class="quiet">${reason}</p>`}
			${diff.length > 0 ? html`<flex-diff .lines=${diff}></flex-diff>` : nothing}
		</li>`;
	}

	private restore(rev: number): void {
		const { shelf, experience: id } = this;
		void attempt(async () => tellCurated(await connection.ask('restore', { shelf, id, rev })));
	}

	private compare(rev: number): void {
		const { shelf, experience: id } = this;
		void attempt(() => connection.ask('open', { what: 'compare', shelf, id, rev }));
	}
}

function opWords(): Readonly<Record<string, string>> {
	return {
		insert: t('written'),
		merge: t('merged'),
		edit: t('edited'),
		retire: t('retired'),
		pin: t('pinned or unpinned'),
		star: t('starred or not'),
		accept: t('accepted'),
		reject: t('rejected'),
		undo: t('brought back'),
	};
}
