/** The libraries of this window as agents use them: the folder that one works in first, the user's own last. */
import * as vscode from 'vscode';
import { DeskError } from '../../core/learning/tools/libraryDesk.js';
import type { DeskLibrary, ExperienceDesk } from '../../runs/experienceDesk.js';
import type { FlexFolder } from '../folders.js';
import type { Services } from '../services.js';

type Ports = Pick<Services, 'folders' | 'libraries'>;

export async function openDesk(ports: Ports): Promise<ExperienceDesk> {
	const module = await import('../../runs/experienceDesk.js');
	return new module.ExperienceDesk({
		libraries: () => deskLibraries(ports),
		libraryFor: (folder) => libraryFor(ports, folder),
		agent: () => 'agent mode',
	});
}

async function deskLibraries(ports: Ports): Promise<readonly DeskLibrary[]> {
	const found: DeskLibrary[] = [];
	for (const folder of inOrder(ports)) {
		const library = await ports.libraries.existing(folder);
		if (library) found.push(asDeskLibrary(folder.name, library, false));
	}
	const own = await ports.libraries.own();
	return own ? [...found, asDeskLibrary('the user', own, true)] : found;
}

/** @throws {DeskError} */
async function libraryFor(ports: Ports, name: string | undefined): Promise<DeskLibrary> {
	if (!vscode.workspace.isTrusted) throw untrusted();
	const folder = folderFor(ports, name);
	if (folder) return asDeskLibrary(folder.name, await ports.libraries.open(folder), false);
	const own = await ports.libraries.own();
	if (own) return asDeskLibrary('the user', own, true);
	throw new DeskError('no-folder', 'No folder is open, so there is no library to record to; ask the user to open one.');
}

/** The one that is named, else the one that one works in; undefined where no folder is open. @throws {DeskError} */
function folderFor(ports: Ports, name: string | undefined): FlexFolder | undefined {
	const all = ports.folders.all();
	const names = all.map((folder) => `"${folder.name}"`).join(', ');
	if (name !== undefined) {
		const named = all.find((folder) => folder.name === name);
		if (named) return named;
		throw new DeskError('unknown-folder', `There is no folder "${name}" here; there are: ${names || 'none'}.`);
	}
	const current = currentFolder(ports);
	if (current || all.length <= 1) return current ?? all[0];
	throw new DeskError('unknown-folder', `Several folders are open; say with "folder" which one it is for: ${names}.`);
}

function inOrder(ports: Ports): readonly FlexFolder[] {
	const current = currentFolder(ports);
	const others = ports.folders.all().filter((folder) => folder !== current);
	return current ? [current, ...others] : others;
}

function currentFolder({ folders }: Ports): FlexFolder | undefined {
	const uri = vscode.window.activeTextEditor?.document.uri;
	return uri && folders.of(uri);
}

function asDeskLibrary(
	name: string,
	library: DeskLibrary['store'] & { readonly report: { readonly readOnly: boolean } },
	own: boolean,
): DeskLibrary {
	const onlyRead = new DeskError('read-only', `The library of ${name} can only be read, so nothing was written.`);
	const closed = vscode.workspace.isTrusted ? (library.report.readOnly ? onlyRead : undefined) : untrusted();
	return { name, store: library, own, ...(closed ? { closed } : {}) };
}

function untrusted(): DeskError {
	return new DeskError(
		'untrusted',
		'This workspace is not trusted, so nothing is written to its library. Only the user can change that, with "Workspaces: Manage Workspace Trust".',
	);
}
