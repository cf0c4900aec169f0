/** What a line chart shows, and the same as the rows of a table. */

export interface SeriesPoint {
	readonly x: number;
	readonly y: number;
	/** Its interval. */
	readonly low?: number | undefined;
	readonly high?: number | undefined;
	/** Said beside the numbers. */
	readonly note?: string | undefined;
}

export interface Series {
	readonly name: string;
	readonly colour: 'first' | 'good' | 'gold' | 'warn' | 'mixed' | 'quiet';
	/** In order of x. */
	readonly points: readonly SeriesPoint[];
	/** Filled down to zero. */
	readonly area?: boolean | undefined;
}

export interface XTick {
	readonly x: number;
	readonly label: string;
}

/** How numbers are said. */
export interface ChartWords {
	readonly x: (x: number) => string;
	readonly y: (y: number) => string;
	readonly interval: (low: number, high: number) => string;
}

/** What a place on the x axis is called: its tick, else its note where ticks stand for numbers, else the number. */
export function nameOfX({ x, note }: SeriesPoint, ticks: readonly XTick[] | undefined, words: ChartWords): string {
	const tick = ticks?.find((one) => one.x === x)?.label;
	if (tick !== undefined && tick !== '') return tick;
	return ticks && note ? note : words.x(x);
}

/** A point in words, without its place on the x axis. */
export function pointWords(point: SeriesPoint, nameOfPlace: string, words: ChartWords): string {
	const { y, low, high, note } = point;
	const interval = low === undefined || high === undefined ? '' : words.interval(low, high);
	return [words.y(y), interval, note === nameOfPlace ? '' : (note ?? '')].filter((part) => part !== '').join(', ');
}

export interface ChartRow {
	readonly name: string;
	/** One a series, in their order; empty where it has no point there. */
	readonly cells: readonly string[];
}

/** All points of all series by their place on the x axis. */
export function tableRows(
	series: readonly Series[],
	ticks: readonly XTick[] | undefined,
	words: ChartWords,
): readonly ChartRow[] {
	const byX = new Map<number, (SeriesPoint | undefined)[]>();
	series.forEach(({ points }, index) => {
		for (const point of points) {
			const row = byX.get(point.x) ?? series.map(() => undefined);
			row[index] = point;
			byX.set(point.x, row);
		}
	});
	return [...byX]
		.sort(([a], [b]) => a - b)
		.map(([, points]) => {
			const first = points.find((point) => point !== undefined);
			const name = first ? nameOfX(first, ticks, words) : '';
			return { name, cells: points.map((point) => (point ? pointWords(point, name, words) : '')) };
		});
}

/** Series with the points that can be drawn. */
export function finiteSeries(series: readonly Series[]): readonly Series[] {
	return series
		.map((one) => ({ ...one, points: one.points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)) }))
		.filter(({ points }) => points.length > 0);
}
