/** Lets the model answer, under a notification that cancels it; what is solved is what the open editors show. */
import { resolve } from 'node:path';
import * as vscode from 'vscode';
import { problemId } from '../../core/experience/ids.js';
import { Ledger, type Spending } from '../../core/models/ledger.js';
import { systemTime } from '../../core/models/time.js';
import { taskKind } from '../../core/tasks/registry.js';
import { type Problem, type ProblemSet, TaskError } from '../../core/tasks/task.js';
import { type SolveAttempt, solve } from '../../runs/solve.js';
import { Dismissed } from '../guarded.js';
import type { FoundSet } from '../problemSets.js';
import { openPorts, ownCheck } from '../runPorts.js';
import type { Services } from '../services.js';
import { type Asked, folderOf, problemCalled } from './asked.js';

export interface Solved {
	readonly asked: Asked;
	readonly problem: Problem;
	/** Its answer is a good one among many, not the one that is expected. */
	readonly openEnded: boolean;
	readonly attempt: SolveAttempt;
	/** The model's id. */
	readonly model: string;
	readonly spent: Spending;
	/** Whether an experience is of the user's own library. */
	readonly isOwn: (id: string) => boolean;
}

/**
 * @returns undefined where it was cancelled
 * @throws {ConfigError | ModelError | BudgetError | TaskError | LibraryError}
 */
export async function solveWithProgress(
	services: Services,
	asked: Asked,
	withExperience: boolean,
): Promise<Solved | undefined> {
	const title = titleOf(asked, withExperience);
	const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
	return vscode.window.withProgress(options, async (progress, token) => {
		const stopper = new AbortController();
		const cancelled = new Promise<undefined>((done) => {
			token.onCancellationRequested(() => {
				stopper.abort();
				done(undefined);
			});
		});
		const solving = solveOne(services, asked, withExperience, stopper.signal, (message) =>
			progress.report({ message }),
		).catch((error: unknown) => {
			// What a cancelled call says about its end is no news.
			if (stopper.signal.aborted) return undefined;
			throw error;
		});
		// A model may need its time to stop; nobody waits for it.
		return Promise.race([solving, cancelled]);
	});
}

function titleOf(asked: Asked, withExperience: boolean): string {
	if ('set' in asked) {
		return withExperience ? vscode.l10n.t('Solving with experience') : vscode.l10n.t('Solving without experience');
	}
	return withExperience ? vscode.l10n.t('Answering with experience') : vscode.l10n.t('Answering without experience');
}

async function solveOne(
	services: Services,
	asked: Asked,
	withExperience: boolean,
	signal: AbortSignal,
	progress: (text: string) => void,
): Promise<Solved> {
	const problemSet = 'set' in asked ? await currentSet(services, asked.set) : undefined;
	const { problem, graded } = problemOf(asked, problemSet);
	const opened = await openPorts(services, folderOf(asked), problemSet, {}, signal, progress);
	try {
		const { config, ports } = opened;
		const ledger = new Ledger({ prices: config.prices, budget: config.budget, now: systemTime.now });
		const request = { set: problemSet, problem, graded, withExperience: [withExperience] };
		const [attempt] = await solve({ ...ports, ledger }, request, config, signal);
		if (!attempt || signal.aborted) throw new Dismissed();
		const model = opened.opened.model.id;
		const { openEnded = false } = problemSet ? taskKind(problemSet.kind) : {};
		return { asked, problem, openEnded, attempt, model, spent: ledger.total(), isOwn: ownCheck(ports.store) };
	} finally {
		await opened.close();
	}
}

function problemOf(asked: Asked, set: ProblemSet | undefined): { readonly problem: Problem; readonly graded: boolean } {
	if ('question' in asked) {
		const { question } = asked;
		return { problem: { id: problemId(question), question, answer: '', extra: {} }, graded: false };
	}
	if (!set) throw new Dismissed();
	const isTest = vscode.l10n.t('{0} is a test problem; only benchmarks read those.', asked.problem);
	const isGone = vscode.l10n.t(
		'The problem {0} is not among the train and dev problems of {1}. Pick another one.',
		asked.problem,
		asked.set.label,
	);
	return { problem: problemCalled(set, asked.problem, { isTest, isGone }), graded: true };
}

/** The set as its open editors show it: what is not saved yet is saved first. @throws {TaskError} */
async function currentSet({ problemSets }: Services, set: FoundSet): Promise<ProblemSet> {
	const { readSplitFiles } = await import('../../providers/splitFiles.js');
	const { files } = await readSplitFiles(set.uri.fsPath);
	const own = new Set([resolve(set.uri.fsPath, 'flex-task.json'), ...files.map(({ file }) => file)]);
	const unsaved = vscode.workspace.textDocuments.filter(
		({ isDirty, uri }) => isDirty && uri.scheme === 'file' && own.has(resolve(uri.fsPath)),
	);
	if (unsaved.length === 0) return problemSets.load(set);
	for (const document of unsaved) {
		if (await document.save()) continue;
		const name = vscode.workspace.asRelativePath(document.uri);
		throw new TaskError('bad-problem', vscode.l10n.t('{0} can’t be saved. Save it first, then solve again.', name));
	}
	// The watcher of files has not seen it yet.
	const { loadProblemSet } = await import('../../providers/problemSets.js');
	return loadProblemSet(set.uri.fsPath);
}
