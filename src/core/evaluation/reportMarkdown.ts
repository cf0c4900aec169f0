/** The report of a benchmark as Markdown: to paste into an issue, a pull request or a page of results. */

import { paperComparison } from './paperResults.js';
import { type ArmResult, answersOf, type Report, reportInWords } from './report.js';
import { groupsMarkdown } from './reportGroups.js';
import { lintInWords } from './reportLint.js';
import { paperMarkdown } from './reportPaper.js';
import { scoreTables } from './reportScores.js';

/** The report as Markdown: the sentences, then the tables. @param paper lays it beside the paper's table, where there is one */
export function reportMarkdown(report: Report, paper = false): string {
	const comparison = paper ? paperComparison(report) : undefined;
	return [
		`# ${report.set.name}, ${report.set.split}, n = ${report.set.n}${report.partial ? ' (partial)' : ''}`,
		'',
		...reportInWords(report).map((sentence) => `- ${sentence}`),
		'',
		...armTable(report.arms),
		'',
		...(report.partial ? [] : [...pairTable(report), '']),
		...(report.groups ? groupsMarkdown(report.groups) : []),
		...scoreLines(report),
		...(comparison ? paperMarkdown(comparison) : []),
		...report.models.map((model) => `- ${model.role}: ${model.id}, ${model.identity} (${model.source})`),
		`- Library: ${report.library.experiences} experiences, ${report.library.patterns} patterns; training seeds ${report.seeds.join(', ')}`,
		...(report.partial ? [] : lintInWords(report.lint).map((sentence) => `- Contamination lint: ${sentence}`)),
		`- Split: sha256 ${report.set.sha256}`,
		'',
	].join('\n');
}

/** Each table with its note beneath. */
function scoreLines({ scores }: Report): readonly string[] {
	const tables = scores ? scoreTables(scores) : [];
	const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	return tables.flatMap(({ head, rows, note }) => [
		row(head),
		row(head.map(() => '---')),
		...rows.map(row),
		'',
		note,
		'',
	]);
}

function armTable(arms: readonly ArmResult[]): readonly string[] {
	const samples = Math.max(1, ...arms.map((arm) => arm.samples ?? 1));
	const several = samples > 1 ? [`maj@${samples}`, '95 %'] : [];
	const head = [
		'arm',
		'solved',
		samples > 1 ? 'pass@1' : 'accuracy',
		'95 %',
		...several,
		'by seed',
		'tokens a question',
		'seconds',
	];
	const rows = arms.map((arm) => {
		const { majority } = arm;
		const vote = majority ? [percent(majority.accuracy), between(majority.ci95)] : several.map(() => '–');
		return [
			arm.arm,
			`${arm.solved.toFixed(Number.isInteger(arm.solved) ? 0 : 1)} / ${arm.n}`,
			percent(arm.accuracy),
			between(arm.ci95),
			...vote,
			arm.bySeed.map((seed) => percent(seed.accuracy)).join(', '),
			String(Math.round(arm.tokensIn / answersOf(arm))),
			arm.seconds.toFixed(0),
		];
	});
	return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).map(asRule);
}

/** `| --- | --- |` as `|---|---|`. */
function asRule(line: string): string {
	return /^[|\s-]+$/u.test(line) ? line.replace(/\s/gu, '') : line;
}

function percent(value: number): string {
	return `${(value * 100).toFixed(1)} %`;
}

function between(ends: readonly number[]): string {
	return ends.map(percent).join(' – ');
}

function pairTable(report: Report): readonly string[] {
	const pairRows = report.pairs.map(
		(pair) =>
			`| ${pair.a} – ${pair.b} | ${pair.onlyA} | ${pair.onlyB} | ${(pair.diff * 100).toFixed(1)} | ${pair.ci95.map((end) => (end * 100).toFixed(1)).join(' – ')} | ${pair.pHolm.toPrecision(2)} | ${pair.claim} |`,
	);
	return [
		'| pair | only the first | only the second | points | 95 % | p (Holm) | claim |',
		'|---|---|---|---|---|---|---|',
		...pairRows,
	];
}
