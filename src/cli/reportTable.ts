/** A benchmark's report in the terminal: the table, then the sentences. */

import { paperBenchmarks, paperComparison } from '../core/evaluation/paperResults.js';
import { answersOf, type Report, type ReportGroups, reportInWords } from '../core/evaluation/report.js';
import { groupRows } from '../core/evaluation/reportGroups.js';
import { lintInWords } from '../core/evaluation/reportLint.js';
import { captionOf, paperTable } from '../core/evaluation/reportPaper.js';
import { scoreTables } from '../core/evaluation/reportScores.js';
import { percent, type Terminal } from './output.js';

export function showReport(report: Report, terminal: Terminal): void {
	const samples = Math.max(1, ...report.arms.map((arm) => arm.samples ?? 1));
	const several = samples > 1 ? [`maj@${samples}`] : [];
	terminal.table(
		['arm', 'solved', samples > 1 ? 'pass@1' : 'accuracy', '95 %', ...several, 'tokens/question', 's/question'],
		report.arms.map((arm) => {
			const answers = answersOf(arm);
			return [
				arm.arm,
				`${arm.solved.toFixed(Number.isInteger(arm.solved) ? 0 : 1)}/${arm.n}`,
				percent(arm.accuracy),
				arm.ci95.map((end) => percent(end)).join(' – '),
				...several.map(() => (arm.majority ? percent(arm.majority.accuracy) : '–')),
				String(Math.round((arm.tokensIn + arm.tokensOut) / answers)),
				(arm.seconds / answers).toFixed(2),
			];
		}),
	);
	if (!report.partial) showPairs(report, terminal);
	if (report.groups) showGroups(report.groups, terminal);
	for (const { head, rows, note } of report.scores ? scoreTables(report.scores) : []) {
		terminal.say();
		terminal.table(head, rows);
		terminal.note(`  ${note}`);
	}
	terminal.say();
	for (const sentence of reportInWords(report)) terminal.say(`  ${sentence}`);
	if (!report.partial) showLearning(report, terminal);
}

function showPairs(report: Report, terminal: Terminal): void {
	terminal.say();
	terminal.table(
		['pair', 'only first', 'only second', 'points', '95 %', 'p (Holm)', 'claim'],
		report.pairs.map((pair) => [
			`${pair.a} – ${pair.b}`,
			String(pair.onlyA),
			String(pair.onlyB),
			(pair.diff * 100).toFixed(0),
			pair.ci95.map((end) => (end * 100).toFixed(0)).join(' – '),
			pair.pHolm < 0.001 ? '< 0.001' : pair.pHolm.toFixed(3),
			pair.claim,
		]),
	);
}

function showGroups(groups: ReportGroups, terminal: Terminal): void {
	const { head, rows } = groupRows(groups);
	terminal.say();
	terminal.table(head, rows);
}

function showLearning(report: Report, terminal: Terminal): void {
	const { training, lint } = report;
	terminal.say();
	if (training) {
		const dropped = Object.values(training.lessonsDropped).reduce((sum, count) => sum + count, 0);
		const reasons = Object.entries(training.lessonsDropped).map(([reason, count]) => `${reason} ${count}`);
		const why = dropped > 0 ? ` (${reasons.join(', ')})` : '';
		terminal.say(`  Lessons written by the model: ${training.lessonsKept} kept, ${dropped} dropped${why}.`);
		if (training.lessonsKept === 0 && dropped > 0) {
			terminal.say('  This model is too weak to write rules; what it gains comes from worked cases alone.');
		}
	}
	for (const sentence of lintInWords(lint)) terminal.say(`  Contamination lint: ${sentence}`);
}

/** The paper's table with this result in it, and what is not the same. */
export function showPaper(report: Report, terminal: Terminal): void {
	terminal.say();
	const comparison = paperComparison(report);
	if (!comparison) {
		const names = paperBenchmarks.map(({ name }) => name).join(', ');
		terminal.say(`  The paper did not measure ${report.set.name}; its benchmarks are ${names}.`);
		return;
	}
	const { head, lines } = paperTable(comparison);
	terminal.say(`  ${captionOf(comparison.benchmark)}`);
	terminal.table(head, lines);
	for (const sentence of comparison.differences) terminal.say(`  ${sentence}`);
}
