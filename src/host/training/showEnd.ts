/** What is said when a training is over: what was learned, or why it stopped and how it goes on. */
import * as vscode from 'vscode';
import { gateText } from '../gate/showEnd.js';
import { showFailure } from '../guarded.js';
import { withoutLinks } from '../plainText.js';
import type { LiveRun } from '../runs.js';
import { percent } from '../runWords.js';
import type { Services } from '../services.js';
import type { TrainingPlan } from './trainingPlan.js';

/** Waits for the end; nothing waits for the answer to what is said then. */
export async function showEnd({ log }: Pick<Services, 'log'>, { set }: TrainingPlan, run: LiveRun): Promise<void> {
	const outcome = await run.ended;
	if (outcome.status === 'done') return showLearned(run, set);
	if (outcome.status === 'failed') return showFailure(log, 'error' in outcome ? outcome.error : outcome.message);
	const resume = vscode.l10n.t('Resume');
	const kept = vscode.l10n.t('Training on {0} stopped. What was learned so far is kept.', set.label);
	const message = withoutLinks([kept, outcome.message ?? ''].join(' ').trim());
	const answer = await vscode.window.showInformationMessage(message, resume);
	if (answer === resume) await vscode.commands.executeCommand('flex.problemSets.train', { set, resume: run.job.id });
}

async function showLearned({ job, tally }: LiveRun, set: TrainingPlan['set']): Promise<void> {
	await vscode.commands.executeCommand('setContext', 'flex.trained', true);
	const library = vscode.l10n.t('Open library');
	const benchmark = vscode.l10n.t('Run benchmark');
	const show = vscode.l10n.t('Show run');
	const { size } = tally.experiences;
	const actions = size > 0 ? [library, benchmark] : [show];
	const learned = learnedText(set.label, size, tally.accuracy());
	const text = withoutLinks(tally.gate ? `${learned} ${gateText(set.label, tally.gate)}` : learned);
	const answer = await vscode.window.showInformationMessage(text, ...actions);
	if (answer === library) await vscode.commands.executeCommand('flex.openLibrary');
	if (answer === benchmark) await vscode.commands.executeCommand('flex.problemSets.benchmark', { set });
	if (answer === show) await vscode.commands.executeCommand('flex.runs.open', { folder: job.folder, id: job.id });
}

function learnedText(set: string, learned: number, accuracy: ReturnType<LiveRun['tally']['accuracy']>): string {
	const head = headOf(set, learned);
	const [first, end] = ['first attempt', 'in the end'].map((name) => accuracy.find((one) => one.name === name));
	if (!first || !end) return head;
	return `${head} ${vscode.l10n.t('{0} right at the first attempt, {1} in the end.', percent(first), percent(end))}`;
}

function headOf(set: string, learned: number): string {
	if (learned === 0) return vscode.l10n.t('Training on {0}: nothing new was learned.', set);
	return learned === 1
		? vscode.l10n.t('Training on {0}: 1 experience learned or improved.', set)
		: vscode.l10n.t('Training on {0}: {1} experiences learned or improved.', set, learned);
}
