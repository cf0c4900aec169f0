/** The way of a library's rules into an instruction file: which file, a look at the change where it is the first, and the writing. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { instructionBudget } from '../../core/experience/instructionBlock.js';
import { InstructionsError } from '../../core/experience/instructionFile.js';
import type { ExperienceStore } from '../../core/experience/store.js';
import {
	type InstructionsPlan,
	instructionFiles,
	planInstructions,
	writeInstructions,
} from '../../runs/exportInstructions.js';
import type { FlexFolder } from '../folders.js';
import { withoutLinks } from '../plainText.js';
import type { Services } from '../services.js';
import { type Choice, pickOne } from '../steps.js';
import { requireTrust } from '../trust.js';
import type { InstructionsPreview } from './preview.js';

/** In the memory of the workspace: files of somebody's own choice. */
const memoryKey = 'flex.instructions.files';

/** @returns the file that was written; undefined where none was */
export async function exportInstructions(
	services: Services,
	preview: InstructionsPreview,
): Promise<vscode.Uri | undefined> {
	if (!requireTrust(vscode.l10n.t('This workspace is not trusted, so FLEX writes no file in it.'))) return undefined;
	const folder = await services.folders.pick(vscode.l10n.t('The rules of which folder’s library?'));
	if (!folder) return undefined;
	if (!services.libraries.exists(folder)) {
		const message = vscode.l10n.t('Nothing has been learned in this folder yet, so there is nothing to export.');
		await vscode.window.showInformationMessage(message);
		return undefined;
	}
	const uri = await askFile(services, folder);
	if (!uri) return undefined;
	const plan = await planFor(services, folder, uri.fsPath);
	if (plan.before === plan.after) {
		void tell(vscode.l10n.t('{0} holds what the library has to say already.', nameOf(uri)), uri);
		return undefined;
	}
	// A file that has a block was looked at before.
	if (!plan.hadBlock && !(await agreed(preview, plan, uri))) return undefined;
	write(plan);
	await remember(services, uri);
	void tell(writtenText(plan, uri), uri);
	return uri;
}

/** What it takes to bring blocks up to date. */
interface UpdatePorts {
	readonly folders: Pick<Services['folders'], 'of'>;
	readonly libraries: { open(folder: FlexFolder): Promise<ExperienceStore> };
	readonly context: Memory;
}

interface Memory {
	readonly workspaceState: Pick<vscode.Memento, 'get' | 'update'>;
}

/** Brings the blocks up to date in those files of the folder that have one. @returns the files that were written */
export async function updateInstructions(services: UpdatePorts, folder: FlexFolder): Promise<readonly string[]> {
	const own = remembered(services).filter((file) => services.folders.of(vscode.Uri.file(file)) === folder);
	const known = instructionFiles.map((name) => join(folder.uri.fsPath, name));
	const written: string[] = [];
	for (const file of new Set([...known, ...own])) {
		if (!existsSync(file)) continue;
		const plan = await planFor(services, folder, file);
		if (plan.hadBlock && write(plan)) written.push(file);
	}
	return written;
}

async function planFor(
	{ libraries }: Pick<UpdatePorts, 'libraries'>,
	folder: FlexFolder,
	file: string,
): Promise<InstructionsPlan> {
	const library = await libraries.open(folder);
	const budget = vscode.workspace
		.getConfiguration('flex', folder.uri)
		.get('instructions.budget', instructionBudget.default);
	return planInstructions(library, folder.workspace, file, budget);
}

async function askFile(services: Services, folder: FlexFolder): Promise<vscode.Uri | undefined> {
	const names = [...instructionFiles];
	const items = names.map((name): Choice<string> => {
		const there = existsSync(join(folder.uri.fsPath, name));
		return { label: name, description: there ? vscode.l10n.t('is there') : '', detail: readersOf(name), value: name };
	});
	const other: Choice<string> = { label: vscode.l10n.t('Another file…'), value: '' };
	const name = await pickOne<string>({
		title: vscode.l10n.t('Export to instructions'),
		placeholder: vscode.l10n.t('Which file? FLEX keeps to a block of its own in it.'),
		items: [...items, other],
		active: (value) => value !== '' && existsSync(join(folder.uri.fsPath, value)),
	});
	if (typeof name !== 'string') return undefined;
	if (name !== '') return vscode.Uri.joinPath(folder.uri, name);
	return vscode.window.showSaveDialog({
		title: vscode.l10n.t('Export to instructions'),
		saveLabel: vscode.l10n.t('Choose'),
		defaultUri: vscode.Uri.file(remembered(services)[0] ?? join(folder.uri.fsPath, 'INSTRUCTIONS.md')),
		filters: { Markdown: ['md', 'mdc', 'markdown'] },
	});
}

function readersOf(name: string): string {
	switch (name) {
		case 'AGENTS.md':
			return vscode.l10n.t('Read by most agents: VS Code, Copilot, Cursor, Codex and others');
		case 'CLAUDE.md':
			return vscode.l10n.t('Read by Claude Code');
		case 'GEMINI.md':
			return vscode.l10n.t('Read by Gemini CLI');
		default:
			return vscode.l10n.t('Read by GitHub Copilot in every chat');
	}
}

/** Shows the change, and asks; whoever leaves the question writes nothing. */
async function agreed(preview: InstructionsPreview, plan: InstructionsPlan, uri: vscode.Uri): Promise<boolean> {
	const close = await preview.show(plan);
	const yes = vscode.l10n.t('Write file');
	const { ids, tokens } = plan.block;
	const message = vscode.l10n.t(
		'FLEX would put {0} experiences (about {1} tokens) into {2}. Every request of an agent that reads the file carries them.',
		ids.length,
		tokens,
		nameOf(uri),
	);
	const answer = await vscode.window.showInformationMessage(message, yes, vscode.l10n.t('Cancel'));
	await close();
	return answer === yes;
}

/** @throws {InstructionsError} where an editor holds changes of the file that are not saved */
function write(plan: InstructionsPlan): boolean {
	const open = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'file' && uri.fsPath === plan.file);
	if (open?.isDirty) {
		const message = vscode.l10n.t('{0} has changes that are not saved. Save it, then export again.', nameOf(open.uri));
		throw new InstructionsError('changed', message);
	}
	return writeInstructions(plan);
}

function writtenText({ block: { ids, left } }: InstructionsPlan, uri: vscode.Uri): string {
	const what = vscode.l10n.t('Wrote {0} experiences to {1}.', ids.length, nameOf(uri));
	if (left === 0) return what;
	const more = vscode.l10n.t(
		'{0} more did not fit; pin what must be in it, or raise "flex.instructions.budget".',
		left,
	);
	return `${what} ${more}`;
}

async function tell(message: string, uri: vscode.Uri): Promise<void> {
	const open = vscode.l10n.t('Open file');
	if ((await vscode.window.showInformationMessage(message, open)) === open) await vscode.window.showTextDocument(uri);
}

function nameOf(uri: vscode.Uri): string {
	return withoutLinks(vscode.workspace.asRelativePath(uri));
}

function remembered({ context }: { readonly context: Memory }): readonly string[] {
	return context.workspaceState.get(memoryKey, []);
}

async function remember(services: { readonly context: Memory }, { fsPath }: vscode.Uri): Promise<void> {
	const others = remembered(services).filter((file) => file !== fsPath);
	await services.context.workspaceState.update(memoryKey, [fsPath, ...others].slice(0, 20));
}
