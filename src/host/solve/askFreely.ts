/** A question that belongs to no problem set: typed, or about what is selected in an editor. */
import * as vscode from 'vscode';
import { TaskError } from '../../core/tasks/task.js';
import { firstFolder, folderStep } from '../folderStep.js';
import type { FlexFolder } from '../folders.js';
import type { Services } from '../services.js';
import { askText, back, type Step, steps } from '../steps.js';
import type { FreeQuestion } from './asked.js';

interface Draft {
	readonly folder?: FlexFolder;
	readonly question?: string;
}

/** Characters of a selection; more would crowd out what the library has to say. */
const longestSelection = 12_000;

/** @returns undefined where a question was dismissed, or no folder is open */
export async function askFreely(services: Services, given: string | undefined): Promise<FreeQuestion | undefined> {
	const placeholder = vscode.l10n.t('With the experience of which folder?');
	const first: Draft | undefined = await firstFolder(services.folders, placeholder);
	if (!first) return undefined;
	const title = vscode.l10n.t('Ask with experience');
	const typed: Step<Draft> = {
		when: ({ question }) => question === undefined,
		ask: async (draft, place) => {
			const question = await askText({
				...place,
				title,
				prompt: vscode.l10n.t(
					'What do you want to know? The model gets what the library has on it, and names what it uses.',
				),
				validate: needed,
			});
			return question === back || question === undefined ? question : { ...draft, question: question.trim() };
		},
	};
	const start = given === undefined ? first : { ...first, question: given };
	const { folder, question } =
		(await steps(start, [folderStep(services.folders, { title, placeholder }), typed])) ?? {};
	return folder && question !== undefined ? { folder, question } : undefined;
}

/** @throws {TaskError} where too much is selected */
export async function askOfSelection({ folders }: Services): Promise<FreeQuestion | undefined> {
	const editor = vscode.window.activeTextEditor;
	if (!editor || editor.selection.isEmpty) {
		void vscode.window.showInformationMessage(vscode.l10n.t('Select the text that the question is about first.'));
		return undefined;
	}
	const { document, selection } = editor;
	const text = document.getText(selection);
	if (text.length > longestSelection) {
		const message = vscode.l10n.t(
			'The selection has {0} characters; select {1} at most.',
			text.length,
			longestSelection,
		);
		throw new TaskError('bad-problem', message);
	}
	const folder =
		folders.of(document.uri) ?? (await folders.pick(vscode.l10n.t('With the experience of which folder?')));
	if (!folder) return undefined;
	const asked = await askText({
		title: vscode.l10n.t('Ask with experience about the selection'),
		prompt: vscode.l10n.t('What do you want to know about it?'),
		validate: needed,
	});
	if (asked === back || asked === undefined) return undefined;
	const name = vscode.workspace.asRelativePath(document.uri);
	return { folder, question: `${asked.trim()}\n\n${name} (${document.languageId}):\n${text}` };
}

function needed(text: string): string | undefined {
	return text.trim() === '' ? vscode.l10n.t('Type a question.') : undefined;
}
