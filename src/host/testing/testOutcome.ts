/** What the Testing view shows of one problem: the verdict, what was expected, what the model wrote, and what it was given. */
import * as vscode from 'vscode';
import type { Problem, Verdict } from '../../core/tasks/task.js';
import type { SolveAttempt } from '../../runs/solve.js';
import { commandLink, fenced, terminalText } from '../attemptText.js';
import type { FlexFolder } from '../folders.js';

export interface TestOutcome {
	readonly problem: Problem;
	/** The one that counts is the last. */
	readonly attempts: readonly SolveAttempt[];
	/** No answer is the right one, so there is nothing to compare with. */
	readonly openEnded: boolean;
	readonly folder: FlexFolder;
	/** Whether an experience is of the user's own library. */
	readonly isOwn: (id: string) => boolean;
}

/** Whether the attempt that counts was right. */
export function passes({ attempts }: TestOutcome): boolean {
	return attempts.at(-1)?.grade?.verdict === 'correct';
}

/** Of a problem that was not solved: first expected against actual, then the attempts and the experience behind them. */
export function messagesOf(outcome: TestOutcome, item: vscode.TestItem): readonly vscode.TestMessage[] {
	const last = outcome.attempts.at(-1);
	const lead = outcome.attempts.length > 1 ? `${comparison(outcome)}\n` : '';
	const why = `${lead}${last?.grade?.detail ?? ''}`;
	const messages = [
		outcome.openEnded
			? new vscode.TestMessage(why)
			: vscode.TestMessage.diff(why, outcome.problem.answer, last?.answer ?? ''),
		new vscode.TestMessage(story(outcome)),
	];
	if (item.uri && item.range) {
		for (const message of messages) message.location = new vscode.Location(item.uri, item.range);
	}
	return messages;
}

/** For the run's output: one line, and under it what the model wrote. */
export function outputOf(outcome: TestOutcome): string {
	const { problem, attempts } = outcome;
	const parts = attempts.map((attempt) => {
		const titles = attempt.hits.map(({ experience }) => `  · ${experience.title}`);
		const used = titles.length > 0 ? `\n${vscode.l10n.t('Experience used:')}\n${titles.join('\n')}` : '';
		return `${verdictLine(attempt)}\n${attempt.text}${used}`;
	});
	return `${terminalText(`${problem.id}: ${problem.question}\n${parts.join('\n')}\n`)}\r\n`;
}

/** Both verdicts of a comparison, in one line. */
export function comparison({ attempts }: TestOutcome): string {
	return attempts.map(verdictLine).join(' ');
}

function verdictLine({ withExperience, grade }: SolveAttempt): string {
	const verdict = verdictWords(grade?.verdict ?? 'invalid');
	return withExperience
		? vscode.l10n.t('With experience: {0}.', verdict)
		: vscode.l10n.t('Without experience: {0}.', verdict);
}

function verdictWords(verdict: Verdict): string {
	switch (verdict) {
		case 'correct':
			return vscode.l10n.t('right');
		case 'incorrect':
			return vscode.l10n.t('not right');
		case 'invalid':
			return vscode.l10n.t('no answer in the form asked for');
	}
}

/** Attempts as they were written, and links to the experience that was used. Nothing a model wrote can act here. */
function story({ attempts, folder, isOwn }: TestOutcome): vscode.MarkdownString {
	const text = new vscode.MarkdownString();
	text.isTrusted = { enabledCommands: ['flex.library.open'] };
	for (const attempt of attempts) {
		text.appendMarkdown(`**${verdictLine(attempt)}**\n\n${fenced(attempt.text)}\n\n`);
		if (!attempt.withExperience) continue;
		if (attempt.hits.length === 0) {
			text.appendMarkdown(vscode.l10n.t('Nothing in the library fits this question.'));
			continue;
		}
		text.appendMarkdown(`${vscode.l10n.t('Experience used:')}\n\n`);
		for (const { experience } of attempt.hits) {
			const { id, title } = experience;
			const link = commandLink('flex.library.open', isOwn(id) ? { id } : { folder, id });
			text.appendMarkdown(`- [${escapedTitle(title)}](${link})\n`);
		}
	}
	return text;
}

/** A title as plain text within a link. */
function escapedTitle(title: string): string {
	return new vscode.MarkdownString().appendText(title.replace(/\s+/gu, ' ')).value;
}
