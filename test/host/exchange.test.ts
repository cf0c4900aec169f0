/** Libraries of others in a real VS Code: looked at, quarantined, accepted, found, and written out again. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Experience } from '../../src/core/experience/experience.js';
import { writeJsonl } from '../../src/library/exchange/jsonl.js';
import type { Library } from '../../src/library/library.js';
import { rule } from '../builders/experiences.js';
import { current, otherWindow, workspaceFolder } from './otherWindow.js';
import { answering, type QuickAnswer } from './quickInput.js';

type Dialog = 'showOpenDialog' | 'showSaveDialog';

let library: Library;
let folder: string;
const restorers: (() => void)[] = [];

before(async () => {
	library = await otherWindow();
	await vscode.extensions.getExtension('flex-learn.flex-learn')?.activate();
});
after(() => library.close());

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'flex-exchange-'));
});
afterEach(() => {
	for (const restore of restorers.splice(0)) restore();
	rmSync(folder, { recursive: true, force: true });
});

describe('an imported library', () => {
	it('waits in quarantine until it is accepted, and then a search finds it', async () => {
		const file = write('team.jsonl', writeJsonl([lesson('a1', 'zeppelin'), lesson('a2', 'gondola')]));
		const asked = messages('showInformationMessage');
		await importing(file, [{ pick: 'In a file…' }, { pick: 'Bring in 2 experiences' }]);
		const [question] = await asked.first;
		assert.match(question ?? '', /2 experiences wait in quarantine/);
		assert.equal((await current(library, 'a1')).status, 'quarantined');
		assert.ok(!(await found('zeppelin')).includes('a1'));
		const inUse = asked.next();
		asked.answer('Accept all');
		assert.match(await inUse, /2 experiences are in use now/);
		assert.deepEqual((await found('zeppelin')).slice(0, 1), ['a1']);
		const history = await library.history('a1');
		assert.deepEqual(
			history.map(({ op, by }) => `${op} by ${by}`),
			['insert by import:team.jsonl', 'accept by user'],
		);
	});

	it('says what is new in it, what is known, what speaks of the test, and what can’t be used', async () => {
		const known = lesson('b1', 'barge');
		await library.apply([{ change: { op: 'insert', experience: known }, by: 'user' }]);
		const odd = lesson('b2', 'The expected answer of the test set is a ferry');
		const file = write('mixed.jsonl', `${writeJsonl([known, odd])}{"id": "../../b3"}\n`);
		const shown = await rowsOf(file);
		assert.deepEqual(
			shown.map(({ label, description }) => `${label} ${description ?? ''}`.trim()),
			[
				'$(desktop-download) Bring in 1 experience',
				'$(pass) 1 known already',
				'$(warning) 1 speak of the test itself',
				'$(error) 1 can’t be used',
			],
		);
		assert.match(shown[3]?.detail ?? '', /line 3: /);
		assert.deepEqual(await library.get(['b2']), [], 'Nothing is imported before it is wanted.');
	});

	it('goes back from the preview to the question where it lies', async () => {
		const file = write('back.jsonl', writeJsonl([lesson('c1', 'canoe')]));
		await importing(file, [{ pick: 'In a file…' }, 'back', 'dismiss']);
		assert.deepEqual(await library.get(['c1']), []);
	});

	it('that is none is refused in words that say why, and names are text', async () => {
		const errors = messages('showErrorMessage');
		const file = write('[Click me](command:workbench.action.quit).json', '{"library": {"golden": [,]}}');
		await vscode.commands.executeCommand('flex.importLibrary', vscode.Uri.file(file));
		const [message] = await errors.first;
		assert.match(message ?? '', /line 1/i);
		assert.doesNotMatch(message ?? '', /\]\(command:/);
	});

	it('may hold whatever it wants: it stays text', async () => {
		const title = '<img src=x onerror=alert(1)> [run](command:workbench.action.quit) $(trash)\u202e';
		const file = write(
			'hostile.jsonl',
			writeJsonl([lesson('d1', 'dinghy', { title, status: 'active', pinned: true })]),
		);
		await importing(file, [{ pick: 'In a file…' }, { pick: 'Bring in 1 experience' }]);
		const { status, pinned, title: kept } = await current(library, 'd1');
		assert.deepEqual({ status, pinned, kept }, { status: 'quarantined', pinned: false, kept: title });
		await vscode.commands.executeCommand('flex.library.open', target('d1'));
		const document = vscode.window.activeTextEditor?.document;
		assert.match(document?.uri.path ?? '', /^\/[^/]+\/d1\/[\p{L}\p{N}-]+\.md$/u);
		assert.ok(document?.getText().includes(title));
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
	});
});

describe('an exported library', () => {
	it('is text files for Git, which come back as what they were', async () => {
		await library.apply([{ change: { op: 'insert', experience: lesson('e1', 'raft') }, by: 'user' }]);
		const done = messages('showInformationMessage');
		await answering([{ pick: 'For your team, in Git' }], () => vscode.commands.executeCommand('flex.exportLibrary'));
		assert.match((await done.first)[0] ?? '', /Wrote \d+ experiences? to \.flex\/experiences/);
		const file = path.join(workspaceFolder(), '.flex/experiences/boats.jsonl');
		assert.match(readFileSync(file, 'utf8'), /"id":"e1"/);
		const rows = await rowsOf(undefined);
		assert.equal(rows[0]?.label, '$(info) There is nothing new');
	});

	for (const { label, ending, holds } of [
		{ label: 'Everything in one file', ending: 'jsonl', holds: /"id":"f1"/ },
		{ label: 'For the reference implementation', ending: 'json', holds: /"version": ?"2\.0"/ },
		{ label: 'To read', ending: 'md', holds: /^# Experience/ },
	]) {
		it(`is a file that ends in .${ending}`, async () => {
			const [known] = await library.get(['f1']);
			if (!known) await library.apply([{ change: { op: 'insert', experience: lesson('f1', 'punt') }, by: 'user' }]);
			const file = path.join(folder, `out.${ending}`);
			dialog('showSaveDialog', vscode.Uri.file(file));
			await answering([{ pick: label }], () => vscode.commands.executeCommand('flex.exportLibrary'));
			assert.match(readFileSync(file, 'utf8'), holds);
			assert.ok(!existsSync(`${file}.part`));
		});
	}
});

/** Imports as a person would, who picks `file` in the dialog. */
function importing(file: string, answers: readonly QuickAnswer[]): Promise<unknown> {
	dialog('showOpenDialog', [vscode.Uri.file(file)]);
	return answering(answers, () => vscode.commands.executeCommand('flex.importLibrary'));
}

/** What the preview says of a file, or of what the team shares. */
async function rowsOf(file: string | undefined): Promise<readonly vscode.QuickPickItem[]> {
	let rows: readonly vscode.QuickPickItem[] = [];
	const { createQuickPick } = vscode.window;
	const looking = <I extends vscode.QuickPickItem>(): vscode.QuickPick<I> => {
		const input = createQuickPick<I>();
		input.onDidChangeActive(() => {
			if (input.placeholder !== 'This is what would come' || input.items.length === 0) return;
			rows = input.items;
			input.hide();
		});
		if (rows.length === 0) input.onDidChangeActive(() => acceptPlace(input, file));
		return input;
	};
	Object.assign(vscode.window, { createQuickPick: looking });
	try {
		if (file !== undefined) dialog('showOpenDialog', [vscode.Uri.file(file)]);
		await vscode.commands.executeCommand('flex.importLibrary');
		return rows;
	} finally {
		Object.assign(vscode.window, { createQuickPick });
	}
}

function acceptPlace<I extends vscode.QuickPickItem>(input: vscode.QuickPick<I>, file: string | undefined): void {
	if (input.placeholder !== 'Where are the experiences?') return;
	const wanted = file === undefined ? 'With your team, in Git' : 'In a file…';
	const item = input.items.find(({ label }) => label.endsWith(wanted));
	if (!item) return;
	if (input.activeItems[0] !== item) input.activeItems = [item];
	else void vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
}

function dialog(name: Dialog, answer: unknown): void {
	replaceInWindow(name, async () => answer);
}

interface Messages {
	/** What the first message said, with its buttons. */
	readonly first: Promise<readonly string[]>;
	/** The next one that comes. */
	next(): Promise<string>;
	/** Presses a button of the first. */
	answer(button: string): void;
}

/** Takes the messages of one kind, and leaves them without an answer until one is given. */
function messages(name: 'showInformationMessage' | 'showErrorMessage'): Messages {
	const waiting: ((parts: readonly string[]) => void)[] = [];
	const next = (): Promise<readonly string[]> => new Promise((resolve) => waiting.push(resolve));
	const first = next();
	let answer: (button: string | undefined) => void = () => {};
	replaceInWindow(name, (...parts: readonly unknown[]) => {
		waiting.shift()?.(parts.map(String));
		return new Promise((resolve) => {
			answer = resolve;
		});
	});
	return { first, next: async () => (await next())[0] ?? '', answer: (button) => answer(button) };
}

function replaceInWindow(name: keyof typeof vscode.window, value: unknown): void {
	const original: unknown = Reflect.get(vscode.window, name);
	Object.assign(vscode.window, { [name]: value });
	restorers.push(() => Object.assign(vscode.window, { [name]: original }));
}

function lesson(id: string, word: string, more: Partial<Experience> = {}): Experience {
	return rule(id, `Somebody asks about the ${word}`, `Say what a ${word} is.`, {
		title: word,
		domains: ['boats'],
		...more,
	});
}

async function found(text: string): Promise<readonly string[]> {
	const limits = { experiences: 3, patterns: 4, cases: 4, minMatch: 0 };
	const [result] = await library.search([{ text, limits }]);
	return (result?.hits ?? []).map(({ experience }) => experience.id);
}

function target(id: string): object {
	return { id, folder: { workspace: { flex: path.join(workspaceFolder(), '.flex') } } };
}

function write(name: string, text: string): string {
	const file = path.join(folder, name);
	writeFileSync(file, text);
	return file;
}
