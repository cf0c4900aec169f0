/** What a person can do with a hint: open it, say that it did not help, hide it here, and take that back. */
import * as vscode from 'vscode';
import { offerUndo, sayBriefly } from '../curation/offerUndo.js';
import { registerGuarded } from '../guarded.js';
import { oneLine } from '../plainText.js';
import type { Services } from '../services.js';
import type { HintFinder, ShownHint } from './hintFinder.js';
import { hintCommands } from './hintMarkdown.js';
import type { HiddenHint, HintMemory } from './hintMemory.js';
import { folderOf, type HintTarget, isHintTarget, targetOf } from './hintTarget.js';
import { hintTitle, whyText } from './hintTexts.js';
import { selectionAt } from './sourceHover.js';

type Ports = Pick<Services, 'libraries' | 'folders' | 'log'>;

/** @param finder undefined while hints are off */
export function registerHintActions(
	services: Ports,
	memory: HintMemory,
	finder: () => HintFinder | undefined,
): vscode.Disposable {
	const { log } = services;
	const onTarget = (action: (target: HintTarget) => Promise<void>) => async (argument: unknown) => {
		if (isHintTarget(argument)) await action(argument);
	};
	return vscode.Disposable.from(
		registerGuarded(
			log,
			'_flex.hints.notHelpful',
			onTarget((target) => notHelpful(services, memory, target)),
		),
		registerGuarded(
			log,
			'_flex.hints.hide',
			onTarget((target) => hide(services, memory, target)),
		),
		registerGuarded(log, '_flex.hints.settings', () => openSettings()),
		registerGuarded(
			log,
			'_flex.hints.choose',
			onTarget((target) => choose(services, finder(), target)),
		),
		registerGuarded(log, 'flex.hints.show', () => showHere(services, finder())),
		registerGuarded(log, 'flex.hints.restore', () => restore(memory)),
	);
}

async function openSettings(): Promise<void> {
	await vscode.commands.executeCommand('workbench.action.openSettings', 'flex.hints');
}

/** Recorded with the experience, and remembered for the file and its language. */
async function notHelpful(services: Ports, memory: HintMemory, target: HintTarget): Promise<void> {
	const { id, file, language, title } = target;
	await memory.addUnhelpful({ id, file, language });
	const recorded = await giveFeedback(services, target, false);
	offerUndo(services.log, vscode.l10n.t('“{0}” is not shown in this file any more.', title), async () => {
		await memory.removeUnhelpful({ id, file });
		// What was said can't be unsaid, only balanced.
		if (recorded) await giveFeedback(services, target, true);
	});
}

/** False where the library can only be read. */
async function giveFeedback({ libraries, folders }: Ports, target: HintTarget, helpful: boolean): Promise<boolean> {
	const folder = folderOf(target, folders);
	if (target.flex !== '' && !folder) return false;
	if (folder && !vscode.workspace.isTrusted) return false;
	const library = await (folder ? libraries.existing(folder) : libraries.own());
	if (!library || library.report.readOnly) return false;
	const note = `hint in ${vscode.workspace.asRelativePath(vscode.Uri.parse(target.file), false)}`;
	await library.apply([{ change: { op: 'feedback', id: target.id, helpful, note }, by: 'user' }]);
	return true;
}

async function hide({ log }: Ports, memory: HintMemory, { id, title, file }: HintTarget): Promise<void> {
	const uri = vscode.Uri.parse(file);
	const folder = vscode.Uri.joinPath(uri, '..');
	const [name, folderName] = [uri, folder].map((one) => vscode.workspace.asRelativePath(one, false));
	const choices: readonly (vscode.QuickPickItem & { readonly hidden: HiddenHint })[] = [
		{
			label: vscode.l10n.t('This hint in this file'),
			description: name ?? '',
			hidden: { id, title, place: file, isFolder: false },
		},
		{
			label: vscode.l10n.t('This hint in this folder'),
			description: folderName ?? '',
			hidden: { id, title, place: folder.toString(), isFolder: true },
		},
		{
			label: vscode.l10n.t('All hints in this file'),
			description: name ?? '',
			hidden: { title: '', place: file, isFolder: false },
		},
		{
			label: vscode.l10n.t('All hints in this folder'),
			description: folderName ?? '',
			hidden: { title: '', place: folder.toString(), isFolder: true },
		},
	];
	const picked = await vscode.window.showQuickPick(choices, { placeHolder: vscode.l10n.t('What shall be hidden?') });
	if (!picked) return;
	await memory.hide(picked.hidden);
	offerUndo(log, vscode.l10n.t('Hidden. “FLEX: Show Hidden Hints Again…” brings it back at any time.'), () =>
		memory.show([picked.hidden]),
	);
}

async function restore(memory: HintMemory): Promise<void> {
	const items = memory.hidden.toReversed().map((hidden) => ({
		label: hidden.id === undefined ? vscode.l10n.t('All hints') : oneLine(hidden.title, 80),
		description: vscode.workspace.asRelativePath(vscode.Uri.parse(hidden.place)),
		hidden,
	}));
	if (items.length === 0) return sayBriefly(vscode.l10n.t('No hints are hidden in this workspace.'));
	const picked = await vscode.window.showQuickPick(items, {
		canPickMany: true,
		placeHolder: vscode.l10n.t('Which hints shall be shown again?'),
	});
	if (picked && picked.length > 0) await memory.show(picked.map(({ hidden }) => hidden));
}

/** The hints of the function or the selection, without a mouse. */
async function showHere(services: Ports, finder: HintFinder | undefined): Promise<void> {
	const editor = vscode.window.activeTextEditor;
	if (!finder) return sayBriefly(vscode.l10n.t('Hints are off; the setting flex.hints.enabled turns them on.'));
	if (!editor) return sayBriefly(vscode.l10n.t('Open a file first: hints are about the code at the cursor.'));
	const { document, selection } = editor;
	const selected = selectionAt(document, selection.active);
	const hints = selected
		? await finder.within(document, { first: selected.start.line, last: selected.end.line })
		: await finder.around(document, selection.active.line);
	if (hints.length === 0) return sayBriefly(vscode.l10n.t('No experience fits the code at the cursor.'));
	const [only] = hints;
	const items = hints.map((hint) => ({ label: hintTitle(hint, 120), detail: whyText(hint), hint }));
	const placeHolder = vscode.l10n.t('Experiences that fit the code at the cursor');
	const picked = hints.length === 1 ? only : (await vscode.window.showQuickPick(items, { placeHolder }))?.hint;
	if (picked) await act(services, targetOf(picked, document), picked);
}

/** What a lens opens: the same choices as in the hover. */
async function choose(services: Ports, finder: HintFinder | undefined, target: HintTarget): Promise<void> {
	const document = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === target.file);
	const range = document && { first: 0, last: document.lineCount - 1 };
	const hints = document && range && finder ? await finder.along(document, range) : [];
	await act(
		services,
		target,
		hints.find(({ experience }) => experience.id === target.id),
	);
}

async function act({ folders }: Ports, target: HintTarget, hint: ShownHint | undefined): Promise<void> {
	const { open, notHelpful: unhelpful, hide: hidden, settings } = hintCommands;
	const folder = folderOf(target, folders);
	const strategy = hint ? oneLine(hint.experience.strategy.text, 200) : '';
	const items = [
		{
			label: `$(go-to-file) ${vscode.l10n.t('Open')}`,
			detail: strategy,
			command: open,
			argument: { id: target.id, folder },
		},
		{ label: `$(thumbsdown) ${vscode.l10n.t('Not helpful')}`, command: unhelpful, argument: target },
		{ label: `$(eye-closed) ${vscode.l10n.t('Hide here')}`, command: hidden, argument: target },
		{ label: `$(gear) ${vscode.l10n.t('Settings')}`, command: settings, argument: target },
	];
	const options = { title: target.title, placeHolder: hint ? whyText(hint) : '' };
	const picked = await vscode.window.showQuickPick(items, options);
	if (picked) await vscode.commands.executeCommand(picked.command, picked.argument);
}
