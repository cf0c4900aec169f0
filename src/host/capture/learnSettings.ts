/** The settings `flex.learn.*`, and what else decides about which files are shown. */
import * as vscode from 'vscode';
import type { FlexFolder } from '../folders.js';

/** What may be offered to learn from. */
export const offerKinds = ['tests', 'tasks', 'terminal', 'problems'] as const;
export type OfferKind = (typeof offerKinds)[number];

const section = 'flex.learn';

/** Patterns of files that no model is shown: `flex.learn.exclude`, and what the explorer hides. */
export function excludedPatterns(folder: FlexFolder): readonly string[] {
	const own = vscode.workspace.getConfiguration(section, folder.uri).get<readonly string[]>('exclude', []);
	const hidden = vscode.workspace.getConfiguration('files', folder.uri).get<Record<string, unknown>>('exclude', {});
	return [...own, ...Object.keys(hidden).filter((pattern) => hidden[pattern] === true)];
}

/** None where nothing was asked for: nothing is watched then. */
export function wantedOffers(): readonly OfferKind[] {
	const wanted = vscode.workspace.getConfiguration(section).get<readonly string[]>('offers', []);
	return offerKinds.filter((kind) => wanted.includes(kind));
}

/** The setting is the user's alone: no workspace turns it on. */
export async function setOffers(kinds: readonly OfferKind[]): Promise<void> {
	await vscode.workspace.getConfiguration(section).update('offers', kinds, vscode.ConfigurationTarget.Global);
}

/** Milliseconds that an error must have stood. */
export function standingMs(): number {
	return 1000 * vscode.workspace.getConfiguration(section).get<number>('errorSeconds', 60);
}

/** Milliseconds that a command may take. */
export function timeoutMs(folder: FlexFolder): number {
	return 60_000 * vscode.workspace.getConfiguration(section, folder.uri).get<number>('timeoutMinutes', 10);
}
