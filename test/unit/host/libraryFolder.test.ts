/** "Open Library Folder" with no folder, no library, one, and several; VS Code itself is played by a few lines. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { registerLibraryFolder } from '../../../src/host/libraryFolder.js';

/** What the test sets, and what the command did. */
const editor = vi.hoisted(() => ({
	folders: [] as string[],
	libraries: new Set<string>(),
	answer: undefined as string | undefined,
	said: [] as string[],
	executed: [] as unknown[][],
	commands: new Map<string, () => Promise<void>>(),
}));

vi.mock('vscode', () => ({
	FileType: { Directory: 2 },
	Uri: { joinPath: (base: string, ...parts: string[]) => [base, ...parts].join('/') },
	l10n: { t: (text: string) => text },
	commands: {
		registerCommand: (id: string, run: () => Promise<void>) => editor.commands.set(id, run),
		executeCommand: async (...call: unknown[]) => editor.executed.push(call),
	},
	workspace: {
		get workspaceFolders() {
			return editor.folders.map((name) => ({ name, uri: `/${name}` }));
		},
		fs: {
			stat: async (uri: string) => {
				if (!editor.libraries.has(uri)) throw new Error('not found');
				return { type: 2 };
			},
		},
	},
	window: {
		showInformationMessage: async (text: string) => {
			editor.said.push(text);
			return editor.answer;
		},
		showQuickPick: async (items: readonly { label: string }[]) => items.find(({ label }) => label === editor.answer),
	},
}));

async function openLibraryFolder(): Promise<void> {
	registerLibraryFolder();
	await editor.commands.get('flex.openLibraryFolder')?.();
}

beforeEach(() => {
	Object.assign(editor, { folders: [], libraries: new Set(), answer: undefined, said: [], executed: [] });
});

describe('Open Library Folder', () => {
	it('reveals the library of the only folder that has one', async () => {
		editor.folders = ['docs', 'shop'];
		editor.libraries.add('/shop/.flex');
		await openLibraryFolder();
		expect(editor.executed).toEqual([['revealInExplorer', '/shop/.flex']]);
		expect(editor.said).toEqual([]);
	});

	it('asks which one where several folders have a library, and does nothing without an answer', async () => {
		editor.folders = ['docs', 'shop'];
		editor.libraries = new Set(['/docs/.flex', '/shop/.flex']);
		await openLibraryFolder();
		expect(editor.executed).toEqual([]);
		editor.answer = 'shop';
		await openLibraryFolder();
		expect(editor.executed).toEqual([['revealInExplorer', '/shop/.flex']]);
	});

	it('says how to make a library where there is none', async () => {
		editor.folders = ['shop'];
		await openLibraryFolder();
		expect(editor.said.join()).toContain('flex-learn train');
		expect(editor.executed).toEqual([]);
	});

	it('offers to open a folder where none is open', async () => {
		editor.answer = 'Open folder';
		await openLibraryFolder();
		expect(editor.said.join()).toContain('No folder is open');
		expect(editor.executed).toEqual([['workbench.action.files.openFolder']]);
	});
});
