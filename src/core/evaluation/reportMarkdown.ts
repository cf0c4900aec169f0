/** The report of a benchmark as Markdown: to paste into an issue, a pull request or a page of results. */
import { type Report, reportInWords } from './report.js';
import { groupsMarkdown } from './reportGroups.js';
import { scoreTables } from './reportScores.js';

/** The report as Markdown: the sentences, then the tables. */
export function reportMarkdown(report: Report): string {
	const armRows = report.arms.map(
		(arm) =>
			`| ${arm.arm} | ${arm.solved.toFixed(arm.bySeed.length > 1 ? 1 : 0)} / ${arm.n} | ${percent(arm.accuracy)} | ${arm.ci95.map(percent).join(' – ')} | ${arm.bySeed.map((seed) => percent(seed.accuracy)).join(', ')} | ${Math.round(arm.tokensIn / Math.max(1, arm.n * arm.bySeed.length))} | ${arm.seconds.toFixed(0)} |`,
	);
	return [
		`# ${report.set.name}, ${report.set.split}, n = ${report.set.n}${report.partial ? ' (partial)' : ''}`,
		'',
		...reportInWords(report).map((sentence) => `- ${sentence}`),
		'',
		'| arm | solved | accuracy | 95 % | by seed | tokens a question | seconds |',
		'|---|---|---|---|---|---|---|',
		...armRows,
		'',
		...(report.partial ? [] : [...pairTable(report), '']),
		...(report.groups ? groupsMarkdown(report.groups) : []),
		...scoreLines(report),
		...report.models.map((model) => `- ${model.role}: ${model.id}, ${model.identity} (${model.source})`),
		`- Library: ${report.library.experiences} experiences, ${report.library.patterns} patterns; training seeds ${report.seeds.join(', ')}`,
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

function percent(value: number): string {
	return `${(value * 100).toFixed(1)} %`;
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
