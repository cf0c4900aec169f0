/** "New Problem Set…": asks what the answers look like, and writes a set whose example lines show the form. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { firstFolder, folderStep } from '../folderStep.js';
import type { FlexFolder } from '../folders.js';
import type { Services } from '../services.js';
import { askText, back, type Choice, pickOne, type Step, steps } from '../steps.js';
import { requireTrust } from '../trust.js';
import { type LabelFault, labelFault, labelsIn, type NameFault, nameFault } from './setName.js';
import { type AnswerForm, answerForms, type SetFiles, setFiles } from './setTemplate.js';
import { FolderTaken, writeNewSet } from './writeNewSet.js';

interface Draft {
	readonly folder?: FlexFolder;
	readonly form?: AnswerForm;
	readonly labels?: readonly string[];
	readonly description?: string;
	readonly name?: string;
}

/** @returns the new set's folder; undefined where somebody left the questions */
export async function newProblemSet(services: Services): Promise<vscode.Uri | undefined> {
	const reason = vscode.l10n.t('This workspace is not trusted, so FLEX writes no files into it.');
	if (!requireTrust(reason)) return undefined;
	const question = vscode.l10n.t('In which folder?');
	const first = await firstFolder(services.folders, question);
	if (!first) return undefined;
	const inFolder = folderStep<Draft>(services.folders, { title: title(), placeholder: question });
	const draft = await steps<Draft>(first, [inFolder, askForm, askLabels, askDescription, askName]);
	if (!draft?.folder || !draft.form || !draft.name || !draft.description) return undefined;
	const { folder, form, name, description, labels } = draft;
	const files = setFiles({ form, name, description, ...(labels ? { labels } : {}) });
	const uri = vscode.Uri.file(join(placeFor(folder), name));
	await write(uri, files);
	services.problemSets.forget();
	await open(uri, files);
	const message = vscode.l10n.t(
		'The problem set {0} is there. Replace its example lines: train is learned from, dev is for settings, test is for benchmarks.',
		name,
	);
	void vscode.window.showInformationMessage(message);
	return uri;
}

const title = (): string => vscode.l10n.t('New problem set');

const askForm: Step<Draft> = {
	ask: async ({ labels: _, ...draft }, place) => {
		const words = formWords();
		const items = answerForms.map((form): Choice<AnswerForm> => ({ ...words[form], value: form }));
		const placeholder = vscode.l10n.t('What do right answers look like?');
		const form = await pickOne({ ...place, title: title(), items, placeholder });
		return form === back || form === undefined ? form : { ...draft, form };
	},
};

function formWords(): Readonly<Record<AnswerForm, { readonly label: string; readonly detail: string }>> {
	return {
		labels: {
			label: `$(tag) ${vscode.l10n.t('One of a few labels')}`,
			detail: vscode.l10n.t('Sorting, routing, yes or no: the model is told the labels, and must name the right one.'),
		},
		options: {
			label: `$(list-ordered) ${vscode.l10n.t('The letter of an option')}`,
			detail: vscode.l10n.t('Each question brings its own options, (A), (B), (C).'),
		},
		text: {
			label: `$(quote) ${vscode.l10n.t('A certain word or phrase')}`,
			detail: vscode.l10n.t(
				'Right where it is the same text, apart from capitals, white space and punctuation around it.',
			),
		},
		number: {
			label: `$(symbol-numeric) ${vscode.l10n.t('A number or a formula')}`,
			detail: vscode.l10n.t('Compared by value: 0.5, 1/2 and 50 % are the same.'),
		},
		judged: {
			label: `$(comment-discussion) ${vscode.l10n.t('An answer in free words')}`,
			detail: vscode.l10n.t('A model compares it with the expected answer, which takes a call each time.'),
		},
		code: {
			label: `$(code) ${vscode.l10n.t('A JavaScript function')}`,
			detail: vscode.l10n.t('Run in a sandbox against the tests that stand beside each problem.'),
		},
	};
}

const askLabels: Step<Draft> = {
	when: ({ form }) => form === undefined || form === 'labels',
	ask: async (draft, place) => {
		const answer = await askText({
			...place,
			title: title(),
			prompt: vscode.l10n.t('All labels, separated by commas. Every answer is one of them.'),
			placeholder: vscode.l10n.t('Sales, Support, Billing'),
			...(draft.labels ? { value: draft.labels.join(', ') } : {}),
			validate: (text) => labelObjection(labelFault(labelsIn(text))),
		});
		return typeof answer === 'string' ? { ...draft, labels: labelsIn(answer) } : answer;
	},
};

function labelObjection(fault: LabelFault | undefined): string | undefined {
	if (fault === undefined) return undefined;
	const words: Readonly<Record<LabelFault, string>> = {
		'too few': vscode.l10n.t('There must be two labels at least, with a comma between them.'),
		'too many': vscode.l10n.t('A set takes 1,000 labels at most.'),
		'too long': vscode.l10n.t('A label takes 200 characters at most.'),
		alike: vscode.l10n.t('Two labels differ only in capitals, which nobody tells apart in an answer.'),
	};
	return words[fault];
}

const askDescription: Step<Draft> = {
	ask: async (draft, place) => {
		const answer = await askText({
			...place,
			title: title(),
			prompt: vscode.l10n.t('What is the model asked to do? It reads this before each problem.'),
			placeholder: vscode.l10n.t('Sort the message to the team that handles it.'),
			validate: (text) =>
				text.trim() === '' ? vscode.l10n.t('Say it in a sentence or two; you can change it later.') : undefined,
		});
		return typeof answer === 'string' ? { ...draft, description: answer.trim() } : answer;
	},
};

const askName: Step<Draft> = {
	ask: async (draft, place) => {
		const taken = draft.folder ? namesIn(placeFor(draft.folder)) : [];
		const answer = await askText({
			...place,
			title: title(),
			prompt: vscode.l10n.t('A short name. The set is written into the folder problem-sets, under this name.'),
			placeholder: 'support-tickets',
			validate: (text) => nameObjection(nameFault(text.trim(), taken)),
		});
		return typeof answer === 'string' ? { ...draft, name: answer.trim() } : answer;
	},
};

function nameObjection(fault: NameFault | undefined): string | undefined {
	if (fault === undefined) return undefined;
	const words: Readonly<Record<NameFault, string>> = {
		empty: vscode.l10n.t('The set needs a name.'),
		'too long': vscode.l10n.t('A name takes 100 characters at most.'),
		signs: vscode.l10n.t('Use letters of the English alphabet, digits, "-", "_" and "." only.'),
		taken: vscode.l10n.t('There is a folder of that name already. Choose another one; nothing is written over.'),
	};
	return words[fault];
}

/** The command line finds sets in this folder by their names. */
function placeFor({ workspace }: FlexFolder): string {
	return join(workspace.root, 'problem-sets');
}

function namesIn(folder: string): readonly string[] {
	return existsSync(folder) ? readdirSync(folder) : [];
}

async function write(uri: vscode.Uri, files: SetFiles): Promise<void> {
	try {
		await writeNewSet(uri.fsPath, files);
	} catch (cause) {
		if (!(cause instanceof FolderTaken)) throw cause;
		const message = vscode.l10n.t(
			'There is a folder {0} already, and nothing was written over. Choose another name.',
			uri.fsPath,
		);
		throw new Error(message, { cause });
	}
}

/** All of its files, the problems to learn from in front. */
async function open(uri: vscode.Uri, files: SetFiles): Promise<void> {
	for (const name of Object.keys(files).reverse()) {
		if (name === 'train.jsonl') continue;
		await vscode.window.showTextDocument(vscode.Uri.joinPath(uri, name), { preview: false });
	}
	await vscode.window.showTextDocument(vscode.Uri.joinPath(uri, 'train.jsonl'), { preview: false });
}
