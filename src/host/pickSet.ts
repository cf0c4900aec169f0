/** Which problem set a command is about: the one that it was called on, or the one that is picked. */
import * as vscode from 'vscode';
import type { FoundSet } from './problemSets.js';
import type { Services } from './services.js';
import { type Answer, type Choice, type Place, pickOne } from './steps.js';

/** The set that an item of a view, a lens or a file in the Explorer stands for; undefined where none does. */
export async function setFrom(
	{ problemSets }: Pick<Services, 'problemSets'>,
	argument: unknown,
): Promise<FoundSet | undefined> {
	// A file of the set, as the Explorer names it.
	if (argument instanceof vscode.Uri) return problemSets.of(argument);
	const { uri } = objectOf(objectOf(argument).set);
	if (!(uri instanceof vscode.Uri)) return undefined;
	return (await problemSets.list()).find((set) => set.uri.toString() === uri.toString());
}

/** A text in what a command was called with. */
export function textFrom(argument: unknown, name: string): string | undefined {
	const value = objectOf(argument)[name];
	return typeof value === 'string' ? value : undefined;
}

/** Asks for the set; the one whose file is open stands first. Where there is none, says so and what to do. */
export async function pickSet(
	{ problemSets }: Pick<Services, 'problemSets'>,
	options: Place & { readonly title: string; readonly placeholder: string },
): Promise<Answer<FoundSet>> {
	const sets = await problemSets.list();
	if (sets.length === 0) return sayNone();
	const file = vscode.window.activeTextEditor?.document.uri;
	const current = file && (await problemSets.of(file));
	const items = sets.map((set): Choice<FoundSet> => ({ label: set.label, description: whereIs(set), value: set }));
	return pickOne({ ...options, items, active: (set) => set.uri.toString() === current?.uri.toString() });
}

function whereIs({ folder, description }: FoundSet): string {
	const several = (vscode.workspace.workspaceFolders?.length ?? 0) > 1;
	return several ? `${folder.name} · ${description}` : description;
}

async function sayNone(): Promise<undefined> {
	const open = vscode.l10n.t('Open example');
	const make = vscode.l10n.t('New problem set');
	const message = vscode.l10n.t('There is no problem set here yet. Start with the example, or make one of your own.');
	void vscode.window.showInformationMessage(message, open, make).then((answer) => {
		if (answer === open) void vscode.commands.executeCommand('flex.openExample');
		if (answer === make) void vscode.commands.executeCommand('flex.newProblemSet');
	});
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
