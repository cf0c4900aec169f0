/** What is most like an experience: to read on, and to join what says the same, after seeing what becomes of it. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { DiffLine, NeighbourInfo } from '../../../src/protocol/library.js';
import '../../components/diffLines.js';
import { visible } from '../../components/visibleText.js';
import { connection } from '../../connection.js';
import { attempt, tellCurated } from '../../news.js';
import { base, zones } from '../../styles.js';
import { percent, t } from '../../words.js';
import { statusWords, zoneSigns } from './facetWords.js';

interface Preview {
	readonly id: string;
	readonly answer: { readonly diff: readonly DiffLine[] } | { readonly refused: string };
}

@customElement('flex-neighbours')
export class NeighbourView extends LitElement {
	static override styles = [
		base,
		zones,
		css`
			:host {
				display: block;
				margin: 18px 0 0;
				padding: 12px 0 8px;
				border-block: 1px solid var(--line);
			}
			ul {
				list-style: none;
			}
			li {
				padding: 5px 0;
			}
			.line {
				display: grid;
				grid-template-columns: 14px minmax(0, 1fr) auto auto;
				gap: 10px;
				align-items: baseline;
			}
			.preview {
				margin: 8px 0 8px 24px;
			}
			.buttons {
				display: flex;
				gap: 6px;
				margin-top: 8px;
			}
			h2 {
				margin-bottom: 4px;
			}
		`,
	];

	@property({ attribute: false }) accessor shelf = '';
	@property({ attribute: false }) accessor experience = '';
	@property({ attribute: false }) accessor rev = 0;
	@property({ attribute: false }) accessor readOnly = false;
	@state() private accessor neighbours: readonly NeighbourInfo[] | undefined;
	@state() private accessor preview: Preview | undefined;

	override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has('experience') || changed.has('rev')) void this.load();
	}

	override render(): TemplateResult | typeof nothing {
		if (!this.neighbours) return nothing;
		return html`<h2>${t('Most like it')}</h2>
			${
				this.neighbours.length === 0
					? html`<p class="quiet">${t('Nothing in the library is like it.')}</p>`
					: html`<ul>
							${this.neighbours.map((neighbour) => this.item(neighbour))}
						</ul>`
			}`;
	}

	private async load(): Promise<void> {
		const { shelf, experience: id } = this;
		this.preview = undefined;
		this.neighbours = await attempt(() => connection.ask('neighbours', { shelf, id }));
	}

	private item(neighbour: NeighbourInfo): TemplateResult {
		const { id, title, zone, status, similarity, duplicate } = neighbour;
		return html`<li>
			<div class="line">
				<span class=${zone} aria-hidden="true">${zoneSigns[zone]}</span>
				<span>
					<button class="link" @click=${() => this.open(id)}>${title === '' ? t('Without a title') : visible(title)}</button>
					${status === 'active' ? nothing : html`<span class="quiet">${statusWords()[status]}</span>`}
					${duplicate ? html`<span class="quiet">${t('may say the same')}</span>` : nothing}
				</span>
				<span class="quiet number">${t('{0} alike', percent(similarity))}</span>
				<button
					class="small"
					?disabled=${this.readOnly}
					aria-expanded=${this.preview?.id === id}
					@click=${() => this.look(id)}
				>
					${t('Merge…')}
				</button>
			</div>
			${this.preview?.id === id ? this.shown(neighbour, this.preview) : nothing}
		</li>`;
	}

	private shown(neighbour: NeighbourInfo, { answer }: Preview): TemplateResult {
		if ('refused' in answer) return html`<p class="preview">${answer.refused}</p>`;
		return html`<div class="preview">
			<p>${t('This experience takes in the other one, which is retired. It then reads:')}</p>
			<flex-diff .lines=${answer.diff}></flex-diff>
			<div class="buttons">
				<button class="small primary" @click=${() => this.merge(neighbour)}>${t('Merge them')}</button>
				<button class="small" @click=${() => this.close()}>${t('Keep both')}</button>
			</div>
		</div>`;
	}

	private async look(id: string): Promise<void> {
		if (this.preview?.id === id) return this.close();
		const { shelf, experience: keep } = this;
		const answer = await attempt(() => connection.ask('mergePreview', { shelf, keep, drop: id }));
		if (answer) this.preview = { id, answer };
	}

	private merge({ id, rev }: NeighbourInfo): void {
		const { shelf, experience, rev: ownRev } = this;
		const params = { shelf, keep: { id: experience, rev: ownRev }, drop: { id, rev } };
		void attempt(async () => {
			tellCurated(await connection.ask('merge', params));
			this.close();
		});
	}

	private close(): void {
		this.preview = undefined;
	}

	private open(id: string): void {
		this.dispatchEvent(new CustomEvent('flex-open', { detail: id }));
	}
}
