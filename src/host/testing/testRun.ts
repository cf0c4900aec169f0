/** One run in the Testing view: the problems that were chosen, solved without experience, with it, or both ways. */
import * as vscode from 'vscode';
import { mapConcurrently } from '../../core/learning/mapConcurrently.js';
import { ModelError } from '../../core/models/chatModel.js';
import { Ledger } from '../../core/models/ledger.js';
import { systemTime } from '../../core/models/time.js';
import { taskKind } from '../../core/tasks/registry.js';
import { type ProblemSet, TaskError } from '../../core/tasks/task.js';
import { solve } from '../../runs/solve.js';
import { terminalText } from '../attemptText.js';
import type { FoundSet } from '../problemSets.js';
import { type OpenedPorts, openPorts, ownCheck } from '../runPorts.js';
import type { Services } from '../services.js';
import type { TestsEnded } from '../testRuns.js';
import { compareTestSplit } from './compareTestSplit.js';
import { comparison, messagesOf, outputOf, passes, type TestOutcome } from './testOutcome.js';
import { type PlannedProblem, type PlannedSet, planOf } from './testPlan.js';
import type { TestTree } from './testTree.js';

export type TestMode = 'without' | 'with' | 'compare';

/** Which attempts a mode makes; the last one counts. */
const ways: Readonly<Record<TestMode, readonly boolean[]>> = { without: [false], with: [true], compare: [false, true] };

export interface TestRunNeeds {
	readonly services: Services;
	readonly controller: vscode.TestController;
	readonly tree: TestTree;
}

/** Runs what `request` asks for; ends at once when `token`, or the run in the view, is cancelled. */
export async function runTests(
	{ services, controller, tree }: TestRunNeeds,
	mode: TestMode,
	request: vscode.TestRunRequest,
	token: vscode.CancellationToken,
): Promise<void> {
	const run = controller.createTestRun(request);
	const stopper = new AbortController();
	const { signal } = stopper;
	const cancelled = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
	const listeners = [token, run.token].map((asked) => asked.onCancellationRequested(() => stopper.abort()));
	try {
		if (!vscode.workspace.isTrusted) return refuse(run, request.include ?? (await tree.sets()));
		const session = new TestSession(services, run, mode, signal);
		// What is under way hears the signal, too; nobody waits for it.
		await Promise.race([session.runAll(tree, request), cancelled]);
	} finally {
		for (const listener of listeners) listener.dispose();
		run.end();
	}
}

/** No model runs here: each item says so, and a message offers the way out. */
function refuse(run: vscode.TestRun, items: readonly vscode.TestItem[]): void {
	const reason = vscode.l10n.t('This workspace is not trusted, so FLEX runs no model in it.');
	for (const item of items) run.errored(item, new vscode.TestMessage(reason));
	const manage = vscode.l10n.t('Manage workspace trust');
	void vscode.window.showWarningMessage(reason, manage).then((answer) => {
		if (answer === manage) void vscode.commands.executeCommand('workbench.trust.manage');
	});
}

class TestSession {
	constructor(
		private readonly services: Services,
		private readonly run: vscode.TestRun,
		private readonly mode: TestMode,
		private readonly signal: AbortSignal,
	) {}

	async runAll(tree: TestTree, request: vscode.TestRunRequest): Promise<void> {
		const plan = await planOf(tree, request);
		for (const { item } of plan.flatMap(({ problems }) => problems)) this.run.enqueued(item);
		for (const planned of plan) {
			if (this.signal.aborted) return;
			await this.runSet(planned);
		}
	}

	private async runSet({ set, problems, test, unreadable }: PlannedSet): Promise<void> {
		for (const item of unreadable) {
			const why = typeof item.error === 'string' ? item.error : (item.error?.value ?? '');
			this.run.errored(item, new vscode.TestMessage(why));
			this.say(`${set.label}: ${why}`);
		}
		if (problems.length > 0) {
			await this.withPorts(set, problems, (problemSet, opened) => this.solveAll(set, problemSet, opened, problems));
		}
		if (!test) return;
		if (this.mode !== 'compare') {
			this.run.skipped(test);
			return this.say(vscode.l10n.t('Test problems are run by the profile "Compare" only.'));
		}
		await compareTestSplit(this.services, set, test, this.run, this.signal);
	}

	/** Opens models and library once for all problems of a set; what prevents that is every problem's error. */
	private async withPorts(
		set: FoundSet,
		problems: readonly PlannedProblem[],
		work: (problemSet: ProblemSet, opened: OpenedPorts) => Promise<void>,
	): Promise<void> {
		let opened: OpenedPorts | undefined;
		try {
			const problemSet = await this.services.problemSets.load(set);
			opened = await openPorts(this.services, set.folder, problemSet, {}, this.signal, (text) => this.say(text));
			// What grading needs is asked for once, and before any model.
			await taskKind(problemSet.kind).prepare?.(opened.ports);
			await work(problemSet, opened);
		} catch (error) {
			if (this.signal.aborted) return;
			this.services.log.error(error instanceof Error ? error : String(error));
			for (const { item } of problems) this.run.errored(item, errorMessage(error, item));
		} finally {
			await opened?.close();
		}
	}

	private async solveAll(
		set: FoundSet,
		problemSet: ProblemSet,
		opened: OpenedPorts,
		problems: readonly PlannedProblem[],
	): Promise<void> {
		const { config, ports } = opened;
		const { openEnded = false } = taskKind(problemSet.kind);
		const ledger = new Ledger({ prices: config.prices, budget: config.budget, now: systemTime.now });
		const outcomes: TestOutcome[] = [];
		let ending: unknown;
		await mapConcurrently(problems, config.training.concurrency || opened.opened.model.concurrency, async (planned) => {
			if (this.signal.aborted) return;
			if (ending !== undefined) return this.run.skipped(planned.item);
			this.run.started(planned.item);
			try {
				const request = { set: problemSet, problem: planned.problem, graded: true, withExperience: ways[this.mode] };
				const attempts = await solve({ ...ports, ledger }, request, config, this.signal);
				const outcome = {
					problem: planned.problem,
					attempts,
					openEnded,
					folder: set.folder,
					isOwn: ownCheck(ports.store),
				};
				outcomes.push(outcome);
				if (!this.signal.aborted) this.report(planned.item, outcome);
			} catch (error) {
				if (this.signal.aborted) return;
				if (endsAll(error)) ending = error;
				this.run.errored(planned.item, errorMessage(error, planned.item));
			}
		});
		if (this.signal.aborted) return;
		if (ending !== undefined) this.services.log.warn(`A test run of ${problemSet.name} ended early: ${String(ending)}`);
		if (outcomes.length > 0) this.say(summaryOf(problemSet.name, outcomes));
		if (ending === undefined) this.services.testRuns.tell(endOf(set, problemSet.name, outcomes));
	}

	private report(item: vscode.TestItem, outcome: TestOutcome): void {
		const ms = outcome.attempts.reduce((sum, attempt) => sum + attempt.ms, 0);
		this.run.appendOutput(outputOf(outcome), undefined, item);
		if (passes(outcome)) this.run.passed(item, ms);
		else this.run.failed(item, messagesOf(outcome, item), ms);
	}

	private say(text: string): void {
		this.run.appendOutput(`${terminalText(text)}\r\n`);
	}
}

function endOf({ folder }: FoundSet, set: string, outcomes: readonly TestOutcome[]): TestsEnded {
	const failed = outcomes.filter((outcome) => !passes(outcome));
	const name = vscode.l10n.t('{0}, {1} problems', set, outcomes.length);
	return { folder, name, failed: failed.length, output: failed.map(outputOf).join('\n') };
}

/** Whether no other problem could be solved, either. */
function endsAll(error: unknown): boolean {
	if (error instanceof ModelError) return !['refused', 'context-length', 'bad-request'].includes(error.reason);
	return !(error instanceof TaskError && error.reason === 'bad-problem');
}

function errorMessage(error: unknown, item: vscode.TestItem): vscode.TestMessage {
	const message = new vscode.TestMessage(error instanceof Error ? error.message : String(error));
	if (item.uri && item.range) message.location = new vscode.Location(item.uri, item.range);
	return message;
}

/** How many were right; in a comparison, in which way. */
function summaryOf(set: string, outcomes: readonly TestOutcome[]): string {
	const right = (attempt: number) =>
		outcomes.filter(({ attempts }) => attempts[attempt]?.grade?.verdict === 'correct').length;
	const n = outcomes.length;
	if (!outcomes.some(({ attempts }) => attempts.length > 1)) {
		return vscode.l10n.t('{0}: {1} of {2} right.', set, right(0), n);
	}
	const changed = outcomes.filter(({ attempts }) => attempts[0]?.grade?.verdict !== attempts[1]?.grade?.verdict);
	const lines = changed.map((outcome) => `  ${outcome.problem.id}: ${comparison(outcome)}`);
	const both = vscode.l10n.t('{0}: {1} of {3} right without experience, {2} with it.', set, right(0), right(1), n);
	return [both, ...lines].join('\n');
}
