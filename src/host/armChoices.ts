/** The arms of a benchmark as rows to pick, each with what it shows. */
import * as vscode from 'vscode';
import type { ArmName } from '../core/evaluation/arms.js';
import type { ProblemSet } from '../core/tasks/task.js';
import type { Choice } from './steps.js';

/** What is measured unless somebody wants something else. Looking answers up only makes sense where answers repeat. */
export function defaultArms({ answerSpace }: Pick<ProblemSet, 'answerSpace'>): readonly ArmName[] {
	return [...(answerSpace ? lookUps : []), 'llm', 'placebo', 'icl-similar', 'flex'];
}

const lookUps: readonly ArmName[] = ['majority', 'nearest'];

export function armChoices(): readonly Choice<ArmName>[] {
	const row = (value: ArmName, label: string, detail: string): Choice<ArmName> => ({
		label,
		description: value,
		detail,
		value,
	});
	return [
		row('flex', vscode.l10n.t('With experience'), vscode.l10n.t('The model with what FLEX has learned.')),
		row(
			'llm',
			vscode.l10n.t('The model alone'),
			vscode.l10n.t('What experience must beat: the task and nothing else.'),
		),
		row(
			'placebo',
			vscode.l10n.t('Unrelated experience'),
			vscode.l10n.t('As long and of the same form, but about something else: does more text alone help?'),
		),
		row(
			'icl-similar',
			vscode.l10n.t('Similar raw examples'),
			vscode.l10n.t('Solved train problems like the question: is what was learned more than examples?'),
		),
		row(
			'icl',
			vscode.l10n.t('Fixed random examples'),
			vscode.l10n.t('The same few train problems for every question.'),
		),
		row(
			'nearest',
			vscode.l10n.t('Look-up'),
			vscode.l10n.t('The answer of the closest train question; asks no model and costs nothing.'),
		),
		row(
			'majority',
			vscode.l10n.t('The most frequent answer'),
			vscode.l10n.t('Always the same one; asks no model and costs nothing.'),
		),
		row(
			'agent',
			vscode.l10n.t('The model with tools'),
			vscode.l10n.t('It may run JavaScript while it thinks; several calls for each answer.'),
		),
		row(
			'flex-agent',
			vscode.l10n.t('Experience and tools'),
			vscode.l10n.t('It may run JavaScript and search the library; to be compared with the model with tools.'),
		),
	];
}
