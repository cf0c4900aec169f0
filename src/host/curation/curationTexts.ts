/** What is said after a person decided about experiences. */
import * as vscode from 'vscode';
import type { Experience } from '../../core/experience/experience.js';
import type { Decision } from '../../runs/decisions.js';

/** @param count of experiences that were changed; `title` of the only one, where it is one */
export function decidedText(decision: Decision, count: number, title: string): string {
	const name = shortTitle(title);
	const one: Readonly<Record<Decision, string>> = {
		accept: vscode.l10n.t('Accepted “{0}”: it is in use now.', name),
		reject: vscode.l10n.t('Rejected “{0}”: it is kept among the retired ones.', name),
		retire: vscode.l10n.t('Retired “{0}”: it is not used any more.', name),
		pin: vscode.l10n.t('Pinned “{0}”: it leads every prompt.', name),
		unpin: vscode.l10n.t('“{0}” is not pinned any more: it comes only where it fits.', name),
		star: vscode.l10n.t('Starred “{0}”.', name),
		unstar: vscode.l10n.t('“{0}” is not starred any more.', name),
	};
	const many: Readonly<Record<Decision, string>> = {
		accept: vscode.l10n.t('Accepted {0} experiences: they are in use now.', count),
		reject: vscode.l10n.t('Rejected {0} experiences: they are kept among the retired ones.', count),
		retire: vscode.l10n.t('Retired {0} experiences: they are not used any more.', count),
		pin: vscode.l10n.t('Pinned {0} experiences: they lead every prompt.', count),
		unpin: vscode.l10n.t('{0} experiences are not pinned any more: they come only where they fit.', count),
		star: vscode.l10n.t('Starred {0} experiences.', count),
		unstar: vscode.l10n.t('{0} experiences are not starred any more.', count),
	};
	return (count === 1 ? one : many)[decision];
}

/** The title as a sentence can hold it. */
export function shortTitle(title: string): string {
	const line = title.replace(/\s+/gu, ' ').trim();
	if (line === '') return vscode.l10n.t('Without a title');
	return line.length <= longestTitle ? line : `${line.slice(0, longestTitle - 1).trimEnd()}…`;
}

const longestTitle = 60;

/** The files that experiences came from, at most three of them named. */
export function originsText(experiences: readonly Pick<Experience, 'origin'>[]): string {
	const names = new Set(experiences.map(({ origin }) => origin.imported || vscode.l10n.t('another workspace')));
	const shown = [...names].slice(0, mostNamed);
	const left = names.size - shown.length;
	const list = shown.join(', ');
	return left > 0 ? vscode.l10n.t('{0} and {1} more', list, left) : list;
}

const mostNamed = 3;
