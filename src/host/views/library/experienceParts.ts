/** The parts of an experience as items to read: its strategy, its patterns, its cases. */
import * as vscode from 'vscode';
import type { Case, Experience, Outcome } from '../../../core/experience/experience.js';
import { oneLine } from '../treeItems.js';
import type { ExperienceNode, PartNode } from './libraryNodes.js';

export function partsOf({ key, folder, id }: ExperienceNode, experience: Experience): readonly PartNode[] {
	const { strategy, when, patterns, cases } = experience;
	const part = (name: string, more: Pick<PartNode, 'part' | 'label' | 'note' | 'text'>): PartNode => ({
		kind: 'part',
		key: `${key}/${name}`,
		folder,
		experience: id,
		...more,
		label: oneLine(more.label),
	});
	const strategies =
		strategy.text === ''
			? []
			: [
					part('strategy', {
						part: 'strategy',
						label: strategy.text,
						note: vscode.l10n.t('strategy'),
						text: [when.text, strategy.text],
					}),
				];
	return [
		...strategies,
		...patterns.map(({ id: name, rule, examples }) =>
			part(`pattern/${name}`, {
				part: 'pattern',
				label: rule,
				note: vscode.l10n.t('pattern'),
				text: [rule, ...examples],
			}),
		),
		...cases.map((one) =>
			part(`case/${one.id}`, {
				part: 'case',
				label: one.question || one.solution || one.answer,
				note: caseWords(one),
				text: caseText(one),
			}),
		),
	];
}

function caseWords({ outcome }: Case): string {
	const words: Readonly<Record<Outcome, string>> = {
		correct: vscode.l10n.t('case that went right'),
		incorrect: vscode.l10n.t('case that went wrong'),
		mixed: vscode.l10n.t('case that went wrong, then right'),
	};
	return words[outcome];
}

function caseText({ question, answer, solution }: Case): readonly string[] {
	return [question, answer, solution ?? ''].filter((text) => text !== '');
}
