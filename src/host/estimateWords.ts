/** An estimate in the user's language: the texts of `src/runs/estimateText.ts`, each where a translator finds it. */
import * as vscode from 'vscode';
import type { Estimate } from '../runs/estimate.js';
import type { EstimatePart } from '../runs/estimateText.js';

type Words = (...args: EstimatePart['args']) => string;

/** One sentence without a full stop for each part: calls, tokens, time, money, and the cap where it may be reached. */
export async function estimateWords(estimate: Estimate): Promise<readonly string[]> {
	const { estimateParts } = await import('../runs/estimateText.js');
	return estimateParts(estimate).map(({ text, args }) => {
		const words = translations[text]?.(...args) ?? text;
		return `${words.charAt(0).toLocaleUpperCase()}${words.slice(1)}`;
	});
}

/** Every text of `estimateTexts`; a test compares the two. */
export const translations: Readonly<Record<string, Words>> = {
	'{0} model calls': (...args) => vscode.l10n.t('{0} model calls', ...args),
	'up to {1} model calls': (...args) => vscode.l10n.t('up to {1} model calls', ...args),
	'{0} to {1} model calls': (...args) => vscode.l10n.t('{0} to {1} model calls', ...args),
	'up to {1} model calls, likely about {2}': (...args) =>
		vscode.l10n.t('up to {1} model calls, likely about {2}', ...args),
	'{0} to {1} model calls, likely about {2}': (...args) =>
		vscode.l10n.t('{0} to {1} model calls, likely about {2}', ...args),
	'{0} requests': (...args) => vscode.l10n.t('{0} requests', ...args),
	'up to {1} requests': (...args) => vscode.l10n.t('up to {1} requests', ...args),
	'{0} to {1} requests': (...args) => vscode.l10n.t('{0} to {1} requests', ...args),
	'up to {1} requests, likely about {2}': (...args) => vscode.l10n.t('up to {1} requests, likely about {2}', ...args),
	'{0} to {1} requests, likely about {2}': (...args) => vscode.l10n.t('{0} to {1} requests, likely about {2}', ...args),
	'{0} tokens': (...args) => vscode.l10n.t('{0} tokens', ...args),
	'up to {1} tokens': (...args) => vscode.l10n.t('up to {1} tokens', ...args),
	'{0} to {1} tokens': (...args) => vscode.l10n.t('{0} to {1} tokens', ...args),
	'up to {1} tokens, likely about {2}': (...args) => vscode.l10n.t('up to {1} tokens, likely about {2}', ...args),
	'{0} to {1} tokens, likely about {2}': (...args) => vscode.l10n.t('{0} to {1} tokens, likely about {2}', ...args),
	'about {0} seconds': (...args) => vscode.l10n.t('about {0} seconds', ...args),
	'up to {1} seconds': (...args) => vscode.l10n.t('up to {1} seconds', ...args),
	'{0} to {1} seconds': (...args) => vscode.l10n.t('{0} to {1} seconds', ...args),
	'up to {1} seconds, likely about {2}': (...args) => vscode.l10n.t('up to {1} seconds, likely about {2}', ...args),
	'{0} to {1} seconds, likely about {2}': (...args) => vscode.l10n.t('{0} to {1} seconds, likely about {2}', ...args),
	'about {0} minutes': (...args) => vscode.l10n.t('about {0} minutes', ...args),
	'up to {1} minutes': (...args) => vscode.l10n.t('up to {1} minutes', ...args),
	'{0} to {1} minutes': (...args) => vscode.l10n.t('{0} to {1} minutes', ...args),
	'up to {1} minutes, likely about {2}': (...args) => vscode.l10n.t('up to {1} minutes, likely about {2}', ...args),
	'{0} to {1} minutes, likely about {2}': (...args) => vscode.l10n.t('{0} to {1} minutes, likely about {2}', ...args),
	'about {0} hours': (...args) => vscode.l10n.t('about {0} hours', ...args),
	'up to {1} hours': (...args) => vscode.l10n.t('up to {1} hours', ...args),
	'{0} to {1} hours': (...args) => vscode.l10n.t('{0} to {1} hours', ...args),
	'up to {1} hours, likely about {2}': (...args) => vscode.l10n.t('up to {1} hours, likely about {2}', ...args),
	'{0} to {1} hours, likely about {2}': (...args) => vscode.l10n.t('{0} to {1} hours, likely about {2}', ...args),
	'about {0} {3}': (...args) => vscode.l10n.t('about {0} {3}', ...args),
	'up to {1} {3}': (...args) => vscode.l10n.t('up to {1} {3}', ...args),
	'{0} to {1} {3}': (...args) => vscode.l10n.t('{0} to {1} {3}', ...args),
	'up to {1} {3}, likely about {2}': (...args) => vscode.l10n.t('up to {1} {3}, likely about {2}', ...args),
	'{0} to {1} {3}, likely about {2}': (...args) => vscode.l10n.t('{0} to {1} {3}, likely about {2}', ...args),
	'time unknown: no run of this model was measured here yet': () =>
		vscode.l10n.t('time unknown: no run of this model was measured here yet'),
	'cost unknown: set the price of the model in flex.prices to see it': () =>
		vscode.l10n.t('cost unknown: set the price of the model in flex.prices to see it'),
	'no cost: the model runs on this machine': () => vscode.l10n.t('no cost: the model runs on this machine'),
	'it stops at the cap of {0} calls, and can then be resumed with a higher one': (...args) =>
		vscode.l10n.t('it stops at the cap of {0} calls, and can then be resumed with a higher one', ...args),
};
