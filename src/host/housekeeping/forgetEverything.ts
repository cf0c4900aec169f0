/** "Forget Everything…": shows all that FLEX keeps, with its size, and deletes what is chosen after a last question. */
import * as vscode from 'vscode';
import { folderStep } from '../folderStep.js';
import type { FlexFolder } from '../folders.js';
import { Dismissed } from '../guarded.js';
import type { Services } from '../services.js';
import { back, pickMany, type Step, steps } from '../steps.js';
import { type Belonging, belongings, forgetAll } from './belongings.js';
import { requireQuiet } from './goingOn.js';

interface Choices {
	readonly folder?: FlexFolder;
	readonly chosen?: readonly Belonging[];
}

export async function forgetEverything(services: Services): Promise<void> {
	const [only, ...others] = services.folders.all();
	const first: Choices = only && others.length === 0 ? { folder: only } : {};
	const placeholder = vscode.l10n.t('Of which folder?');
	const inFolder = folderStep<Choices>(services.folders, { title: title(), placeholder });
	const answered = await steps<Choices>(first, [inFolder, askWhat(services)]);
	if (!answered?.chosen) return;
	const { folder, chosen } = answered;
	// What no folder has serves them all.
	const shared = chosen.some(({ ofFolder }) => !ofFolder);
	const concerned = shared ? services.folders.all() : folder ? [folder] : [];
	if (!(await requireQuiet(services, concerned))) return;
	if (!(await confirmed(folder, chosen))) return;
	// A run may have begun while the question stood.
	if (!(await requireQuiet(services, concerned))) return;
	await forgetAll(
		services,
		folder,
		chosen.map(({ id }) => id),
	);
	if (chosen.some(({ id }) => id === 'datasets')) services.problemSets.forget();
	void vscode.window.showInformationMessage(vscode.l10n.t('Forgotten. What you did not choose is still there.'));
}

const title = (): string => vscode.l10n.t('Forget everything');

function askWhat(services: Services): Step<Choices> {
	return {
		ask: async (choices, place) => {
			const [all, { size }] = await Promise.all([
				belongings(services, choices.folder),
				import('../../runs/diskUse.js'),
			]);
			if (all.length === 0) {
				void vscode.window.showInformationMessage(
					vscode.l10n.t('FLEX keeps nothing here, so there is nothing to forget.'),
				);
				throw new Dismissed();
			}
			const items = all.map((one) => ({
				label: one.label,
				description: one.bytes === undefined ? '' : size(one.bytes),
				detail: one.detail,
				value: one,
			}));
			const chosen = await pickMany<Belonging>({
				...place,
				title: title(),
				placeholder: vscode.l10n.t('What is to be deleted?'),
				items,
				// What can be fetched again, and what other workspaces use, goes only if somebody says so.
				active: ({ ofFolder, id }) => ofFolder && id !== 'datasets',
			});
			return chosen === back || chosen === undefined ? chosen : { ...choices, chosen };
		},
	};
}

async function confirmed(folder: FlexFolder | undefined, chosen: readonly Belonging[]): Promise<boolean> {
	const { size } = await import('../../runs/diskUse.js');
	const lines = chosen.map(({ label, bytes }) => (bytes === undefined ? `• ${label}` : `• ${label} (${size(bytes)})`));
	const detail = [
		...lines,
		'',
		vscode.l10n.t('This can’t be undone. Problem sets, settings and what your team shares in Git stay.'),
	].join('\n');
	const question = folder
		? vscode.l10n.t('Delete this of {0} for good?', folder.name)
		: vscode.l10n.t('Delete this for good?');
	const forget = vscode.l10n.t('Delete for good');
	return (await vscode.window.showWarningMessage(question, { modal: true, detail }, forget)) === forget;
}
