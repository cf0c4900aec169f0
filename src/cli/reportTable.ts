/** A benchmark's report in the terminal: the table, then the sentences. */
import { type Report, reportInWords } from '../core/evaluation/report.js';
import { groupRows, type ReportGroups } from '../core/evaluation/reportGroups.js';
import { scoreTables } from '../core/evaluation/reportScores.js';
import { percent, type Terminal } from './output.js';

export function showReport(report: Report, terminal: Terminal): void {
	const several = report.seeds.length > 1;
	terminal.table(
		['arm', 'solved', 'accuracy', '95 %', 'tokens/question', 's/question'],
		report.arms.map((arm) => {
			const questions = Math.max(1, arm.n * arm.bySeed.length);
			return [
				arm.arm,
				`${arm.solved.toFixed(several ? 1 : 0)}/${arm.n}`,
				percent(arm.accuracy),
				arm.ci95.map((end) => percent(end)).join(' – '),
				String(Math.round((arm.tokensIn + arm.tokensOut) / questions)),
				(arm.seconds / questions).toFixed(2),
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
	const leaks = lint.counts['answer-leak'];
	const words = lint.counts['harness-words'];
	terminal.say(
		`  Contamination lint: ${leaks} answer leaks (${percent(lint.chanceRate, 1)} by chance), ${words} harness words.`,
	);
}
