/** What the updater did, newest first: what it wrote, what it joined and how, and what it left out and why. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { BoardChange, BoardDropped } from '../../../src/core/learning/runBoardView.js';
import type { DiffLine } from '../../../src/protocol/library.js';
import type { BoardPage } from '../../../src/protocol/runs.js';
import '../../components/diffLines.js';
import { visible } from '../../components/visibleText.js';
import { connection } from '../../connection.js';
import { go } from '../../go.js';
import { attempt } from '../../news.js';
import { base } from '../../styles.js';
import { ago, t } from '../../words.js';

type Entry = (BoardChange & { readonly kind: 'change' }) | (BoardDropped & { readonly kind: 'dropped' });

/** Entries before "Show more". */
const few = 30;
/** Characters of a title or a reason. */
const longest = 300;

@customElement('flex-learned-feed')
export class LearnedFeed extends LitElement {
	static override styles = [
		base,
		css`
			ol {
				list-style: none;
			}
			li {
				padding: 9px 0;
				border-bottom: 1px solid var(--line);
				overflow-wrap: anywhere;
			}
			.sign {
				display: inline-block;
				width: 1.4em;
			}
			.insert {
				color: var(--good);
			}
			.merge {
				color: var(--mixed);
			}
			.when {
				white-space: nowrap;
			}
		`,
	];

	@property({ attribute: false }) accessor page: BoardPage | undefined;
	@state() private accessor shown = few;
	@state() private accessor diff: { readonly seq: number; readonly lines: readonly DiffLine[] } | undefined;

	override render(): TemplateResult | typeof nothing {
		if (!this.page) return nothing;
		const { board } = this.page;
		const all: readonly Entry[] = [
			...board.changes.map((change) => ({ ...change, kind: 'change' as const })),
			...board.dropped.map((dropped) => ({ ...dropped, kind: 'dropped' as const })),
		].toSorted((a, b) => b.seq - a.seq);
		if (all.length === 0)
			return html`<p class="quiet">${t('Nothing yet: it writes at the end of each batch of problems.')}</p>`;
		return html`<ol>
				${all.slice(0, this.shown).map((entry) => this.entry(entry))}
			</ol>
			${all.length > this.shown ? html`<button class="link" @click=${() => this.more()}>${t('Show more')}</button>` : nothing}`;
	}

	private more(): void {
		this.shown += 100;
	}

	private entry(entry: Entry): TemplateResult {
		if (entry.kind === 'dropped') {
			return html`<li>
				<span class="sign" aria-hidden="true">–</span><strong>${t('Skipped')}</strong>
				<span class="quiet when">${ago(entry.at)}</span>
				<p class="quiet">${cut(entry.reason)} ${this.problem(entry.problem)}</p>
			</li>`;
		}
		const { op, reason, at, problem, seq, id } = entry;
		const gone = op === 'discard';
		return html`<li>
			<span class="sign ${op}" aria-hidden="true">${signs[op] ?? '·'}</span><strong>${opWord(op)}</strong>
			${this.titleOf(id)} <span class="quiet when">${ago(at)}</span>
			${op === 'merge' ? html`<button class="link" aria-expanded=${this.diff?.seq === seq} @click=${() => this.showDiff(entry)}>${t('Diff')}</button>` : nothing}
			<p class="quiet">${cut(reason)} ${gone ? nothing : this.problem(problem)}</p>
			${this.diff?.seq === seq ? html`<flex-diff .lines=${this.diff.lines}></flex-diff>` : nothing}
		</li>`;
	}

	private titleOf(id: string): TemplateResult {
		const title = this.page?.titles[id];
		if (title === undefined) return html`<span class="quiet">${id}</span>`;
		const shelf = this.page?.run.folder;
		return html`<button class="link" @click=${() => go(this, { page: 'library', shelf, id })}>“${cut(title)}”</button>`;
	}

	private problem(problem: string): TemplateResult | typeof nothing {
		if (problem === '') return nothing;
		const open = (): boolean => this.dispatchEvent(new CustomEvent('flex-problem', { detail: problem }));
		return html`<button class="link" @click=${open}>${visible(problem)}</button>`;
	}

	private async showDiff({ seq, id, rev }: BoardChange): Promise<void> {
		if (this.diff?.seq === seq) {
			this.diff = undefined;
			return;
		}
		const shelf = this.page?.run.folder ?? '';
		const history = await attempt(() => connection.ask('history', { shelf, id }));
		const lines = history?.find((revision) => revision.rev === rev)?.diff ?? [];
		if (history) this.diff = { seq, lines };
	}
}

const signs: Readonly<Record<string, string>> = { insert: '+', merge: '⊕', discard: '=', retire: '×' };

function opWord(op: BoardChange['op']): string {
	const words: Readonly<Record<string, string>> = {
		insert: t('New'),
		merge: t('Merged into'),
		discard: t('Discarded, the same as'),
		retire: t('Retired'),
		edit: t('Changed'),
	};
	return words[op] ?? op;
}

function cut(text: string): string {
	const shown = visible(text);
	return shown.length > longest ? `${shown.slice(0, longest)}…` : shown;
}
