/** The scaling curve as one self-contained page: sentences, the line with its intervals, the figures beneath. */
import { lintHtml } from './reportLint.js';
import {
	factList,
	header,
	htmlPage,
	methodFacts,
	modelFacts,
	percent,
	points,
	probability,
	range,
	section,
	sentences,
	table,
} from './reportPage.js';
import { type CurvePoint, type CurveReport, curveInWords } from './scalingCurve.js';

export function curveHtml(report: CurveReport): string {
	const title = `${report.set.name}: accuracy by size of the library`;
	return htmlPage(title, [
		header(report, title),
		section('Result', [sentences(curveInWords(report)), lineChart(report.points), pointTable(report)]),
		section('Tests', [testTable(report)]),
		report.lint ? section('Contamination', [lintHtml(report.lint)]) : '',
		section('Setting', [setting(report)]),
	]);
}

const plot = { width: 640, height: 300, left: 44, right: 20, top: 14, bottom: 48 };

/** Accuracy over problems learned, each with its interval; the broken line is the model alone. */
function lineChart(all: readonly CurvePoint[]): string {
	const widest = Math.log2(1 + (all.at(-1)?.problems ?? 0)) || 1;
	const x = (problems: number) =>
		plot.left + 14 + (Math.log2(1 + problems) / widest) * (plot.width - plot.left - plot.right - 28);
	const y = (share: number) => plot.top + (1 - share) * (plot.height - plot.top - plot.bottom);
	const [from, to] = [plot.left, plot.width - plot.right];
	const grid = [0, 0.25, 0.5, 0.75, 1].map(
		(share) =>
			`<line class="grid" x1="${from}" x2="${to}" y1="${y(share)}" y2="${y(share)}"/><text class="tick" x="${from - 8}" y="${y(share) + 4}" text-anchor="end">${share * 100}</text>`,
	);
	const alone =
		all[0] && `<line class="alone" x1="${from}" x2="${to}" y1="${y(all[0].accuracy)}" y2="${y(all[0].accuracy)}"/>`;
	const path = all.map((point) => `${x(point.problems).toFixed(1)},${y(point.accuracy).toFixed(1)}`).join(' ');
	const marks = all.map((point) => {
		const at = x(point.problems).toFixed(1);
		const [low, high] = point.ci95;
		const name = `${point.problems} problems: ${percent(point.accuracy)}, ${range(point.ci95, 0)}`;
		return `<g class="${point.problems === 0 ? 'other' : 'own'}"><title>${name}</title><line x1="${at}" x2="${at}" y1="${y(low)}" y2="${y(high)}"/><circle cx="${at}" cy="${y(point.accuracy)}" r="${point.problems === 0 ? 4.5 : 5.5}"/></g>
<text class="tick" x="${at}" y="${plot.height - plot.bottom + 18}" text-anchor="middle">${point.problems}</text>`;
	});
	return `<svg viewBox="0 0 ${plot.width} ${plot.height}" role="img" aria-label="Accuracy in percent by problems learned, with 95 % intervals">${grid.join('')}${alone ?? ''}<polyline class="curve" points="${path}"/>
${marks.join('\n')}
<text class="tick" x="${(from + to) / 2}" y="${plot.height - 6}" text-anchor="middle">problems learned (0: the model alone)</text></svg>`;
}

function pointTable({ points: all }: CurveReport): string {
	const rows = all.map((point) => [
		point.problems === 0 ? '0 (the model alone)' : String(point.problems),
		String(point.experiences),
		String(point.patterns),
		String(point.cases),
		`${point.solved} of ${point.n}`,
		percent(point.accuracy),
		range(point.ci95, 0),
		String(Math.round(point.tokensIn)),
		point.seconds.toFixed(2),
		point.cost === null ? 'unknown' : point.cost.toFixed(4),
	]);
	const head = ['problems learned', 'experiences', 'patterns', 'cases', 'solved', 'accuracy', '95 % interval'];
	return table([...head, 'prompt tokens each', 'seconds each', 'cost'], rows, [0]);
}

function testTable({ pair, trends, points: all }: CurveReport): string {
	const largest = all.at(-1)?.problems ?? 0;
	const tests = [
		...(pair ? [{ name: `${largest} problems learned against none`, value: pair.diff, ...pair }] : []),
		...trends.map((trend) => ({ name: `slope for each doubling, from ${trend.from}`, value: trend.slope, ...trend })),
	];
	const rows = tests.map(({ name, value, ci95, p, pHolm, claim }) => [
		name,
		points(value, 1),
		range(ci95, 1),
		probability(p),
		probability(pHolm),
		claim,
	]);
	return `${table(['test', 'points', '95 % interval', 'p', 'p (Holm)', 'claim'], rows, [0, 5])}
<p class="quiet">Largest against none: exact McNemar test and Newcombe's interval. Slope: least squares over log2(1 + problems learned) within each problem, sign-flip permutation test and bootstrap over problems. "improved" and "worse" need both: a Holm-adjusted p under 0.05, and an interval without 0.</p>`;
}

function setting(report: CurveReport): string {
	const { set, library, learned } = report;
	const order =
		learned.order === 'training' ? 'in the order of the training' : `in a random order, seed ${learned.seed}`;
	return factList(
		[
			['Run it again', report.command],
			...modelFacts(report),
			['Problems', `${set.name}, ${set.split}, n = ${set.n}, sha256 ${set.sha256}`],
			['Library', `${library.experiences} experiences, ${library.traced} of them from problems of this set`],
			['Learned', `${learned.problems} problems, taken ${order}`],
			...methodFacts(report),
		],
		report.settings,
	);
}
