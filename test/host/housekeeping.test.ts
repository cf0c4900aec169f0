/** Keeping house: the cache, forgetting everything of this test's own folders, and what the doctor says. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { rule } from '../builders/experiences.js';
import { otherWindow, until, workspaceFolder } from './otherWindow.js';
import { type Told, telling } from './telling.js';

let told: Told;
let home: string;
const { FLEX_HOME: realHome } = process.env;
const flex = (...parts: readonly string[]): string => join(workspaceFolder(), '.flex', ...parts);
const run = 'runs/01K0000000000000000000000X';

before(async () => {
	home = mkdtempSync(join(tmpdir(), 'flex-home-'));
	process.env.FLEX_HOME = home;
	await vscode.extensions.getExtension('flex-learn.flex-learn')?.activate();
});
after(async () => {
	if (realHome === undefined) delete process.env.FLEX_HOME;
	else process.env.FLEX_HOME = realHome;
	rmSync(home, { recursive: true, force: true });
	await vscode.commands.executeCommand('workbench.action.closeAllEditors');
});
beforeEach(() => {
	told = telling();
	rmSync(flex(run), { recursive: true, force: true });
	write(flex('cache/requests.jsonl'), 'x'.repeat(2000));
});
afterEach(() => told.restore());

describe('clearing the cache', () => {
	it('says what it frees and what that means, and leaves the rest', async () => {
		const cleared = command('flex.clearCache');
		const question = await told.next();
		assert.match(question.text, /^Clear the cache of workspace\? It frees \d+ kB\.$/);
		question.answer('Clear cache');
		await cleared;
		assert.match((await told.next()).text, /^The cache of workspace is cleared/);
		assert.ok(!existsSync(flex('cache')));
		await command('flex.clearCache');
		assert.equal((await told.next()).text, 'The cache of workspace is empty.');
	});

	it('does nothing where somebody says no', async () => {
		const cleared = command('flex.clearCache');
		(await told.next()).answer(undefined);
		await cleared;
		assert.ok(existsSync(flex('cache/requests.jsonl')));
	});

	it('is refused while a run goes on in another process', async () => {
		write(flex(run, 'owner.lock'), JSON.stringify({ pid: process.pid, host: hostname() }));
		await command('flex.clearCache');
		const refusal = await told.next();
		assert.match(refusal.text, /goes on in another window or on the command line\. Stop it there/);
		assert.deepEqual(refusal.actions, ['Show runs']);
		assert.ok(existsSync(flex('cache/requests.jsonl')));
	});
});

describe('forgetting everything', () => {
	it('is refused while a run goes on', async () => {
		write(flex(run, 'owner.lock'), JSON.stringify({ pid: process.pid, host: hostname() }));
		await choosing(['Library', 'Runs', 'Cache'], () => command('flex.forgetEverything'));
		assert.match((await told.next()).text, /goes on/);
		assert.ok(existsSync(flex('cache/requests.jsonl')));
	});

	it('lists what is chosen, and does nothing without a yes', async () => {
		const { asked, ended } = await chosen(['Cache']);
		assert.equal(asked.text, 'Delete this of workspace for good?');
		asked.answer(undefined);
		await ended;
		assert.ok(existsSync(flex('cache/requests.jsonl')));
	});

	it('deletes what is chosen, an open library too, and nothing else; what is learned next begins anew', async () => {
		const library = await otherWindow();
		await library.apply([
			{ change: { op: 'insert', experience: rule('forget-me', 'it is asked', 'Say so.') }, by: 'user' },
		]);
		await library.close();
		write(flex('experiences/boats.jsonl'), '');
		write(flex(run, 'events.jsonl'), '');
		write(join(home, 'components/llama/abc/package.json'), '{}');
		write(join(home, 'models/mine.txt'), 'not ours');
		// The extension has the library open from now on.
		await command('flex.library.open', { id: 'forget-me', folder: { workspace: { flex: flex() } } });
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
		const { asked, ended } = await chosen(['Library', 'Runs', 'Cache', 'llama.cpp']);
		asked.answer('Delete for good');
		await ended;
		assert.match((await told.next()).text, /^Forgotten\./);
		for (const name of ['library.sqlite', 'library.journal', 'runs', 'cache']) assert.ok(!existsSync(flex(name)), name);
		assert.ok(existsSync(flex('experiences/boats.jsonl')));
		assert.deepEqual(readdirSync(join(home, 'components')), []);
		assert.ok(existsSync(join(home, 'models/mine.txt')));
		const anew = await otherWindow();
		assert.deepEqual(await anew.get(['forget-me']), []);
		await anew.close();
	});
});

describe('the doctor', () => {
	it('shows a page that says what is in order and what to do', async () => {
		await command('flex.doctor');
		const document = vscode.window.activeTextEditor?.document;
		assert.deepEqual([document?.uri.scheme, document?.languageId], ['flex-doctor', 'markdown']);
		const text = document?.getText() ?? '';
		assert.match(text, /^# FLEX doctor\n/);
		assert.match(text, new RegExp(`✓ ok · VS Code: ${vscode.version.replaceAll('.', '\\.')}, with FLEX`));
		assert.match(text, /✓ ok · Workspace trust: trusted/);
		assert.match(text, /## Folder workspace\n\n- ✓ ok · Folder on disk: .* can be written/);
		assert.match(text, /○ to do · llama\.cpp: not installed \(about \d+ MB\)\n {2}- What to do: "FLEX: Install/);
	});

	it('asks endpoints only when told to, and says what is wrong with one that does not answer', async () => {
		const configuration = vscode.workspace.getConfiguration('flex');
		const { Global } = vscode.ConfigurationTarget;
		// A port that nothing listens on.
		await configuration.update('models.endpoints', { silent: { baseUrl: 'http://127.0.0.1:9/v1' } }, Global);
		try {
			await command('flex.doctor');
			await says(/✓ ok · Endpoint silent: http:\/\/127\.0\.0\.1:9\/v1 \(not asked\)/);
			await command('flex.doctor', { online: true });
			await says(/One thing is broken/);
			await says(/✗ broken · Endpoint silent: http:\/\/127\.0\.0\.1:9\/v1 can’t be reached/);
		} finally {
			await configuration.update('models.endpoints', undefined, Global);
		}
	});
});

/** Waits until the page that is open says so: a page that is shown again is read anew by the window. */
function says(text: RegExp): Promise<void> {
	return until(vscode.workspace.onDidChangeTextDocument, () =>
		vscode.workspace.textDocuments.some(
			(document) => document.uri.scheme === 'flex-doctor' && text.test(document.getText()),
		),
	);
}

function command(id: string, ...args: readonly unknown[]): Promise<unknown> {
	return Promise.resolve(vscode.commands.executeCommand(id, ...args));
}

/** The last question, asked after these rows were chosen; `ended` resolves with the command. */
async function chosen(labels: readonly string[]) {
	const ended = choosing(labels, () => command('flex.forgetEverything'));
	return { asked: await told.next(), ended };
}

/** Chooses the rows that begin like this in the list with several to choose, and accepts. */
async function choosing<T>(labels: readonly string[], action: () => Promise<T>): Promise<T> {
	const { createQuickPick } = vscode.window;
	const choosingPick = <I extends vscode.QuickPickItem>(): vscode.QuickPick<I> => {
		const input = createQuickPick<I>();
		const show = input.show.bind(input);
		input.show = () => {
			show();
			input.selectedItems = input.items.filter(({ label }) => labels.some((wanted) => label.startsWith(wanted)));
			setTimeout(() => void vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem'));
		};
		return input;
	};
	Object.assign(vscode.window, { createQuickPick: choosingPick });
	try {
		return await action();
	} finally {
		Object.assign(vscode.window, { createQuickPick });
	}
}

function write(file: string, text: string): void {
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, text);
}
