/** Experiences as documents of a real VS Code: edited, refused, compared, brought back, and changed by two windows at once. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Library } from '../../src/library/library.js';
import { pattern, rule } from '../builders/experiences.js';
import { change, current, otherWindow, until, workspaceFolder } from './otherWindow.js';
import { answering } from './quickInput.js';

let library: Library;
let counter = 0;

before(async () => {
	library = await otherWindow();
	await vscode.extensions.getExtension('flex-learn.flex-learn')?.activate();
});

after(() => library.close());

afterEach(async () => {
	await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
	await vscode.commands.executeCommand('workbench.action.closeAllEditors');
});

describe('an experience as a document', () => {
	it('opens as Markdown with what a person may change', async () => {
		const { document, id } = await opened('Refunds');
		assert.equal(document.languageId, 'markdown');
		assert.match(document.uri.path, new RegExp(`/${id}/refunds\\.md$`));
		assert.match(document.getText(), /^---\nid: .+\nzone: warning\n[\s\S]*\n# Refunds\n[\s\S]*Ask first\./);
		assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab?.isPreview, true);
	});

	it('becomes a revision when it is saved, and then shows what the library keeps', async () => {
		const { document, id } = await opened('Vouchers');
		await replace(document, 'Ask first.', 'Ask for the voucher.');
		await replace(document, '### p1', '### new');
		assert.equal(await document.save(), true);
		assert.equal(document.isDirty, false);
		const revisions = await library.history(id);
		assert.deepEqual(
			revisions.map(({ op, by }) => `${op} by ${by}`),
			['insert by run:RUN', 'edit by user'],
		);
		const experience = await current(library, id);
		assert.equal(experience.strategy.text, 'Ask for the voucher.');
		const [part] = experience.patterns;
		assert.ok(part && /^[0-9a-f]{8}$/.test(part.id), 'The new pattern has an id…');
		assert.ok(document.getText().includes(`### ${part.id}`), '…which the editor shows.');
		await replace(document, 'Ask for the voucher.', 'Ask twice.');
		assert.equal(await document.save(), true);
		assert.equal((await current(library, id)).rev, 3);
	});

	it('makes no revision where nothing was changed', async () => {
		const { document, id } = await opened('Unchanged');
		await replace(document, 'Ask first.', 'Ask first.\n\n\n');
		assert.equal(document.isDirty, true);
		assert.equal(await document.save(), true);
		assert.equal((await library.history(id)).length, 1);
	});

	it('is not saved while it can’t be read, says so at the line, and loses nothing', async () => {
		const { document, id } = await opened('Mistakes');
		const said = until(vscode.languages.onDidChangeDiagnostics, () => problemsOf(document).length > 0);
		await replace(document, 'zone: warning', 'zone: purple');
		await said;
		assert.equal(await document.save(), false);
		assert.equal(document.isDirty, true);
		assert.match(document.getText(), /zone: purple/);
		assert.equal((await library.history(id)).length, 1);
		const [problem] = problemsOf(document);
		assert.equal(document.lineAt(problem?.range.start.line ?? 0).text, 'zone: purple');
		assert.match(problem?.message ?? '', /golden/);
		const mended = until(vscode.languages.onDidChangeDiagnostics, () => problemsOf(document).length === 0);
		await replace(document, 'zone: purple', 'zone: golden');
		await mended;
		assert.equal(await document.save(), true);
		assert.equal((await current(library, id)).zone, 'golden');
	});

	it('follows what another window makes of it', async () => {
		const { document, id } = await opened('Followed');
		const followed = until(vscode.workspace.onDidChangeTextDocument, () => /Ask last\./.test(document.getText()));
		await reword(id, 'Ask last.');
		await followed;
		assert.equal(document.isDirty, false);
	});

	it('is not written over what another window wrote meanwhile, be it as many letters', async () => {
		const { document, id } = await opened('Stale');
		await replace(document, 'Ask first.', 'Ask mine!!');
		await reword(id, 'Ask yours!');
		assert.equal(await document.save(), false);
		assert.equal((await current(library, id)).strategy.text, 'Ask yours!');
		assert.match(document.getText(), /Ask mine!!/);
		assert.equal(document.isDirty, true);
		await vscode.commands.executeCommand('workbench.action.files.revert');
		assert.match(document.getText(), /Ask yours!/);
	});

	it('keeps its place when its title changes', async () => {
		const { document, id } = await opened('Old title');
		await replace(document, '# Old title', '# New title');
		assert.equal(await document.save(), true);
		await vscode.commands.executeCommand('flex.library.open', target(id));
		assert.equal(vscode.window.activeTextEditor?.document, document);
		const renamed = document.uri.with({ path: path.posix.join(path.posix.dirname(document.uri.path), 'new-title.md') });
		assert.equal(Buffer.from(await vscode.workspace.fs.readFile(renamed)).toString(), document.getText());
	});

	it('says what it was used for, where it comes from, and what waits', async () => {
		const { document, id } = await opened('Used', { status: 'quarantined' });
		const use = { run: 'RUN', problem: 'p9', epoch: 0, rollout: 0 };
		await change(library, { op: 'use', id, use: { ...use, solved: true } });
		await change(library, { op: 'use', id, use: { ...use, rollout: 1, solved: false } });
		const titles = await lensTitles(document);
		assert.deepEqual(titles.slice(0, 4), [
			'$(check) Accept',
			'$(close) Reject',
			'Used 2 times, solved 1',
			'$(history) 1 revision',
		]);
		assert.match(titles.at(-1) ?? '', /Taught by routing\//);
	});

	it('that is gone says so, and is nothing that could be deleted or moved', async () => {
		const { document } = await opened('Here');
		const gone = document.uri.with({ path: document.uri.path.replace(/\/[^/]+\/[^/]+$/, '/ffffffffffffffff/gone.md') });
		await assert.rejects(async () => vscode.workspace.fs.readFile(gone), { code: 'FileNotFound' });
		await assert.rejects(async () => vscode.workspace.fs.delete(document.uri));
		await assert.rejects(async () => vscode.workspace.fs.rename(document.uri, gone));
	});
});

describe('the history of an experience', () => {
	it('compares a revision with the current one, and brings it back', async () => {
		const { document, id } = await opened('History');
		await replace(document, 'Ask first.', 'Ask second.');
		await document.save();
		await answering([{ pick: 'Revision 1' }], () => vscode.commands.executeCommand('flex.library.history', target(id)));
		const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
		assert.ok(input instanceof vscode.TabInputTextDiff, 'A comparison is open.');
		assert.equal(input.modified.toString(), document.uri.toString());
		const before = await vscode.workspace.openTextDocument(input.original);
		assert.match(before.getText(), /Ask first\./);
		const back = until(vscode.workspace.onDidChangeTextDocument, () => /Ask first\./.test(document.getText()));
		await vscode.commands.executeCommand('flex.library.restore', document.uri);
		await back;
		const revisions = await library.history(id);
		assert.deepEqual(
			revisions.map(({ op }) => op),
			['insert', 'edit', 'undo'],
		);
		assert.equal(document.isDirty, false);
	});

	it('belongs to the active document where nothing else is named, and can be left', async () => {
		const { id } = await opened('Left alone');
		await answering(['dismiss'], () => vscode.commands.executeCommand('flex.library.history'));
		assert.equal((await library.history(id)).length, 1);
	});
});

describe('two libraries', () => {
	it('keep experiences of one id apart', async () => {
		const { document, id } = await opened('Both');
		const configuration = vscode.workspace.getConfiguration('flex');
		await configuration.update('retrieval.ownLibrary', true, vscode.ConfigurationTarget.Global);
		const own = await otherWindow(ownFolder());
		try {
			await change(own, { op: 'insert', experience: rule(id, 'Always', 'Ask at home.', { title: 'Both' }) });
			await vscode.commands.executeCommand('flex.library.edit', { id });
			const ownDocument = activeDocument();
			assert.notEqual(ownDocument, document);
			assert.match(ownDocument.uri.path, /^\/own\//);
			await replace(ownDocument, 'Ask at home.', 'Ask at work.');
			assert.equal(await ownDocument.save(), true);
			assert.equal((await current(own, id)).strategy.text, 'Ask at work.');
			assert.equal((await current(library, id)).rev, 1);
		} finally {
			await own.close();
			await configuration.update('retrieval.ownLibrary', undefined, vscode.ConfigurationTarget.Global);
		}
	});
});

/** A new experience in the library of the workspace, and its document in the editor. */
async function opened(title: string, more: Parameters<typeof rule>[3] = {}) {
	const id = `0123456789ab${(0xc000 + counter++).toString(16)}`;
	const experience = rule(id, 'A refund is asked for', 'Ask first.', {
		title,
		patterns: [pattern('Check the card.', { id: 'p1' })],
		...more,
	});
	await change(library, { op: 'insert', experience }, 'run:RUN');
	await vscode.commands.executeCommand('flex.library.open', target(id));
	return { document: activeDocument(), id };
}

/** As a link in a text passes it. */
function target(id: string): object {
	return { id, folder: { workspace: { flex: path.join(workspaceFolder(), '.flex') } } };
}

function activeDocument(): vscode.TextDocument {
	const document = vscode.window.activeTextEditor?.document;
	assert.ok(document, 'A document is open.');
	return document;
}

async function replace(document: vscode.TextDocument, from: string, to: string): Promise<void> {
	const at = document.getText().indexOf(from);
	assert.ok(at >= 0, `The document says "${from}".`);
	const edit = new vscode.WorkspaceEdit();
	edit.replace(document.uri, new vscode.Range(document.positionAt(at), document.positionAt(at + from.length)), to);
	assert.ok(await vscode.workspace.applyEdit(edit));
}

/** In another window. */
async function reword(id: string, text: string): Promise<void> {
	const experience = await current(library, id);
	const after = { ...experience, strategy: { ...experience.strategy, text } };
	await change(library, { op: 'edit', experience: after, baseRev: experience.rev });
}

function problemsOf({ uri }: vscode.TextDocument): readonly vscode.Diagnostic[] {
	return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'FLEX');
}

async function lensTitles({ uri }: vscode.TextDocument): Promise<readonly string[]> {
	const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri);
	return lenses.map(({ command }) => command?.title ?? '');
}

/** Where the extension keeps what follows the user. */
function ownFolder(): string {
	return path.join(process.env.XDG_RUNTIME_DIR ?? '', 'data/User/globalStorage/flex-learn.flex-learn/library');
}
