/** The plots of a benchmark's report, drawn as SVG: each arm with its interval, and each comparison against 0. */
import type { ArmResult, PairResult } from './report.js';
import { escapeHtml, percent, points } from './reportPage.js';

const plot = { width: 640, row: 30, left: 140, right: 76 };
const inner = plot.width - plot.left - plot.right;

/** Accuracy with its interval, an arm a line; the table below says the same in figures. */
export function armPlot(arms: readonly ArmResult[]): string {
	const x = (share: number) => plot.left + share * inner;
	const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => ({ x: x(share), text: String(share * 100) }));
	const rows = arms.map((arm, index) => {
		const y = rowY(index);
		const kind = arm.arm === 'flex' ? 'own' : 'other';
		const seeds =
			arm.bySeed.length > 1
				? arm.bySeed.map((seed) => `<circle class="seed" cx="${x(seed.accuracy)}" cy="${y + 8}" r="2"/>`)
				: [];
		return `<g class="${kind}">${label(arm.arm, y)}
<line x1="${x(arm.ci95[0])}" x2="${x(arm.ci95[1])}" y1="${y}" y2="${y}"/><circle cx="${x(arm.accuracy)}" cy="${y}" r="${kind === 'own' ? 6 : 4.5}"/>${seeds.join('')}${arm.majority ? diamond(x(arm.majority.accuracy), y) : ''}
${figure(percent(arm.accuracy), y)}</g>`;
	});
	const samples = Math.max(1, ...arms.map((arm) => arm.samples ?? 1));
	const legend =
		samples > 1
			? `<p class="quiet">● pass@1, the mean of ${samples} answers · ◇ the majority’s vote (maj@${samples})</p>`
			: '';
	return `${drawing('Accuracy by arm with 95 % intervals', arms.length, ticks, rows)}${legend}`;
}

/** Differences in points with their intervals; one that leaves out 0 and passed its test stands out. */
export function pairPlot(pairs: readonly PairResult[]): string {
	if (pairs.length === 0) return '';
	const ends = pairs.flatMap(({ ci95 }) => ci95.map(Math.abs));
	// In steps of 10 points, so that plots of several reports are read alike.
	const most = Math.min(1, Math.max(0.1, Math.ceil(10 * Math.max(...ends)) / 10));
	const x = (share: number) => plot.left + ((Math.max(-most, Math.min(most, share)) + most) / (2 * most)) * inner;
	const ticks = [-most, -most / 2, 0, most / 2, most].map((share) => ({
		x: x(share),
		text: share > 0 ? `+${points(share, 0)}` : points(share, 0),
	}));
	const rows = pairs.map(({ a, b, diff, ci95, claim }, index) => {
		const y = rowY(index);
		const name = a === 'flex' ? b : `${a} – ${b}`;
		return `<g class="${claim === 'no evidence' ? 'other' : 'own'}">${label(name, y)}
<line x1="${x(ci95[0])}" x2="${x(ci95[1])}" y1="${y}" y2="${y}"/><circle cx="${x(diff)}" cy="${y}" r="4.5"/>
${figure(`${diff > 0 ? '+' : ''}${points(diff, 0)}`, y)}</g>`;
	});
	const zero = `<line class="zero" x1="${x(0)}" x2="${x(0)}" y1="4" y2="${heightOf(pairs.length) - 22}"/>`;
	return `<p class="quiet">Experience against each, in points; the interval of a claim leaves out 0.</p>${drawing('Differences with 95 % intervals', pairs.length, ticks, [zero, ...rows])}`;
}

function drawing(
	name: string,
	count: number,
	ticks: readonly { readonly x: number; readonly text: string }[],
	parts: readonly string[],
): string {
	const height = heightOf(count);
	const grid = ticks.map(
		({ x, text }) =>
			`<line class="grid" x1="${x}" x2="${x}" y1="4" y2="${height - 22}"/><text class="tick" x="${x}" y="${height - 6}" text-anchor="middle">${text}</text>`,
	);
	return `<svg viewBox="0 0 ${plot.width} ${height}" role="img" aria-label="${name}">${grid.join('')}${parts.join('\n')}</svg>`;
}

function heightOf(count: number): number {
	return count * plot.row + 26;
}

function rowY(index: number): number {
	return index * plot.row + 20;
}

function label(name: string, y: number): string {
	return `<text x="${plot.left - 14}" y="${y + 4}" text-anchor="end">${escapeHtml(name)}</text>`;
}

function figure(text: string, y: number): string {
	return `<text x="${plot.width - 4}" y="${y + 4}" text-anchor="end">${text}</text>`;
}

function diamond(x: number, y: number): string {
	return `<path class="vote" d="M${x} ${y - 6.5}L${x + 6.5} ${y}L${x} ${y + 6.5}L${x - 6.5} ${y}Z"/>`;
}
