/** Rules of the library in an instruction file: shown before they are first written, then kept up to date in their place. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Library } from '../../src/library/library.js';
import { rule } from '../builders/experiences.js';
import { change, otherWindow, workspaceFolder } from './otherWindow.js';
import { answering } from './quickInput.js';
import { type Told, telling } from './telling.js';

let library: Library;
let told: Told;
let file: string;
const kite = rule('f1f2a3b4c5d60718', 'a kite in the rain', 'Wax the line.', { title: 'Kites' });

before(async () => {
	library = await otherWindow();
	await vscode.extensions.getExtension('flex-learn.flex-learn')?.activate();
	await change(library, { op: 'insert', experience: kite });
	file = path.join(workspaceFolder(), 'AGENTS.md');
});
beforeEach(() => {
	told = telling();
	rmSync(file, { force: true });
});
afterEach(async () => {
	told.restore();
	rmSync(file, { force: true });
	await vscode.commands.executeCommand('workbench.action.closeAllEditors');
});
after(async () => {
	await change(library, { op: 'retire', id: kite.id });
	await library.close();
});

describe('exporting to instructions', () => {
	it('shows the change first, writes on consent, and keeps the rest of the file', async () => {
		writeFileSync(file, '# Ours\r\n');
		const exporting = run();
		const question = await told.next();
		assert.match(question.text, /FLEX would put \d+ experiences \(about \d+ tokens\) into AGENTS\.md/);
		const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
		assert.ok(input instanceof vscode.TabInputTextDiff, 'A difference is shown.');
		const after = await vscode.workspace.openTextDocument(input.modified);
		assert.match(after.getText(), /\[f1f2a3b4c5d60718\]/);
		assert.equal(readFileSync(file, 'utf8'), '# Ours\r\n', 'Nothing is written before somebody agrees.');
		question.answer('Write file');
		await exporting;
		(await told.next()).answer(undefined);
		const written = readFileSync(file, 'utf8');
		assert.match(written, /^# Ours\r\n\r\n<!-- flex:begin .*-->\r\n[\s\S]*\*\*Kites\*\*[\s\S]*<!-- flex:end -->\r\n$/);
		assert.equal(
			vscode.window.tabGroups.all
				.flatMap(({ tabs }) => tabs)
				.some((tab) => tab.input instanceof vscode.TabInputTextDiff),
			false,
		);
	});

	it('writes nothing where somebody leaves the question', async () => {
		const exporting = run();
		(await told.next()).answer('Cancel');
		await exporting;
		assert.equal(existsSync(file), false);
	});

	it('updates its block without asking again, and only where something changed', async () => {
		writeFileSync(file, 'a\n<!-- flex:begin -->\nold\n<!-- flex:end -->\nb');
		await run();
		(await told.next()).answer(undefined);
		const written = readFileSync(file, 'utf8');
		assert.match(written, /^a\n<!-- flex:begin [\s\S]*Kites[\s\S]*<!-- flex:end -->\nb$/);
		await run();
		const again = await told.next();
		assert.match(again.text, /already/);
		again.answer(undefined);
		assert.equal(readFileSync(file, 'utf8'), written);
	});

	it('says what to do with markers that are no pair, and with changes that are not saved', async () => {
		writeFileSync(file, '<!-- flex:begin -->\nold\n');
		await run();
		const damaged = await told.next();
		assert.match(damaged.text, /begins in line 1 does not end; put/);
		damaged.answer(undefined);
		writeFileSync(file, '<!-- flex:begin -->\nold\n<!-- flex:end -->\n');
		const document = await vscode.workspace.openTextDocument(file);
		const edit = new vscode.WorkspaceEdit();
		edit.insert(document.uri, new vscode.Position(0, 0), 'mine\n');
		await vscode.workspace.applyEdit(edit);
		await run();
		const dirty = await told.next();
		assert.match(dirty.text, /AGENTS\.md has changes that are not saved/);
		dirty.answer(undefined);
		await vscode.window.showTextDocument(document);
		await vscode.commands.executeCommand('workbench.action.files.revert');
	});

	it('brings only files up to date that have a block', async () => {
		const { updateInstructions } = await import('../../src/host/instructions/exportInstructions.js');
		const { Folders } = await import('../../src/host/folders.js');
		const folders = new Folders();
		const [folder] = folders.all();
		assert.ok(folder);
		const services = {
			folders,
			libraries: { open: async () => library },
			context: { workspaceState: { get: () => [], update: async () => {} } },
		};
		writeFileSync(file, '# Ours\n');
		assert.deepEqual(await updateInstructions(services, folder), []);
		writeFileSync(file, '<!-- flex:begin -->\n<!-- flex:end -->\n');
		assert.deepEqual(await updateInstructions(services, folder), [file]);
		assert.match(readFileSync(file, 'utf8'), /Kites/);
		folders.dispose();
	});
});

/** The command, up to what it asks after the file is picked. */
function run(): Promise<unknown> {
	return answering([{ pick: 'AGENTS.md' }], () => vscode.commands.executeCommand('flex.exportInstructions'));
}
