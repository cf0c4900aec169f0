/** Hints in a real editor: where they are shown and where not, what they say, and that off means off. */
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Library } from '../../src/library/library.js';
import { rule } from '../builders/experiences.js';
import { eventually } from './eventually.js';
import { change, otherWindow, until, workspaceFolder } from './otherWindow.js';
import { telling } from './telling.js';

const id = 'a7c1d0e2b3f40516';
const learnedId = 'a7c1d0e2b3f40517';
const rental = rule(
	id,
	'Ending a rental',
	'Call `stopMeter` before `closeRental`, ![x](http://example.org/x.png) always.',
	{
		title: 'closeRental [does](command:workbench.action.quit) not stop the meter',
		scope: { languages: ['javascript'], globs: ['hints/**'] },
	},
);
const code = [
	'export async function endRental(id) {',
	'	const rental = await rentals.find(id);',
	'	await closeRental(rental);',
	'	return receiptFor(rental);',
	'}',
	'',
	'export function unrelated(list) {',
	'	return list.map((one) => one.name);',
	'}',
].join('\n');

let library: Library;
let folder: string;

before(async () => {
	library = await otherWindow();
	folder = join(workspaceFolder(), 'hints');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'rental.js'), code);
	writeFileSync(join(folder, 'second.js'), code);
	writeFileSync(join(workspaceFolder(), 'outside.js'), code);
	await change(library, { op: 'insert', experience: rental });
	await vscode.extensions.getExtension('flex-learn.flex-learn')?.activate();
});

after(async () => {
	for (const name of ['enabled', 'codeLens', 'endOfLine', 'zones', 'exclude']) await set(name, undefined);
	await vscode.commands.executeCommand('workbench.action.closeAllEditors');
	await change(library, { op: 'retire', id });
	await library.close();
	rmSync(folder, { recursive: true, force: true });
	rmSync(join(workspaceFolder(), 'outside.js'), { force: true });
});

describe('a hover in a source file', () => {
	it('tells of the experience that fits, over the line that it was recognised by and no other', async () => {
		const document = await opened('hints/rental.js');
		await eventually(async () => (await hoverAt(document, 2)) !== '');
		const text = await hoverAt(document, 2);
		assert.match(text, /Why here/);
		assert.match(text, /matches closeRental/);
		assert.match(text, /not used yet/);
		assert.equal(await hoverAt(document, 3), '');
		assert.equal(await hoverAt(document, 7), '');
	});

	it('shows the text of the library as text, and runs no commands but its own', async () => {
		const document = await opened('hints/rental.js');
		const [markdown] = await hoversAt(document, 2);
		assert.ok(markdown);
		assert.ok(markdown.value.includes('\\[does\\]\\(command\\:workbench'), markdown.value);
		assert.ok(markdown.value.includes('\\!\\[x\\]'), markdown.value);
		assert.ok(markdown.value.includes('Call `stopMeter` before `closeRental`'), markdown.value);
		const commands = [...markdown.value.matchAll(/(?<!\\)\]\(command:([\w.]+)\?/gu)].map(([, command]) => command);
		assert.deepEqual(commands, [
			'flex.library.open',
			'_flex.hints.notHelpful',
			'_flex.hints.hide',
			'_flex.hints.settings',
		]);
	});

	it('is silent outside of the scope', async () => {
		const document = await opened('outside.js');
		assert.equal(await hoverAt(document, 2), '');
	});

	it('is silent for what waits for a person or is retired, and follows another window', async () => {
		const document = await opened('hints/rental.js');
		await change(library, { op: 'retire', id });
		await eventually(async () => (await hoverAt(document, 2)) === '');
		await change(library, { op: 'accept', id });
		await eventually(async () => (await hoverAt(document, 2)) !== '');
	});

	it('speaks of what is selected', async () => {
		const document = await opened('hints/rental.js');
		const editor = await vscode.window.showTextDocument(document);
		editor.selection = new vscode.Selection(0, 0, 4, 1);
		await eventually(async () => (await hoverAt(document, 3)) !== '');
		editor.selection = new vscode.Selection(0, 0, 0, 0);
		await eventually(async () => (await hoverAt(document, 3)) === '');
	});
});

describe('a hover over a problem', () => {
	it('tells what the library knows, and marks what this problem taught', async () => {
		const set = join(workspaceFolder(), 'problem-sets/company-conventions');
		const document = await vscode.workspace.openTextDocument(join(set, 'train.jsonl'));
		const { id: problem, question } = JSON.parse(document.lineAt(1).text);
		const sources = [{ set: 'company-conventions', problem }];
		const experience = rule(learnedId, question, 'Choose by *the damage*.', { title: 'Damage in the parcel' });
		await change(library, { op: 'insert', experience: { ...experience, strategy: { text: 'Choose.', sources } } });
		await eventually(async () => /Damage in the parcel/.test(plain(await hoverAt(document, 1))));
		const text = plain(await hoverAt(document, 1));
		assert.match(text, /Learned from this problem/);
		assert.match(text, /Why here: ?_? matches/);
		const test = await vscode.workspace.openTextDocument(join(set, 'test.jsonl'));
		assert.equal(await hoverAt(test, 1), '');
		await change(library, { op: 'retire', id: learnedId });
	});
});

describe('a person who does not want a hint', () => {
	it('says that it is not helpful: it is recorded, gone from this file, and can be taken back', async () => {
		const document = await opened('hints/rental.js');
		await eventually(async () => (await hoverAt(document, 2)) !== '');
		const told = telling();
		try {
			await vscode.commands.executeCommand('_flex.hints.notHelpful', await targetAt(document, 2));
			const notice = await told.next();
			assert.match(notice.text, /not shown in this file any more/);
			assert.equal((await library.uses([id])).get(id)?.unhelpful, 1);
			assert.equal(await hoverAt(document, 2), '');
			assert.notEqual(await hoverAt(await opened('hints/second.js'), 2), '');
			notice.answer('Undo');
			await eventually(async () => (await hoverAt(document, 2)) !== '');
			await eventually(async () => (await library.uses([id])).get(id)?.helpful === 1);
		} finally {
			told.restore();
		}
	});

	it('hides it in a folder, and shows it again', async () => {
		const document = await opened('hints/rental.js');
		await eventually(async () => (await hoverAt(document, 2)) !== '');
		const target = await targetAt(document, 2);
		const told = telling();
		try {
			await picking('This hint in this folder', () => vscode.commands.executeCommand('_flex.hints.hide', target));
			(await told.next()).answer(undefined);
		} finally {
			told.restore();
		}
		assert.equal(await hoverAt(document, 2), '');
		assert.equal(await hoverAt(await opened('hints/second.js'), 2), '');
		await picking('closeRental', () => vscode.commands.executeCommand('flex.hints.restore'));
		assert.notEqual(await hoverAt(document, 2), '');
	});

	it('turns a kind off, or excludes files', async () => {
		const document = await opened('hints/rental.js');
		await set('zones', { golden: true, warning: false, mixed: true });
		await eventually(async () => (await hoverAt(document, 2)) === '');
		await set('zones', undefined);
		await eventually(async () => (await hoverAt(document, 2)) !== '');
		await set('exclude', ['hints/rental.*']);
		await eventually(async () => (await hoverAt(document, 2)) === '');
		await set('exclude', undefined);
	});
});

describe('the settings of hints', () => {
	it('bring lenses, whose choices are those of the hover', async () => {
		const document = await opened('hints/rental.js');
		assert.deepEqual(await lensesOf(document), []);
		await set('codeLens', true);
		await eventually(async () => (await lensesOf(document)).length === 1);
		const [lens] = await lensesOf(document);
		assert.equal(lens?.range.start.line, 2);
		assert.match(lens?.command?.title ?? '', /^FLEX: closeRental/);
		await set('codeLens', undefined);
		await eventually(async () => (await lensesOf(document)).length === 0);
	});

	it('register nothing while they are off', async () => {
		const document = await opened('hints/rental.js');
		const { languages } = vscode;
		const { registerHoverProvider } = languages;
		let live = 0;
		const counting: typeof registerHoverProvider = (selector, provider) => {
			live++;
			const registered = registerHoverProvider(selector, provider);
			return new vscode.Disposable(() => {
				live--;
				registered.dispose();
			});
		};
		Object.assign(languages, { registerHoverProvider: counting });
		try {
			await set('enabled', false);
			await eventually(async () => (await hoverAt(document, 2)) === '');
			assert.equal(live, 0);
			await set('enabled', undefined);
			await eventually(async () => (await hoverAt(document, 2)) !== '');
			assert.equal(live, 2);
			await set('enabled', false);
			await eventually(async () => (await hoverAt(document, 2)) === '');
			assert.equal(live, 0);
		} finally {
			Object.assign(languages, { registerHoverProvider });
			await set('enabled', undefined);
		}
	});

	it('leave no timer behind: what is idle stays idle', async () => {
		const timers = new Timers();
		try {
			await set('endOfLine', true);
			const document = await opened('hints/rental.js');
			const editor = await vscode.window.showTextDocument(document);
			await eventually(async () => timers.made > 0);
			await editor.edit((edit) => edit.insert(new vscode.Position(8, 1), '\n// more'));
			await hoverAt(document, 2);
			await eventually(async () => timers.pending === 0);
			// Nothing is waiting that could begin anything: without an event no timer of ours can run.
			assert.equal(timers.repeating, 0);
			await vscode.commands.executeCommand('undo');
			await set('endOfLine', undefined);
			await eventually(async () => timers.pending === 0);
		} finally {
			timers.restore();
		}
	});
});

/** Counts the timers that the extension makes. */
class Timers {
	made = 0;
	repeating = 0;
	private readonly waiting = new Set<unknown>();
	private readonly originals = { setTimeout, setInterval, clearTimeout };

	constructor() {
		const { originals, waiting } = this;
		const isOurs = (): boolean => /[\\/]dist[\\/]extension\.js/.test(new Error().stack ?? '');
		Object.assign(globalThis, {
			setTimeout: (call: () => void, ...rest: [number]) => {
				if (!isOurs()) return originals.setTimeout(call, ...rest);
				this.made++;
				const timer = originals.setTimeout(
					() => {
						waiting.delete(timer);
						call();
					},
					...rest,
				);
				waiting.add(timer);
				return timer;
			},
			setInterval: (call: () => void, ...rest: [number]) => {
				if (isOurs()) this.repeating++;
				return originals.setInterval(call, ...rest);
			},
			clearTimeout: (timer: NodeJS.Timeout) => {
				waiting.delete(timer);
				originals.clearTimeout(timer);
			},
		});
	}

	get pending(): number {
		return this.waiting.size;
	}

	restore(): void {
		Object.assign(globalThis, this.originals);
	}
}

async function opened(path: string): Promise<vscode.TextDocument> {
	return vscode.workspace.openTextDocument(join(workspaceFolder(), path));
}

/** What our hovers say there; those of the language are not ours. */
async function hoversAt(document: vscode.TextDocument, line: number): Promise<readonly vscode.MarkdownString[]> {
	const position = new vscode.Position(line, 8);
	const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
		'vscode.executeHoverProvider',
		document.uri,
		position,
	);
	return hovers
		.flatMap(({ contents }) => contents)
		.filter((content) => content instanceof vscode.MarkdownString)
		.filter(({ value }) => value.startsWith('**FLEX'));
}

async function hoverAt(document: vscode.TextDocument, line: number): Promise<string> {
	return (await hoversAt(document, line)).map(({ value }) => value).join('\n');
}

function plain(markdown: string): string {
	return markdown.replaceAll('\\', '');
}

/** What the links of the hover hand to their commands. */
async function targetAt(document: vscode.TextDocument, line: number): Promise<unknown> {
	const [, args = ''] = /_flex\.hints\.notHelpful\?([^)]+)\)/u.exec(await hoverAt(document, line)) ?? [];
	const [target]: readonly unknown[] = JSON.parse(decodeURIComponent(args));
	return target;
}

/** Picks the row that begins so in the list that `action` shows; all such rows where several can be picked. */
async function picking(label: string, action: () => Thenable<unknown>): Promise<void> {
	const { showQuickPick } = vscode.window;
	const pick = async (items: readonly vscode.QuickPickItem[], options?: vscode.QuickPickOptions): Promise<unknown> => {
		const found = items.filter((item) => item.label.startsWith(label));
		assert.ok(found.length > 0, `There is a row "${label}".`);
		return options?.canPickMany ? found : found[0];
	};
	Object.assign(vscode.window, { showQuickPick: pick });
	try {
		await action();
	} finally {
		Object.assign(vscode.window, { showQuickPick });
	}
}

async function lensesOf({ uri }: vscode.TextDocument): Promise<readonly vscode.CodeLens[]> {
	const all = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 100);
	return all.filter(({ command }) => command?.title.startsWith('FLEX'));
}

async function set(name: string, value: unknown): Promise<void> {
	const configuration = vscode.workspace.getConfiguration('flex.hints');
	const { workspaceValue } = configuration.inspect(name) ?? {};
	if (JSON.stringify(workspaceValue) === JSON.stringify(value)) return;
	let told = false;
	const heard = vscode.workspace.onDidChangeConfiguration((event) => {
		told ||= event.affectsConfiguration(`flex.hints.${name}`);
	});
	await configuration.update(name, value, vscode.ConfigurationTarget.Workspace);
	await until(vscode.workspace.onDidChangeConfiguration, () => told);
	heard.dispose();
}

/** Asks until it is so; the patience of the test ends it. */
