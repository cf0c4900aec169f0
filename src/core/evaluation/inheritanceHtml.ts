/** The inheritance matrix as one self-contained page: sentences, the matrix, the tests beneath. */
import { libraryInWords, type MatrixCell, type MatrixReport, matrixInWords } from './inheritance.js';
import { lintHtml } from './reportLint.js';
import {
	escapeHtml,
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
import type { Interval } from './statistics.js';

export function matrixHtml(report: MatrixReport): string {
	const title = `${report.set.name}: whose experience helps whom`;
	return htmlPage(title, [
		header(report, title),
		section('Result', [sentences(matrixInWords(report)), matrixTable(report)]),
		section('Tests', [testTable(report)]),
		report.lint ? section('Contamination', [lintHtml(report.lint)]) : '',
		section('Setting', [setting(report)]),
	]);
}

function matrixTable(report: MatrixReport): string {
	const models = report.baselines.map(({ model }) => model);
	const head = ['library', ...models].map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join('');
	const alone = report.baselines.map((baseline) => `<td>${share(baseline)}</td>`).join('');
	const rows = report.libraries.map(({ name }) => {
		const cells = models.map((model) =>
			cellHtml(report.cells.find((cell) => cell.library === name && cell.model === model)),
		);
		return `<tr><th scope="row">${escapeHtml(name)}</th>${cells.join('')}</tr>`;
	});
	return `<div class="scroll"><table class="matrix"><thead><tr>${head}</tr></thead><tbody><tr><th scope="row">none (the model alone)</th>${alone}</tr>
${rows.join('\n')}</tbody></table></div>
<p class="quiet">Rows are libraries, columns the models that use them; percent solved with the 95 % interval, and the points against the same model alone. "own": the model wrote this library itself.</p>`;
}

const marks = { improved: 'right', worse: 'wrong', 'no evidence': 'some' } as const;

function cellHtml(cell: MatrixCell | undefined): string {
	if (!cell) return '<td></td>';
	const sign = cell.pair.diff >= 0 ? '+' : '';
	const own = cell.own ? ', own' : '';
	return `<td class="${marks[cell.pair.claim]}">${share(cell)}<br><span>${sign}${points(cell.pair.diff, 0)} points</span> <small>${cell.pair.claim}${own}</small></td>`;
}

function share({ accuracy, ci95 }: { readonly accuracy: number; readonly ci95: Interval }): string {
	return `<b>${percent(accuracy)}</b> <small>${range(ci95, 0)}</small>`;
}

function testTable(report: MatrixReport): string {
	const rows = report.cells.map(({ library, model, n, solved, tokensIn, pair }) => [
		library,
		model,
		`${solved} of ${n}`,
		String(pair.onlyA),
		String(pair.onlyB),
		points(pair.diff, 1),
		range(pair.ci95, 1),
		probability(pair.p),
		probability(pair.pHolm),
		pair.claim,
		String(Math.round(tokensIn / Math.max(1, n))),
	]);
	const head = ['library', 'model', 'solved', 'only with it', 'only alone', 'points', '95 % interval', 'p', 'p (Holm)'];
	return `${table([...head, 'claim', 'prompt tokens'], rows, [0, 1, 9])}
<p class="quiet">Each cell against the same model alone: exact McNemar test and Newcombe's interval. "improved" and "worse" need both: a p under 0.05 after Holm's adjustment over all cells, and an interval without 0.</p>`;
}

function setting(report: MatrixReport): string {
	const { set } = report;
	return factList(
		[
			['Run it again', report.command],
			...modelFacts(report),
			['Problems', `${set.name}, ${set.split}, n = ${set.n}, sha256 ${set.sha256}`],
			...report.libraries.map((library) => ['Library', `${libraryInWords(library)}; ${library.id}`] as const),
			...methodFacts(report),
		],
		report.settings,
	);
}
