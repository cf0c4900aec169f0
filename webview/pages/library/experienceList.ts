/** The list of experiences: as many rows in the page as are in sight, however many there are. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { BrowseRow } from '../../../src/core/experience/browse.js';
import { base, zones } from '../../styles.js';
import { count, signed, t } from '../../words.js';
import { statusWords, zoneSigns, zoneWords } from './facetWords.js';
import type { LibraryRows } from './libraryRows.js';
import { marked } from './marked.js';

/** CSS pixels; all rows are equally high, so that a place in the list is a place on the page. */
const rowHeight = 56;
/** Rows above and below those in sight. */
const spare = 6;

export interface ListSelection {
	/** The row where the keys are; -1: none. */
	readonly at: number;
	readonly ids: ReadonlySet<string>;
}

@customElement('flex-experience-list')
export class ExperienceList extends LitElement {
	static override styles = [
		base,
		zones,
		css`
			:host {
				display: block;
				min-height: 0;
				overflow: hidden;
			}
			.scroller {
				height: 100%;
				overflow-y: auto;
				outline-offset: -1px;
			}
			.row {
				display: grid;
				grid-template-columns: 14px minmax(0, 1fr) auto;
				gap: 0 8px;
				align-content: center;
				height: ${rowHeight}px;
				padding: 0 14px 0 14px;
				border-bottom: 1px solid var(--line);
				cursor: pointer;
				contain: strict;
			}
			.row:hover {
				background: var(--hover);
			}
			.row[aria-selected='true'] {
				background: var(--chosen);
				color: var(--chosen-ink);
				outline: 1px solid var(--edge);
				outline-offset: -1px;
			}
			.row.here {
				box-shadow: inset 3px 0 0 var(--accent);
			}
			.sign {
				font-size: 0.75em;
				line-height: 1.95;
			}
			.title,
			.summary {
				overflow: hidden;
				white-space: nowrap;
				text-overflow: ellipsis;
			}
			.title {
				font-weight: 600;
			}
			.summary {
				grid-column: 2;
				color: var(--quiet);
			}
			.row[aria-selected='true'] .summary,
			.row[aria-selected='true'] .side {
				color: inherit;
			}
			.side {
				font-size: 0.92em;
				text-align: end;
				color: var(--quiet);
				font-variant-numeric: tabular-nums;
			}
			.helps {
				color: var(--good);
			}
			.hurts {
				color: var(--bad);
			}
			.row[aria-selected='true'] :is(.helps, .hurts, .sign, mark) {
				color: inherit;
			}
			mark {
				background: none;
				color: var(--hit);
				font-weight: 700;
			}
			.retired .title {
				text-decoration: line-through;
				font-weight: 400;
			}
		`,
	];

	@property({ attribute: false }) accessor rows: LibraryRows | undefined;
	/** Changes with every answer. */
	@property({ attribute: false }) accessor version = 0;
	@property({ attribute: false }) accessor open = '';
	@property({ attribute: false }) accessor chosen: ReadonlySet<string> = new Set();
	@state() private accessor first = 0;
	@state() private accessor at = -1;
	@query('.scroller') private accessor scroller!: HTMLElement;
	private height = 600;
	private readonly watcher = new ResizeObserver(([entry]) => this.resized(entry?.contentRect.height ?? 0));

	override firstUpdated(): void {
		this.watcher.observe(this.scroller);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.watcher.disconnect();
	}

	/** Puts a row at the top of what is in sight. */
	async showFrom(row: number): Promise<void> {
		await this.updateComplete;
		this.scroller.scrollTop = row * rowHeight;
	}

	override focus(): void {
		this.scroller.focus();
	}

	override render(): TemplateResult {
		const { total } = this.rows ?? { total: 0 };
		const visible = Math.ceil(this.height / rowHeight);
		const from = Math.max(0, Math.min(this.first, total - visible) - spare);
		const to = Math.min(total, from + visible + 2 * spare);
		const rows = Array.from({ length: to - from }, (_, index) => this.row(from + index));
		return html`<div
			class="scroller"
			role="listbox"
			tabindex="0"
			aria-multiselectable="true"
			aria-label=${t('Experiences')}
			aria-activedescendant=${this.at >= from && this.at < to ? `row-${this.at}` : nothing}
			@scroll=${this.onScroll}
			@keydown=${this.onKey}
			@focus=${() => this.onFocus()}
		>
			<div class="above" role="presentation" data-height=${from * rowHeight}></div>
			${rows}
			<div class="below" role="presentation" data-height=${(total - to) * rowHeight}></div>
		</div>`;
	}

	override updated(changed: PropertyValues<this>): void {
		// Heights go in by script: the page's policy allows no style in its text.
		for (const space of this.renderRoot.querySelectorAll<HTMLElement>('[data-height]')) {
			space.style.height = `${space.dataset.height}px`;
		}
		if (changed.has('version') && this.rows) this.at = Math.min(this.at, this.rows.total - 1);
		this.rows?.need(Math.max(0, this.first - spare), this.first + Math.ceil(this.height / rowHeight) + spare);
	}

	private row(at: number): TemplateResult {
		const row = this.rows?.row(at);
		const place = { size: this.rows?.total ?? 0, at: at + 1 };
		if (!row) {
			return html`<div class="row" role="option" aria-selected="false" aria-setsize=${place.size} aria-posinset=${place.at}>
				<span></span><span class="quiet">…</span>
			</div>`;
		}
		const selected = this.chosen.size > 1 ? this.chosen.has(row.id) : row.id === this.open;
		return html`<div
			class="row ${row.status} ${at === this.at ? 'here' : ''}"
			role="option"
			id="row-${at}"
			aria-selected=${selected}
			aria-setsize=${place.size}
			aria-posinset=${place.at}
			@click=${(event: MouseEvent) => this.onClick(event, at)}
		>
			<span class="sign ${row.zone}" aria-hidden="true">${zoneSigns[row.zone]}</span>
			<span class="title">${row.title === '' ? t('Without a title') : marked(row.title, row.titleRanges)}</span>
			<span class="side ${row.utility?.verdict ?? ''}">${effectOf(row)}</span>
			<span class="summary">${marked(row.summary, row.summaryRanges)}</span>
			<span class="side">${standingOf(row)}</span>
			<span class="hidden-text">${spoken(row)}</span>
		</div>`;
	}

	private onScroll(): void {
		const first = Math.floor(this.scroller.scrollTop / rowHeight);
		if (first === this.first) return;
		this.first = first;
		this.emit('flex-top', first);
	}

	private onFocus(): void {
		if (this.at < 0 && this.rows && this.rows.total > 0) this.at = this.first;
	}

	private onClick(event: MouseEvent, at: number): void {
		const many = event.ctrlKey || event.metaKey;
		const range = event.shiftKey && this.at >= 0;
		const before = this.at;
		this.at = at;
		if (range) this.choose(this.between(before, at));
		else if (many) this.toggle(at);
		else this.openRow(at);
	}

	private onKey(event: KeyboardEvent): void {
		const page = Math.max(1, Math.floor(this.height / rowHeight) - 1);
		const steps: Readonly<Record<string, number>> = {
			ArrowDown: 1,
			ArrowUp: -1,
			PageDown: page,
			PageUp: -page,
			Home: Number.NEGATIVE_INFINITY,
			End: Number.POSITIVE_INFINITY,
		};
		const step = steps[event.key];
		if (step !== undefined) {
			event.preventDefault();
			this.move(step, event.shiftKey);
		} else if (event.key === 'Enter') this.emit('flex-into', undefined);
		else if (event.key === ' ') {
			event.preventDefault();
			this.toggle(this.at);
		} else if (event.key === 'Delete') this.emit('flex-retire', undefined);
		else if (event.key === 'Escape') this.choose([]);
	}

	private move(step: number, extend: boolean): void {
		const last = (this.rows?.total ?? 0) - 1;
		if (last < 0) return;
		const before = Math.max(this.at, 0);
		this.at = Math.max(0, Math.min(last, this.at + step));
		this.reveal();
		if (extend) this.choose([...this.chosen, ...this.between(before, this.at)]);
		else this.openRow(this.at);
	}

	private reveal(): void {
		const top = this.at * rowHeight;
		if (top < this.scroller.scrollTop) this.scroller.scrollTop = top;
		const bottom = top + rowHeight - this.scroller.clientHeight;
		if (bottom > this.scroller.scrollTop) this.scroller.scrollTop = bottom;
	}

	private between(a: number, b: number): readonly string[] {
		const [from, to] = a < b ? [a, b] : [b, a];
		return Array.from({ length: to - from + 1 }, (_, index) => this.rows?.row(from + index)?.id ?? '').filter(Boolean);
	}

	private toggle(at: number): void {
		const id = this.rows?.row(at)?.id;
		if (id === undefined) return;
		const chosen = new Set(this.chosen.size > 0 || this.open === '' ? this.chosen : [this.open]);
		if (!chosen.delete(id)) chosen.add(id);
		this.choose([...chosen]);
	}

	private choose(ids: readonly string[]): void {
		this.emit('flex-choose', new Set(ids));
	}

	private openRow(at: number): void {
		const id = this.rows?.row(at)?.id;
		if (id !== undefined) this.emit('flex-open', id);
	}

	private resized(height: number): void {
		this.height = height;
		this.requestUpdate();
	}

	private emit(name: string, detail: unknown): void {
		this.dispatchEvent(new CustomEvent(name, { detail }));
	}
}

function effectOf({ utility, pinned, starred }: BrowseRow): string {
	const marks = `${starred ? '★ ' : ''}${pinned ? '📌︎ ' : ''}`;
	return utility && utility.verdict !== 'unknown' ? `${marks}${signed(utility.effect)}` : marks.trimEnd();
}

function standingOf({ used, status, reviewed }: BrowseRow): string {
	if (status !== 'active') return statusWords()[status] ?? '';
	if (used > 0) return used === 1 ? t('1 use') : t('{0} uses', count(used));
	return reviewed ? '' : t('new');
}

/** What the signs of a row say, for those who do not see them. */
function spoken({ zone, starred, pinned }: BrowseRow): string {
	return [zoneWords()[zone], starred ? t('starred') : '', pinned ? t('pinned') : ''].filter(Boolean).join(', ');
}
