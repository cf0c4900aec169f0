/** The test split of a set, compared as a whole: a benchmark like any other, which leaves its line in the log of test uses. */
import * as vscode from 'vscode';
import type { Report } from '../../core/evaluation/report.js';
import { newUlid } from '../../runs/ulid.js';
import { type BenchmarkPlan, startBench } from '../benchJob.js';
import type { FoundSet } from '../problemSets.js';
import type { Services } from '../services.js';

/** The model with the task alone, and with the library. */
const arms = ['llm', 'flex'] as const;

/** Runs the benchmark and gives `item` its outcome: it passes where experience solves at least as many. */
export async function compareTestSplit(
	services: Services,
	set: FoundSet,
	item: vscode.TestItem,
	run: vscode.TestRun,
	signal: AbortSignal,
): Promise<void> {
	run.started(item);
	const started = performance.now();
	try {
		const { report, message } = await benchmark(services, set, signal);
		if (signal.aborted) return;
		const ms = performance.now() - started;
		if (!report) return run.errored(item, new vscode.TestMessage(message), ms);
		const [without = 0, withIt = 0] = arms.map((arm) => report.arms.find((row) => row.arm === arm)?.solved);
		const text = vscode.l10n.t(
			'Of {0} test problems, {1} were solved without experience, and {2} with it. The report in the Runs view says how sure that is.',
			report.arms[0]?.n ?? 0,
			without,
			withIt,
		);
		run.appendOutput(`${text}\r\n`, undefined, item);
		if (withIt >= without) run.passed(item, ms);
		else run.failed(item, new vscode.TestMessage(text), ms);
	} catch (error) {
		if (!signal.aborted)
			run.errored(item, new vscode.TestMessage(error instanceof Error ? error.message : String(error)));
	}
}

/** The benchmark's report where it came to its end, else why it did not. */
async function benchmark(
	services: Services,
	set: FoundSet,
	signal: AbortSignal,
): Promise<{ readonly report: Report | undefined; readonly message: string }> {
	const problemSet = await services.problemSets.load(set);
	const plan: BenchmarkPlan = { set, problemSet, split: 'test', arms, limit: 0, chosen: {} };
	const { run, report } = await startBench(services, plan, newUlid());
	const stop = (): void => run.stop();
	signal.addEventListener('abort', stop, { once: true });
	const { status, message } = await run.ended;
	signal.removeEventListener('abort', stop);
	const stopped = vscode.l10n.t('The benchmark was stopped; the Runs view can go on with it.');
	return { report: report(), message: status === 'done' ? '' : (message ?? stopped) };
}
