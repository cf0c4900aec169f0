/** Lines, bands and marks of a chart, as SVG. */
import { nothing, type SVGTemplateResult, svg } from 'lit';
import type { Domain } from './chartScale.js';
import { domainOf, fitted, niceDomain, niceTicks, scale, spread, textWidth } from './chartScale.js';
import type { Series, SeriesPoint, XTick } from './chartSeries.js';

/** Pixels. */
const fontSize = 12;
const tickSize = 11;

/** Where everything stands, in pixels. */
export interface ChartFrame {
	readonly width: number;
	readonly height: number;
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
	readonly x: (x: number) => number;
	readonly y: (y: number) => number;
	readonly yTicks: readonly { readonly at: number; readonly label: string }[];
	readonly xTicks: readonly { readonly at: number; readonly label: string }[];
	/** The widest name at the end of a line; 0: names have no room there. */
	readonly nameWidth: number;
}

export interface FrameOptions {
	readonly series: readonly Series[];
	readonly width: number;
	readonly height: number;
	readonly percent: boolean;
	readonly xTicks: readonly XTick[] | undefined;
	readonly xLabel: string;
	readonly sayX: (x: number) => string;
	readonly sayY: (y: number) => string;
}

export function frameOf(options: FrameOptions): ChartFrame {
	const { series, width, height, percent, sayX, sayY } = options;
	const yDomain = percent ? { min: 0, max: 1 } : countDomain(series);
	const ticks = percent ? percentTicks(height) : niceTicks(yDomain, height / 50, true);
	const widest = Math.max(...ticks.map((tick) => textWidth(sayY(tick)))) * tickSize;
	const left = Math.ceil(widest) + 10;
	const nameWidth = Math.min(
		width * 0.34,
		Math.max(...series.map(({ name }) => (name === '' ? 0 : textWidth(name) * fontSize + 8))),
	);
	const right = width - Math.ceil(nameWidth) - 12;
	const top = 10;
	const bottom = height - (options.xLabel === '' ? 24 : 42);
	const xDomain = domainOf(series.flatMap(({ points }) => points.map((point) => point.x)));
	const x = scale(xDomain, [left + 8, right - 8]);
	const y = scale(yDomain, [bottom, top]);
	const wanted =
		options.xTicks ?? niceTicks(xDomain, (right - left) / 90, wholeX(series)).map((at) => ({ x: at, label: sayX(at) }));
	const xTicks = readable(
		wanted.filter((tick) => tick.x >= xDomain.min && tick.x <= xDomain.max),
		x,
		left - 4,
		right + 8,
	);
	const yTicks = ticks.map((tick) => ({ at: y(tick), label: sayY(tick) }));
	return { width, height, left, right, top, bottom, x, y, yTicks, xTicks, nameWidth };
}

function countDomain(series: readonly Series[]): Domain {
	const values = series.flatMap(({ points }) => points.flatMap(({ y, low, high }) => [y, low ?? y, high ?? y]));
	const { min, max } = domainOf([0, ...values]);
	return niceDomain({ min: Math.min(0, min), max: Math.max(1, max) }, 4, true);
}

function percentTicks(height: number): readonly number[] {
	return height < 160 ? [0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1];
}

function wholeX(series: readonly Series[]): boolean {
	return series.every(({ points }) => points.every(({ x }) => Number.isInteger(x)));
}

/** The labels that fit beside each other, held inside the chart; the last goes before the one next to it. */
function readable(
	ticks: readonly XTick[],
	x: (x: number) => number,
	from: number,
	to: number,
): readonly { readonly at: number; readonly label: string }[] {
	const placed = ticks.map(({ x: value, label }) => {
		const half = (textWidth(label) * tickSize) / 2;
		const at = Math.min(Math.max(x(value), from + half), Math.max(to - half, from + half));
		return { at, label, begin: at - half, end: at + half };
	});
	const last = placed.at(-1);
	const kept: typeof placed = [];
	for (const tick of placed) {
		const before = kept.at(-1);
		if (before && tick.begin < before.end + 10) continue;
		if (last && tick !== last && tick.end + 10 > last.begin) continue;
		kept.push(tick);
	}
	return kept.map(({ at, label }) => ({ at, label }));
}

export function axes(frame: ChartFrame, xLabel: string): SVGTemplateResult {
	const { left, right, bottom, height, yTicks, xTicks } = frame;
	return svg`<g class="axes">
		${yTicks.map(
			({
				at,
				label,
			}) => svg`<line class="grid" x1=${left} x2=${right} y1=${Math.round(at) + 0.5} y2=${Math.round(at) + 0.5}></line>
				<text class="tick" x=${left - 8} y=${at + 4} text-anchor="end">${label}</text>`,
		)}
		${xTicks.map(({ at, label }) => svg`<text class="tick" x=${at} y=${bottom + 18} text-anchor="middle">${label}</text>`)}
		${xLabel === '' ? nothing : svg`<text class="tick" x=${(left + right) / 2} y=${height - 4} text-anchor="middle">${xLabel}</text>`}
	</g>`;
}

/** Band, area, line and marks of one series. @param order tells its mark from those of the others */
export function seriesDrawing({ points, colour, area }: Series, order: number, frame: ChartFrame): SVGTemplateResult {
	const places = points.map(({ x, y }) => [frame.x(x), frame.y(y)] as const);
	return svg`<g class=${colour}>
		${area ? svg`<path class="area" d=${areaPath(places, frame.y(0))}></path>` : nothing}
		${bandPaths(points, frame).map((path) => svg`<path class="band" d=${path}></path>`)}
		<path class="line" d=${linePath(places)}></path>
		${marked(places).map(([x, y]) => svg`<path class="mark" d=${markPath(order, x, y, 3.5)}></path>`)}
	</g>`;
}

type Place = readonly [x: number, y: number];

/** Points that have room for a mark; the last always has one. */
function marked(places: readonly Place[]): readonly Place[] {
	const kept: Place[] = [];
	for (const place of [...places].reverse()) {
		const next = kept.at(-1);
		if (!next || next[0] - place[0] >= 12) kept.push(place);
	}
	return kept;
}

const round = (value: number): number => Math.round(value * 10) / 10;

function linePath(places: readonly Place[]): string {
	return places.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');
}

function areaPath(places: readonly Place[], floor: number): string {
	const [first, last] = [places[0], places.at(-1)];
	return first && last
		? `${linePath(places)}L${round(last[0])} ${round(floor)}L${round(first[0])} ${round(floor)}Z`
		: '';
}

/** One band for each run of points that have an interval; a point alone gets a thin one. */
function bandPaths(points: readonly SeriesPoint[], { x, y }: ChartFrame): readonly string[] {
	const paths: string[] = [];
	let upper: Place[] = [];
	let lower: Place[] = [];
	const end = (): void => {
		const [only] = upper;
		if (upper.length === 1 && only) {
			upper = [
				[only[0] - 2, only[1]],
				[only[0] + 2, only[1]],
			];
			lower = lower.flatMap(([at, low]): Place[] => [
				[at - 2, low],
				[at + 2, low],
			]);
		}
		if (upper.length > 0) paths.push(`${linePath([...upper, ...lower.reverse()])}Z`);
		[upper, lower] = [[], []];
	};
	for (const { x: at, low, high } of points) {
		if (low === undefined || high === undefined) end();
		else {
			upper.push([x(at), y(high)]);
			lower.push([x(at), y(low)]);
		}
	}
	end();
	return paths;
}

/** Circle, square, triangle, diamond: who sees no colours tells the lines apart by them. */
export function markPath(order: number, x: number, y: number, size: number): string {
	const [a, b] = [round(x), round(y)];
	const side = round(size * 0.9);
	const shapes = [
		`M${round(a - size)} ${b}a${size} ${size} 0 1 0 ${2 * size} 0a${size} ${size} 0 1 0 ${-2 * size} 0Z`,
		`M${round(a - side)} ${round(b - side)}h${2 * side}v${2 * side}h${-2 * side}Z`,
		`M${a} ${round(b - size * 1.25)}L${round(a + size * 1.15)} ${round(b + size * 0.8)}H${round(a - size * 1.15)}Z`,
		`M${a} ${round(b - size * 1.3)}L${round(a + size * 1.3)} ${b}L${a} ${round(b + size * 1.3)}L${round(a - size * 1.3)} ${b}Z`,
	];
	return shapes[order % shapes.length] ?? '';
}

/** The names at the ends of the lines, apart from each other. */
export function seriesNames(series: readonly Series[], frame: ChartFrame): SVGTemplateResult {
	if (frame.nameWidth === 0) return svg``;
	const ends = series.map(({ points }) => frame.y(points.at(-1)?.y ?? 0));
	const places = spread(ends, 16, frame.top + 2, frame.bottom - 2);
	const most = (frame.nameWidth - 2) / fontSize;
	return svg`<g class="names">
		${series.map(({ name, colour }, index) => {
			const y = places[index] ?? 0;
			return svg`<text class="name ${colour}" x=${frame.right + 8} y=${y + 4}><title>${name}</title>${fitted(name, most)}</text>`;
		})}
	</g>`;
}
