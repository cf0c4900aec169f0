/** A line chart: thin lines, bands of what is not sure, a tip at the point that is looked at, and a table behind it. */
import { css, html, LitElement, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { base } from '../styles.js';
import { count, percent, t } from '../words.js';
import { axes, type ChartFrame, frameOf, markPath, seriesDrawing, seriesNames } from './chartDrawing.js';
import {
	type ChartWords,
	finiteSeries,
	nameOfX,
	pointWords,
	type Series,
	tableRows,
	type XTick,
} from './chartSeries.js';

export type { Series } from './chartSeries.js';

/** A point that is looked at: which of the drawn series, which of its points. */
interface Looked {
	readonly series: number;
	readonly point: number;
}

/** Pixels from a point within which the pointer is at it; further off, the nearest above or below counts. */
const reach = 40;

@customElement('flex-line-chart')
export class LineChart extends LitElement {
	static override styles = [
		base,
		css`
			:host {
				display: block;
				min-width: 0;
			}
			.plot {
				position: relative;
			}
			svg {
				display: block;
				width: 100%;
				overflow: visible;
				forced-color-adjust: none;
			}
			.grid {
				stroke: var(--line);
				shape-rendering: crispEdges;
			}
			text {
				fill: var(--quiet);
				font-size: 11px;
				font-variant-numeric: tabular-nums;
			}
			.name {
				fill: currentColor;
				font-size: 12px;
			}
			.first {
				color: var(--first);
			}
			.good {
				color: var(--good);
			}
			.gold {
				color: var(--gold);
			}
			.warn {
				color: var(--warn);
			}
			.mixed {
				color: var(--mixed);
			}
			g.quiet,
			.name.quiet {
				color: var(--quiet);
			}
			.line {
				fill: none;
				stroke: currentColor;
				stroke-width: 2;
				stroke-linejoin: round;
			}
			.band,
			.area {
				fill: currentColor;
				fill-opacity: 0.16;
			}
			.mark {
				fill: currentColor;
				stroke: var(--paper);
				stroke-width: 1;
			}
			.looked {
				fill: var(--paper);
				stroke: currentColor;
				stroke-width: 2;
			}
			.guide {
				stroke: var(--quiet);
				stroke-opacity: 0.5;
				shape-rendering: crispEdges;
			}
			.tip {
				position: absolute;
				top: 0;
				left: 0;
				max-width: 260px;
				padding: 5px 10px;
				border: 1px solid var(--vscode-editorHoverWidget-border, var(--line));
				border-radius: 3px;
				background: var(--vscode-editorHoverWidget-background, var(--paper));
				color: var(--vscode-editorHoverWidget-foreground, var(--ink));
				font-size: 0.92em;
				font-variant-numeric: tabular-nums;
				pointer-events: none;
			}
			.tip:empty {
				display: none;
			}
			.tip .where {
				opacity: 0.85;
			}
			summary {
				width: fit-content;
				margin-top: 6px;
				color: var(--quiet);
				font-size: 0.92em;
				cursor: pointer;
			}
			.table {
				max-height: 320px;
				overflow: auto;
			}
			th,
			td {
				padding: 4px 12px 4px 0;
			}
		`,
	];

	@property({ attribute: false }) accessor series: readonly Series[] = [];
	/** The chart's name, for who doesn't see it. */
	@property({ attribute: false }) accessor label = '';
	/** What goes along the x axis. */
	@property({ attribute: false }) accessor xLabel = '';
	/** y is a share, 0–1; otherwise it counts something. */
	@property({ attribute: false }) accessor yPercent = false;
	/** In place of numbers on the x axis. */
	@property({ attribute: false }) accessor xTicks: readonly XTick[] | undefined;
	/** Pixels. */
	@property({ attribute: false }) accessor height = 220;
	@state() private accessor width = 0;
	@state() private accessor looked: Looked | undefined;
	@state() private accessor tableOpen = false;
	private drawn: readonly Series[] = [];
	private frame: ChartFrame | undefined;
	private readonly observer = new ResizeObserver(([entry]) => {
		if (entry) this.width = Math.floor(entry.contentRect.width);
	});

	override connectedCallback(): void {
		super.connectedCallback();
		this.observer.observe(this);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.observer.disconnect();
	}

	override willUpdate(changed: PropertyValues): void {
		if (changed.has('series')) {
			this.drawn = finiteSeries(this.series);
			this.looked = undefined;
		}
		const { drawn, width, height, xLabel, words } = this;
		this.frame =
			drawn.length === 0 || width < 60
				? undefined
				: frameOf({
						series: drawn,
						width,
						height,
						percent: this.yPercent,
						xTicks: this.xTicks,
						xLabel,
						sayX: words.x,
						sayY: words.y,
					});
	}

	override render(): TemplateResult {
		if (this.drawn.length === 0) return html`<slot><p class="quiet">${t('Nothing to draw yet.')}</p></slot>`;
		return html`
			<div
				class="plot"
				tabindex="0"
				role="group"
				aria-label=${t('{0}: the arrow keys go from point to point', this.label)}
				@keydown=${this.onKey}
				@blur=${this.leave}
				@pointermove=${this.onPointer}
				@pointerleave=${this.leave}
			>
				${this.frame ? this.drawing(this.frame) : nothing}
				<div class="tip" role="status">${this.tip()}</div>
			</div>
			<details @toggle=${this.onToggle}>
				<summary>${t('Show as table')}</summary>
				${this.tableOpen ? this.table() : nothing}
			</details>
		`;
	}

	/** The tip stands beside its point, inside the chart. Set here, for the page's policy allows no style in the markup. */
	override updated(): void {
		const tip = this.renderRoot.querySelector<HTMLElement>('.tip');
		const at = this.placeOf(this.looked);
		if (!tip || !at || !this.frame) return;
		const { width, height } = this.frame;
		const right = at.x + 14 + tip.offsetWidth <= width;
		const x = right ? at.x + 14 : Math.max(0, at.x - 14 - tip.offsetWidth);
		const y = Math.max(0, Math.min(at.y - tip.offsetHeight / 2, height - tip.offsetHeight));
		tip.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
	}

	private get words(): ChartWords {
		const y = this.yPercent ? percent : (value: number) => count(Math.round(value * 100) / 100);
		return { x: count, y, interval: (low, high) => t('{0} to {1}', y(low), y(high)) };
	}

	private drawing(frame: ChartFrame): TemplateResult {
		const { drawn, looked } = this;
		const at = this.placeOf(looked);
		return html`<svg role="img" aria-label=${this.label} width=${frame.width} height=${frame.height}>
			${axes(frame, this.xLabel)} ${drawn.map((series, order) => seriesDrawing(series, order, frame))}
			${seriesNames(drawn, frame)}
			${
				at && looked
					? svg`<line class="guide" x1=${at.x} x2=${at.x} y1=${frame.top} y2=${frame.bottom}></line>
						<g class=${drawn[looked.series]?.colour ?? 'quiet'}>
							<path class="looked" d=${markPath(looked.series, at.x, at.y, 5)}></path>
						</g>`
					: nothing
			}
		</svg>`;
	}

	private tip(): TemplateResult | typeof nothing {
		const series = this.looked && this.drawn[this.looked.series];
		const point = this.looked && series?.points[this.looked.point];
		if (!series || !point) return nothing;
		const place = nameOfX(point, this.xTicks, this.words);
		const name = series.name === '' ? '' : `${series.name}: `;
		return html`<div>${name}<strong>${pointWords(point, place, this.words)}</strong></div>
			<div class="where">${this.xLabel === '' ? place : `${this.xLabel}: ${place}`}</div>`;
	}

	private table(): TemplateResult {
		return html`<div class="table" tabindex="0" role="group" aria-label=${t('{0}, as a table', this.label)}>
			<table>
				<thead>
					<tr>
						<th scope="col">${this.xLabel === '' ? t('Place') : this.xLabel}</th>
						${this.drawn.map(({ name }) => html`<th class="number" scope="col">${name === '' ? this.label : name}</th>`)}
					</tr>
				</thead>
				<tbody>
					${tableRows(this.drawn, this.xTicks, this.words).map(
						({ name, cells }) =>
							html`<tr>
								<th scope="row">${name}</th>
								${cells.map((cell) => html`<td class="number">${cell === '' ? '–' : cell}</td>`)}
							</tr>`,
					)}
				</tbody>
			</table>
		</div>`;
	}

	private placeOf(looked: Looked | undefined): { readonly x: number; readonly y: number } | undefined {
		const point = looked && this.drawn[looked.series]?.points[looked.point];
		return point && this.frame ? { x: this.frame.x(point.x), y: this.frame.y(point.y) } : undefined;
	}

	private onPointer(event: PointerEvent): void {
		const box = this.renderRoot.querySelector('svg')?.getBoundingClientRect();
		if (!box || !this.frame) return;
		const [x, y] = [event.clientX - box.left, event.clientY - box.top];
		let best: { readonly looked: Looked; readonly far: number } | undefined;
		this.drawn.forEach(({ points }, series) => {
			points.forEach((_, point) => {
				const at = this.placeOf({ series, point });
				if (!at) return;
				const near = Math.hypot(at.x - x, at.y - y);
				const far = near <= reach ? near : reach + Math.abs(at.x - x) + Math.abs(at.y - y) / 1000;
				if (!best || far < best.far) best = { looked: { series, point }, far };
			});
		});
		this.looked = best?.looked;
	}

	private onKey(event: KeyboardEvent): void {
		if (event.key === 'Escape') this.leave();
		const next = this.nextByKey(event.key);
		if (!next) return;
		event.preventDefault();
		this.looked = next;
	}

	/** Left and right along a line, up and down from line to line at about the same place. */
	private nextByKey(key: string): Looked | undefined {
		if (!['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'].includes(key)) return undefined;
		const { series, point } = this.looked ?? { series: 0, point: -1 };
		const points = this.drawn[series]?.points ?? [];
		const last = points.length - 1;
		if (key === 'Home') return { series, point: 0 };
		if (key === 'End') return { series, point: last };
		if (key === 'ArrowRight') return { series, point: Math.min(last, point + 1) };
		if (key === 'ArrowLeft') return { series, point: point < 0 ? last : Math.max(0, point - 1) };
		const step = key === 'ArrowDown' ? 1 : -1;
		const other = (series + step + this.drawn.length) % this.drawn.length;
		return { series: other, point: nearest(this.drawn[other]?.points ?? [], points[Math.max(0, point)]?.x ?? 0) };
	}

	private leave(): void {
		this.looked = undefined;
	}

	private onToggle(event: Event): void {
		this.tableOpen = event.target instanceof HTMLDetailsElement && event.target.open;
	}
}

function nearest(points: readonly { readonly x: number }[], x: number): number {
	let best = 0;
	points.forEach((point, index) => {
		if (Math.abs(point.x - x) < Math.abs((points[best]?.x ?? 0) - x)) best = index;
	});
	return best;
}
