/** What is said when a benchmark is over: its claim in words, or why it stopped and how it goes on. */
import * as vscode from 'vscode';
import type { Report } from '../../core/evaluation/report.js';
import type { BenchmarkPlan, StartedBenchmark } from '../benchJob.js';
import { showFailure } from '../guarded.js';
import { withoutLinks } from '../plainText.js';
import type { Services } from '../services.js';

/** Waits for the end; nothing waits for the answer to what is said then. */
export async function showEnd(
	{ log }: Pick<Services, 'log'>,
	{ set }: BenchmarkPlan,
	{ run, report }: StartedBenchmark,
): Promise<void> {
	const { id, folder } = run.job;
	const outcome = await run.ended;
	const written = report();
	if (outcome.status === 'done' && written) {
		const open = vscode.l10n.t('Open report');
		const answer = await vscode.window.showInformationMessage(withoutLinks(await claim(written)), open);
		if (answer === open) await vscode.commands.executeCommand('flex.runs.report', { folder, id });
		return;
	}
	if (outcome.status === 'failed') return showFailure(log, 'error' in outcome ? outcome.error : outcome.message);
	const resume = vscode.l10n.t('Resume');
	const kept = vscode.l10n.t('The benchmark of {0} stopped. What was answered is kept.', set.label);
	const message = withoutLinks([kept, outcome.message ?? ''].join(' ').trim());
	const answer = await vscode.window.showInformationMessage(message, resume);
	if (answer === resume) await vscode.commands.executeCommand('flex.problemSets.benchmark', { set, resume: id });
}

/** The comparison that counts, with experience against without; else the first one there is, or the plain figures. */
async function claim(report: Report): Promise<string> {
	const { inWords } = await import('../../core/evaluation/report.js');
	const pair = report.pairs.find(({ a, b }) => a === 'flex' && b === 'llm') ?? report.pairs[0];
	const head = vscode.l10n.t('Benchmark of {0}:', report.set.name);
	if (pair) return `${head} ${inWords(pair, report)}`;
	const figures = report.arms.map(({ arm, solved, n }) => vscode.l10n.t('{0} solved {1} of {2}', arm, solved, n));
	return `${head} ${figures.join('; ')}.`;
}
