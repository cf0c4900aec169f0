/** Problem files in a real editor: diagnostics, quick fixes, completion, and lenses. */
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { Folders } from '../../src/host/folders.js';
import { ProblemLenses } from '../../src/host/problemFiles/codeLenses.js';
import { ProblemDocuments } from '../../src/host/problemFiles/problemDocuments.js';
import { SplitDocuments } from '../../src/host/problemFiles/splitDocuments.js';
import { ProblemSets } from '../../src/host/problemSets.js';
import { ownTime } from '../../src/providers/ownTime.js';

const manifest = {
	name: 'host-teams',
	kind: 'choice',
	description: 'Say which team handles the message.',
	answerSpace: ['Copper', 'Falcon', 'Willow'],
	splits: { train: 'learn.jsonl', dev: 'dev.jsonl', test: 'exam.jsonl' },
};
const row = (id: string | undefined, question: string, answer: string) => JSON.stringify({ id, question, answer });

let folder: string;

before(async () => {
	const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
	assert.ok(root, 'a folder is open');
	folder = join(root, 'problem-sets/host-teams');
	mkdirSync(folder, { recursive: true });
	write('flex-task.json', JSON.stringify(manifest));
	write('learn.jsonl', '');
	write('dev.jsonl', row('d1', 'Where is my parcel?', 'Willow'));
	write('exam.jsonl', `${row('e1', 'Shared question?', 'Copper')}\n`);
	await vscode.extensions.getExtension('flex-learn.flex-learn')?.activate();
	await appeared('host-teams/flex-task.json');
});

after(async () => {
	await vscode.commands.executeCommand('workbench.action.closeAllEditors');
	rmSync(folder, { recursive: true, force: true });
});

describe('diagnostics of a problem file', () => {
	it('say what is wrong, at the place where it is', async () => {
		const lines = [
			row('a', 'One?', 'Copper'),
			'{"id": "b" "question": "Two?", "answer": "Copper"}',
			row('c', 'Three?', 'Wilow'),
			row('a', 'Four?', 'Copper'),
			row('d', 'One?', 'Copper'),
			row('e', 'Shared question?', 'Copper'),
		];
		const document = await opened('learn.jsonl', lines.join('\r\n'));
		const found = await diagnosticsOf(document, (all) => all.length === 5);
		assert.deepEqual(
			found.map(({ code, range, severity }) => [code, range.start.line, document.getText(range), severity]),
			[
				['bad-line', 1, '"', vscode.DiagnosticSeverity.Error],
				['unknown-answer', 2, '"Wilow"', vscode.DiagnosticSeverity.Error],
				['same-id', 3, '"a"', vscode.DiagnosticSeverity.Error],
				['same-question', 4, '"One?"', vscode.DiagnosticSeverity.Warning],
				['in-other-split', 5, '"Shared question?"', vscode.DiagnosticSeverity.Warning],
			],
		);
		const [, , , , overlap] = found;
		assert.match(overlap?.relatedInformation?.[0]?.location.uri.path ?? '', /exam\.jsonl$/);
	});

	it('are mended by quick fixes, and go', async () => {
		const lines = ['{"id": "b" "question": "Two?", "answer": "Wilow"', row('c', 'Three?', 'Copper')];
		const document = await opened('learn.jsonl', [...lines, row('c', 'Four?', 'Copper')].join('\n'));
		await diagnosticsOf(document, (all) => all.length === 2);
		await fix(document, 0, 'Repair this line');
		await diagnosticsOf(document, (all) => all.some(({ code }) => code === 'unknown-answer'));
		await fix(document, 0, 'Change the answer to "Willow"');
		await fix(document, 2, 'Remove this id');
		await diagnosticsOf(document, (all) => all.length === 0);
		assert.deepEqual(
			document
				.getText()
				.split('\n')
				.map((line) => JSON.parse(line)),
			[
				{ id: 'b', question: 'Two?', answer: 'Willow' },
				{ id: 'c', question: 'Three?', answer: 'Copper' },
				{ question: 'Four?', answer: 'Copper' },
			],
		);
	});

	it('let a line be deleted, the last one too', async () => {
		const document = await opened('learn.jsonl', [row('a', 'One?', 'Copper'), row('b', 'One?', 'Copper')].join('\n'));
		await diagnosticsOf(document, (all) => all.length === 1);
		await fix(document, 1, 'Delete this line');
		assert.equal(document.getText(), row('a', 'One?', 'Copper'));
	});

	it('follow another split that changes in its editor', async () => {
		const learn = await opened('learn.jsonl', row('a', 'Shared question?', 'Copper'));
		await diagnosticsOf(learn, (all) => all.length === 1);
		const exam = await opened('exam.jsonl', row('e1', 'Another question?', 'Copper'));
		await exam.save();
		await diagnosticsOf(learn, (all) => all.length === 0);
	});

	it('leave files alone that belong to no set', async () => {
		write('stray.jsonl', '{broken');
		const document = await vscode.workspace.openTextDocument(join(folder, 'stray.jsonl'));
		const learn = await opened('learn.jsonl', '{broken');
		await diagnosticsOf(learn, (all) => all.length === 1);
		assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
	});
});

describe('diagnostics of flex-task.json', () => {
	it('say which file is missing, and make it', async () => {
		const text = JSON.stringify({ ...manifest, splits: { train: 'learn.jsonl', dev: 'more.jsonl' } });
		const document = await opened('flex-task.json', text);
		const [missing] = await diagnosticsOf(document, (all) => all.length === 1);
		assert.equal(document.getText(missing?.range), '"more.jsonl"');
		await fix(document, 0, 'Create more.jsonl');
		await diagnosticsOf(document, (all) => all.length === 0);
		await vscode.commands.executeCommand('workbench.action.files.revert');
	});
});

describe('completion in a problem file', () => {
	const complete = async (document: vscode.TextDocument, character: number, line = 0) => {
		const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
			'vscode.executeCompletionItemProvider',
			document.uri,
			new vscode.Position(line, character),
		);
		return items;
	};

	it('offers keys, and the answers that the set allows', async () => {
		const line = '{"question": "One?", "answer": ""}';
		const document = await opened('learn.jsonl', line);
		const answers = await complete(document, line.length - 2);
		assert.deepEqual(
			answers.map(({ label }) => label),
			manifest.answerSpace,
		);
		const keys = await complete(document, 1);
		assert.deepEqual(
			keys.map(({ label }) => label),
			['id', 'solution'],
		);
	});

	it('offers a new problem on an empty line, whose id counts on', async () => {
		const document = await opened('learn.jsonl', `${row('t-009', 'One?', 'Copper')}\n`);
		const [item] = await complete(document, 0, 1);
		assert.equal(item?.label, 'New problem');
		const { insertText } = item ?? {};
		assert.ok(insertText instanceof vscode.SnippetString);
		assert.match(
			insertText.value,
			/^\{"id": "t-010", "question": "\$2", "answer": "\$\{3\|Copper,Falcon,Willow\|\}"\}$/,
		);
	});
});

describe('lenses', () => {
	const lensesOf = (document: vscode.TextDocument, resolve?: number) =>
		vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, resolve);

	it('solve train and dev problems, without experience and with it', async () => {
		const document = await opened(
			'learn.jsonl',
			`${row('a', 'One?', 'Copper')}\n\n${row(undefined, 'Two?', 'Copper')}`,
		);
		const lenses = await lensesOf(document, 10);
		assert.deepEqual(
			lenses.map(({ range, command }) => [range.start.line, command?.title, command?.command]),
			[0, 2].flatMap((line) => [
				[line, 'Solve', 'flex.problemSets.solveWithout'],
				[line, 'Solve with experience', 'flex.problemSets.solve'],
			]),
		);
		const [argument] = lenses[0]?.command?.arguments ?? [];
		assert.equal(argument.problem, 'a');
		assert.equal(argument.set.label, 'host-teams');
		assert.match(lenses[2]?.command?.arguments?.[0].problem, /^[0-9a-f]{16}$/);
	});

	it('say on test files who reads them', async () => {
		const lenses = await lensesOf(await opened('exam.jsonl', row('e1', 'Another question?', 'Copper')), 10);
		assert.deepEqual(
			lenses.map(({ command }) => command?.title),
			['Test problems: only benchmarks read them'],
		);
	});

	it('are there at once for 20,000 problems, which are checked without holding up anything', async () => {
		const lines = Array.from({ length: 20_000 }, (_, i) =>
			row(`p${i}`, `Question ${i}?`, i === 19_999 ? 'Nobody' : 'Copper'),
		);
		const document = await opened('learn.jsonl', lines.join('\n'));
		const [sets, documents] = [new ProblemSets(new Folders()), new ProblemDocuments()];
		const provider = new ProblemLenses(new SplitDocuments({ problemSets: sets }), documents, sets.onDidChange);
		await provider.provideCodeLenses(document);
		const spent = ownTime();
		await provider.provideCodeLenses(document);
		const provided = spent();
		sets.dispose();
		const lenses = await lensesOf(document);
		assert.equal(lenses.length, 40_000);
		const [found] = await diagnosticsOf(document, (all) => all.length > 0);
		assert.equal(found?.range.start.line, 19_999);
		assert.equal(lenses[0]?.command, undefined, 'A lens out of sight has no command yet.');
		// biome-ignore lint/suspicious/noConsole: the figure belongs into the log of the tests
		console.log(`note the lenses of 20,000 problems take ${provided.toFixed(1)} ms`);
	});
});

function write(name: string, text: string): void {
	writeFileSync(join(folder, name), text);
}

/** The file in an editor, with this text in it. */
async function opened(name: string, text: string): Promise<vscode.TextDocument> {
	const document = await vscode.workspace.openTextDocument(join(folder, name));
	await vscode.window.showTextDocument(document);
	if (document.getText() === text) return document;
	const edit = new vscode.WorkspaceEdit();
	edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
	assert.ok(await vscode.workspace.applyEdit(edit));
	return document;
}

/** Our diagnostics of the document, by line, as soon as they are as wanted. */
async function diagnosticsOf(
	document: vscode.TextDocument,
	wanted: (found: readonly vscode.Diagnostic[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
	const ours = () => vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'FLEX');
	const { version } = document;
	return new Promise((resolve) => {
		const look = (): void => {
			const found = ours();
			if (!wanted(found) || document.version !== version) return;
			subscription.dispose();
			resolve(found);
		};
		const subscription = vscode.languages.onDidChangeDiagnostics(look);
		look();
	});
}

async function fix(document: vscode.TextDocument, line: number, title: string): Promise<void> {
	const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
		'vscode.executeCodeActionProvider',
		document.uri,
		document.lineAt(line).range,
	);
	const action = actions.find((known) => known.title === title);
	assert.ok(action?.edit, `"${title}" is none of: ${actions.map((known) => known.title).join(', ')}`);
	assert.ok(await vscode.workspace.applyEdit(action.edit));
}

/** Waits until the window has heard of a file: its watcher tells the extension of new sets. */
async function appeared(path: string): Promise<void> {
	const found = await vscode.workspace.findFiles(`**/${path}`);
	assert.equal(found.length, 1, `${path} is there`);
}
