/** The problems of a run as a grid that fills in: told apart by shape as well as by colour, walked through by keys. */
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { visible } from '../../components/visibleText.js';
import { base } from '../../styles.js';
import { count, t } from '../../words.js';

/** As in the board: `a` at once, `b` after advice, `x` not solved, `r` running, `.` waiting. */
type State = 'a' | 'b' | 'x' | 'r' | '.';

interface Kind {
	readonly state: State;
	readonly sign: string;
	readonly word: string;
}

/** Cells that stand in the page at once; of more problems a window is shown, which follows the newest. */
export const mostCells = 600;

@customElement('flex-problem-grid')
export class ProblemGrid extends LitElement {
	static override styles = [
		base,
		css`
			:host {
				display: block;
			}
			.cells {
				display: flex;
				flex-wrap: wrap;
				gap: 4px;
				outline-offset: 4px;
			}
			.cell {
				display: grid;
				place-content: center;
				width: 19px;
				height: 19px;
				border: 1px solid transparent;
				border-radius: 3px;
				font-size: 11px;
				line-height: 1;
				cursor: pointer;
			}
			.a {
				background: var(--good);
				color: var(--paper);
			}
			.b {
				border-color: var(--advised);
				background: color-mix(in srgb, var(--advised) 45%, transparent);
				color: var(--ink);
			}
			.x {
				border-color: var(--bad);
				color: var(--bad);
			}
			.r {
				border: 2px solid var(--first);
			}
			.wait {
				background: var(--soft);
				border-color: var(--edge);
			}
			.here {
				outline: 2px solid var(--accent);
				outline-offset: 1px;
			}
			.legend {
				display: flex;
				flex-wrap: wrap;
				gap: 4px 16px;
				margin-top: 12px;
				list-style: none;
			}
			.legend li {
				display: flex;
				gap: 6px;
				align-items: center;
			}
			.legend .cell {
				width: 15px;
				height: 15px;
				font-size: 9px;
				cursor: default;
			}
			.more {
				margin: 6px 0;
			}
			@media (forced-colors: active) {
				.cell {
					border-color: CanvasText;
				}
				.a {
					forced-color-adjust: none;
					background: CanvasText;
					color: Canvas;
				}
				.wait {
					border-style: dotted;
				}
			}
		`,
	];

	@property({ attribute: false }) accessor ids: readonly string[] = [];
	@property({ attribute: false }) accessor states = '';
	/** Problems in all; those without an id have not begun. */
	@property({ attribute: false }) accessor total = 0;
	/** A benchmark: its problems are right or wrong, and nobody advises. */
	@property({ attribute: false }) accessor measured = false;
	@state() private accessor at = 0;
	/** Where the window begins; undefined: it follows the newest. */
	@state() private accessor from: number | undefined;
	@query('.cells') private accessor cells!: HTMLElement;

	override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has('total') || changed.has('ids')) this.at = Math.min(this.at, Math.max(0, this.size - 1));
	}

	override render(): TemplateResult {
		const { start, end } = this.window();
		const shown = Array.from({ length: end - start }, (_, index) => this.cell(start + index));
		return html`
			${this.size > mostCells ? this.steps(start, end) : ''}
			<div
				class="cells"
				role="listbox"
				tabindex="0"
				aria-label=${t('Problems')}
				aria-activedescendant="cell-${this.at}"
				@keydown=${this.onKey}
			>
				${shown}
			</div>
			${this.legend()}
		`;
	}

	private get size(): number {
		return Math.max(this.total, this.ids.length);
	}

	private window(): { readonly start: number; readonly end: number } {
		const newest = Math.max(0, Math.min(this.size, this.ids.length + 40) - mostCells);
		const start = Math.max(0, Math.min(this.from ?? newest, this.size - 1));
		return { start, end: Math.min(this.size, start + mostCells) };
	}

	private steps(start: number, end: number): TemplateResult {
		const go = (from: number | undefined): void => {
			this.from = from;
		};
		return html`<p class="more">
			<span class="number">${t('{0} to {1} of {2}', count(start + 1), count(end), count(this.size))}</span>
			<button class="link" ?disabled=${start === 0} @click=${() => go(Math.max(0, start - mostCells))}>${t('Earlier')}</button>
			<button class="link" ?disabled=${end >= this.size} @click=${() => go(end)}>${t('Later')}</button>
			${this.from === undefined ? '' : html`<button class="link" @click=${() => go(undefined)}>${t('Follow the newest')}</button>`}
		</p>`;
	}

	private cell(at: number): TemplateResult {
		const kind = this.kindOf(this.states[at]);
		const id = this.ids[at];
		return html`<span
			class="cell ${kind.state === '.' ? 'wait' : kind.state} ${at === this.at ? 'here' : ''}"
			role="option"
			id="cell-${at}"
			aria-selected=${at === this.at}
			aria-label=${id === undefined ? kind.word : t('Problem {0}: {1}', visible(id), kind.word)}
			title=${id === undefined ? kind.word : `${visible(id)}: ${kind.word}`}
			@click=${() => this.choose(at)}
			><span aria-hidden="true">${kind.sign}</span></span
		>`;
	}

	private legend(): TemplateResult {
		const kinds = this.kinds().filter(({ state: kind }) => kind !== '.');
		const counts = new Map<string, number>();
		for (const kind of this.states) counts.set(kind, (counts.get(kind) ?? 0) + 1);
		return html`<ul class="legend">
			${kinds.map(
				({ state: kind, sign, word }) =>
					html`<li>
						<span class="cell ${kind}" aria-hidden="true">${sign}</span>${word}
						<span class="quiet number">${count(counts.get(kind) ?? 0)}</span>
					</li>`,
			)}
		</ul>`;
	}

	private kindOf(kind: string | undefined): Kind {
		const kinds = this.kinds();
		return kinds.find((one) => one.state === kind) ?? { state: '.', sign: '', word: t('waiting') };
	}

	private kinds(): readonly Kind[] {
		if (this.measured) {
			return [
				{ state: 'a', sign: '✓', word: t('right') },
				{ state: 'x', sign: '✕', word: t('wrong') },
			];
		}
		return [
			{ state: 'a', sign: '✓', word: t('at once') },
			{ state: 'b', sign: '•', word: t('after advice') },
			{ state: 'x', sign: '✕', word: t('not solved') },
			{ state: 'r', sign: '', word: t('running') },
			{ state: '.', sign: '', word: t('waiting') },
		];
	}

	private onKey(event: KeyboardEvent): void {
		const width = Math.max(1, Math.floor((this.cells.clientWidth + 4) / 23));
		const steps: Readonly<Record<string, number>> = {
			...{ ArrowRight: 1, ArrowLeft: -1, ArrowDown: width, ArrowUp: -width, Home: -this.at, End: this.size },
		};
		const step = steps[event.key];
		if (step !== undefined) {
			event.preventDefault();
			this.at = Math.max(0, Math.min(this.size - 1, this.at + step));
			const { start, end } = this.window();
			if (this.at < start || this.at >= end) this.from = Math.max(0, this.at - Math.floor(mostCells / 2));
		}
		if (event.key === 'Enter' || event.key === ' ') {
			event.preventDefault();
			this.choose(this.at);
		}
	}

	private choose(at: number): void {
		this.at = at;
		const id = this.ids[at];
		if (id !== undefined) this.dispatchEvent(new CustomEvent('flex-problem', { detail: id }));
	}
}
