/** How a benchmark reports what it measured: one line a figure, for people or as JSON. */

export interface Figure {
	readonly name: string;
	readonly value: number;
	readonly unit: string;
	/** The same figure of what it is compared with. */
	readonly peer?: number;
	/** How many times better than the peer: above 1 is better. */
	readonly ratio?: number;
	/** How many measurements it is taken from. */
	readonly n: number;
}

/** Writes figures to standard output as they come; with `--json` as one JSON object a line. */
export function reporter(args: readonly string[]): (figure: Figure) => void {
	if (args.includes('--json')) return (figure) => console.log(JSON.stringify(figure));
	return ({ name, value, unit, peer, ratio, n }) => {
		const beside = peer === undefined ? '' : `   peer ${shown(peer)} ${unit}`;
		const times = ratio === undefined ? '' : `   ${ratio.toFixed(1)} ×`;
		console.log(`${name.padEnd(44)}${shown(value).padStart(10)} ${unit}${beside}${times}   (n ${n})`);
	};
}

/** The p-th quantile (0–1) of values, by the nearest rank. */
export function quantile(values: readonly number[], p: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? Number.NaN;
}

/** Milliseconds that a call takes, and what it gives. */
export function timed<T>(call: () => T): { readonly ms: number; readonly result: T } {
	const start = performance.now();
	const result = call();
	return { ms: performance.now() - start, result };
}

/** As `timed`, in milliseconds of processor time: what other programs take meanwhile does not count. */
export function cpuTimed<T>(call: () => T): { readonly ms: number; readonly result: T } {
	const start = process.cpuUsage();
	const result = call();
	const { user, system } = process.cpuUsage(start);
	return { ms: (user + system) / 1000, result };
}

function shown(value: number): string {
	return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
