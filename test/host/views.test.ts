/** The three trees over real folders: what stands in them, what follows a change, and what a person decides there. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { Experience } from '../../src/core/experience/experience.js';
import { registerCuration } from '../../src/host/curation/registerCuration.js';
import type { FlexFolder } from '../../src/host/folders.js';
import type { FoundSet } from '../../src/host/problemSets.js';
import { parseFilter } from '../../src/host/views/library/libraryFilter.js';
import type { LibraryNode } from '../../src/host/views/library/libraryNodes.js';
import { LibraryTree } from '../../src/host/views/library/libraryTree.js';
import { ProblemTree } from '../../src/host/views/problemSets/problemTree.js';
import { RunTree } from '../../src/host/views/runs/runTree.js';
import { type Library, openLibrary } from '../../src/library/library.js';
import { ownTime } from '../../src/providers/ownTime.js';
import { loadProblemSet } from '../../src/providers/problemSets.js';
import { RunTally } from '../../src/runs/runTally.js';
import { Workspace } from '../../src/runs/workspace.js';
import { experience, pattern, rule, solvedCase } from '../builders/experiences.js';

const log = vscode.window.createOutputChannel('FLEX tests', { log: true });
let folder: FlexFolder;
const closers: (() => unknown)[] = [];

beforeEach(() => {
	folder = newFolder('here');
});

afterEach(async () => {
	for (const close of closers.splice(0).reverse()) await close();
});

describe('the tree of the library', () => {
	it('goes from what waits over zones and domains to the parts, and ends with what is retired', async () => {
		const library = await libraryOf([
			rule('a', 'a refund is asked for', 'Route to Harbor.', {
				title: 'Refunds',
				patterns: [pattern('Harbor handles refunds.', { id: 'p1' })],
				cases: [solvedCase('Refund of an order?', 'Harbor', { id: 'c1' })],
			}),
			experience('g', { zone: 'golden', title: 'Deliveries', domains: [] }),
			experience('q', { status: 'quarantined', origin: { set: '', run: '', model: '', imported: 'team.json' } }),
			experience('r', { status: 'retired' }),
		]);
		await library.apply([used('a', true), used('a', false)]);
		const { tree } = treeOf({ here: library });
		assert.deepEqual(await outline(tree), [
			'Waiting for you | 1',
			'  q | from team.json · not used yet',
			'Golden | 1',
			'  Without a domain | 1',
			'    Deliveries | not used yet',
			'Warning | 1',
			'  routing | 1',
			'    Refunds | used 2, solved 1',
			'      Route to Harbor. | strategy',
			'      Harbor handles refunds. | pattern',
			'      Refund of an order? | case that went right',
			'Retired | 1',
			'  r | not used yet',
		]);
	});

	it('tells the whole of an experience where the pointer rests, and reads nothing of it as Markdown', async () => {
		const library = await libraryOf([rule('a', 'it **rains**', 'Take [this](command:evil).', { title: 'Rain' })]);
		const { tree } = treeOf({ here: library });
		const node = await find(tree, 'experience');
		const { tooltip } = await tree.resolveTreeItem(await tree.getTreeItem(node), node);
		assert.ok(tooltip instanceof vscode.MarkdownString);
		assert.match(tooltip.value, /Learned on routing with fake/);
		assert.ok(!tooltip.value.includes('[this](command:evil)') && !tooltip.value.includes('**rains**'));
		assert.notEqual(tooltip.isTrusted, true);
	});

	it('has a root for each folder where there are several, and the user’s own library apart', async () => {
		const here = await libraryOf([experience('a', { title: 'Here' })]);
		const there = await libraryOf([experience('b', { title: 'There' })]);
		const own = await libraryOf([experience('c', { title: 'Mine' })]);
		const roots = async (libraries: Parameters<typeof treeOf>[0]) => outline(treeOf(libraries).tree, 1);
		assert.deepEqual(await roots({ here }), ['Warning | 1']);
		assert.deepEqual(await roots({ here, own }), ['Warning | 1', 'Your own library | 1']);
		assert.deepEqual(await roots({ here, there }), ['here | 1', 'there | 1']);
	});

	it('is really empty where nothing was learned, so that VS Code shows how to begin', async () => {
		assert.deepEqual(await outline(treeOf({}).tree), []);
		assert.deepEqual(await outline(treeOf({ here: await libraryOf([]), own: await libraryOf([]) }).tree), []);
	});

	it('says why a library can’t be read', async () => {
		const { tree } = treeOf({ here: new Error('The disk is gone; put it back.') });
		assert.deepEqual(await outline(tree), ['This library can’t be read | The disk is gone; put it back.']);
	});

	it('shows what passes the filter, and what a search finds where nothing has the words', async () => {
		const library = await libraryOf([
			rule('a', 'a refund is asked for', 'Route to Harbor.', { title: 'Refunds' }),
			rule('b', 'a parcel is late', 'Route to Falcon.', { title: 'Late parcels', zone: 'golden' }),
		]);
		const { tree } = treeOf({ here: library });
		await outline(tree);
		const titles = async (input: string) => {
			await tree.setFilter(parseFilter(input));
			return (await outline(tree)).filter((line) => /^ {4}\S/.test(line)).map((line) => line.trim().split(' | ')[0]);
		};
		assert.deepEqual(await titles('harbor'), ['Refunds']);
		assert.deepEqual(await titles('@golden'), ['Late parcels']);
		assert.deepEqual(await titles('harbor @golden'), []);
		assert.deepEqual(await titles('my parcel has been late twice'), ['Late parcels']);
		assert.equal((await tree.loaded())[0]?.nearby, true);
		assert.deepEqual(await titles(''), ['Late parcels', 'Refunds']);
	});

	it('shows again only what changed, unless something moved', async () => {
		const library = await libraryOf([
			rule('a', 'x', 'y', { title: 'First' }),
			rule('b', 'x2', 'y2', { title: 'Second' }),
		]);
		const { tree } = treeOf({ here: library });
		await outline(tree);
		const fired: unknown[] = [];
		const subscription = tree.onDidChangeTreeData((nodes) => fired.push(nodes?.map(({ key }) => key)));
		closers.push(() => subscription.dispose());
		await library.apply([used('a', true)]);
		await tree.update(folder, ['a']);
		await library.apply([{ change: { op: 'retire', id: 'b' }, by: 'user' }]);
		await tree.update(folder, ['b']);
		assert.equal(fired.length, 2);
		assert.match(String(fired[0]), /\/warning\/routing\/a$/);
		assert.equal(fired[1], undefined);
		assert.ok((await outline(tree)).includes('    First | used 1, solved 1'));
	});

	it('stays quick with ten thousand experiences, a page at a time', async () => {
		const many = Array.from({ length: 10_000 }, (_, at) =>
			rule(`e${at}`, `case ${at}`, `Do ${at}.`, { title: `Rule ${at}` }),
		);
		const { tree } = treeOf({ here: await libraryOf(many) });
		const domain = await find(tree, 'domain');
		const page = await tree.getChildren(domain);
		assert.equal(page.length, 201);
		const more = page.at(-1);
		assert.ok(more?.kind === 'more');
		assert.equal((await tree.getTreeItem(more)).label, 'Show 200 more');
		tree.showMore(more.above);
		const spent = ownTime();
		assert.equal((await tree.getChildren(domain)).length, 401);
		assert.ok(spent() < 1000);
	});
});

describe('what a person decides', () => {
	it('is done to all that are selected, and said with an undo', async () => {
		const library = await libraryOf([experience('a', { title: 'One' }), experience('b', { title: 'Two' })]);
		const run = await curation({ here: library });
		const nodes = [
			{ folder, id: 'a' },
			{ folder, id: 'b' },
			{ folder, kind: 'group' },
		];
		const { messages, settle } = messagesOf('Undo');
		await run('flex.library.retire', nodes[0], nodes);
		assert.deepEqual(messages, ['Retired 2 experiences: they are not used any more.']);
		await settle(async () => (await statuses(library)).join() === 'active,active');
		assert.deepEqual(
			(await library.history('a')).map(({ op }) => op),
			['insert', 'retire', 'undo'],
		);
	});

	it('takes the last change back, and says what it was', async () => {
		const library = await libraryOf([experience('a', { title: 'One' })]);
		const run = await curation({ here: library });
		await library.apply([{ change: { op: 'retire', id: 'a' }, by: 'user' }]);
		const { messages } = messagesOf(undefined);
		await run('flex.undo');
		assert.deepEqual(messages, ['Undone: “One” is in use again.']);
		assert.deepEqual(await statuses(library), ['active']);
	});

	it('accepts all that is quarantined after the question that names its origin', async () => {
		const from = (imported: string) => ({ set: '', run: '', model: '', imported });
		const library = await libraryOf([
			experience('a', { status: 'quarantined', origin: from('team.json') }),
			experience('b', { status: 'quarantined', origin: from('team.json') }),
			experience('c', { status: 'proposed' }),
		]);
		const run = await curation({ here: library });
		const refused = messagesOf(undefined);
		await run('flex.library.acceptAll');
		assert.deepEqual(refused.messages, ['Accept 2 experiences from team.json?']);
		assert.deepEqual(await statuses(library), ['quarantined', 'quarantined', 'proposed']);
		refused.restore();
		messagesOf('Accept all');
		await run('flex.library.acceptAll');
		assert.deepEqual(await statuses(library), ['active', 'active', 'proposed']);
	});

	it('moves an experience to the user’s own library and back', async () => {
		const [here, own] = [await libraryOf([experience('a', { title: 'One' })]), await libraryOf([])];
		const run = await curation({ here, own });
		messagesOf(undefined);
		await run('flex.library.promote', { folder, id: 'a' });
		assert.deepEqual([await statuses(here), await statuses(own)], [['retired'], ['active']]);
		await run('flex.library.demote', { folder: undefined, id: 'a' });
		assert.deepEqual([await statuses(here), await statuses(own)], [['active'], ['retired']]);
	});
});

describe('the tree of the problem sets', () => {
	it('goes from sets over splits to problems, lists no test problem, and tells the last verdict', async () => {
		const set = problemSet('signals', { train: 2, dev: 1, test: 2 });
		storedRun('01A', set, [{ type: 'problem.finished', problem: 't1', firstAttempt: false, solved: true }]);
		const tree = problemTreeOf([set]);
		assert.deepEqual(await outline(tree), [
			'signals | train 2, dev 1, test 2 · exact',
			'  train | 2',
			'    Question t1? | undefined',
			'    Question t2? | undefined',
			'  dev | 1',
			'    Question d1? | undefined',
			'  test | 2 · only in benchmarks',
		]);
		const [first] = await tree.getChildren();
		const [train] = await tree.getChildren(first);
		const items = await Promise.all((await tree.getChildren(train)).map((node) => tree.getTreeItem(node)));
		assert.deepEqual(
			items.map(({ accessibilityInformation }) => accessibilityInformation?.label),
			['solved: Question t1?', 'not tried: Question t2?'],
		);
	});

	it('shows a broken set with its error, and opens the line that is wrong', async () => {
		const set = problemSet('signals', { train: 2 });
		writeFileSync(join(set.uri.fsPath, 'train.jsonl'), '{"question":"a?","answer":"b"}\nnot json\n');
		const tree = problemTreeOf([set]);
		const [node] = await tree.getChildren();
		assert.ok(node);
		const item = await tree.getTreeItem(node);
		assert.match(String(item.description), /line 2/);
		assert.equal(item.contextValue, 'broken');
		assert.ok(item.command);
		await vscode.commands.executeCommand(item.command.command, ...(item.command.arguments ?? []));
		assert.equal(vscode.window.activeTextEditor?.selection.start.line, 1);
		assert.match(vscode.window.activeTextEditor?.document.fileName ?? '', /train\.jsonl$/);
	});

	it('opens a problem at its line', async () => {
		const set = problemSet('signals', { train: 2, dev: 1 });
		await vscode.commands.executeCommand('flex.problemSets.open', { set, problem: 't2' });
		assert.equal(vscode.window.activeTextEditor?.selection.start.line, 1);
		await vscode.commands.executeCommand('flex.problemSets.openSettings', { set });
		assert.match(vscode.window.activeTextEditor?.document.fileName ?? '', /flex-task\.json$/);
	});
});

describe('the tree of the runs', () => {
	it('shows those that go on first, with their figures, then what is over', async () => {
		const set = problemSet('signals', { train: 2 });
		storedRun('01A', set, [
			{ type: 'run.started', kind: 'train', set: 'signals', problems: 2, epochs: 1, resumed: false },
			{ type: 'problem.finished', problem: 't1', firstAttempt: true, solved: true },
			{ type: 'run.finished', status: 'cancelled' },
		]);
		storedRun('01C', set, []);
		const tally = new RunTally();
		for (const event of events('01C', [
			{ type: 'run.started', kind: 'train', set: 'signals', problems: 4, epochs: 1, resumed: false },
			{ type: 'problem.finished', problem: 't1', firstAttempt: true, solved: true },
			{ type: 'problem.finished', problem: 't2', firstAttempt: false, solved: true },
			{
				type: 'model.call',
				role: 'actor',
				model: 'm',
				tokensIn: 1800,
				tokensOut: 200,
				ms: 5,
				cached: false,
				cost: null,
			},
		])) {
			tally.add(event);
		}
		const job = { id: '01C', kind: 'train', set: 'signals', model: 'fake:m', folder };
		const live = { job, tally, startedAt: Date.now(), total: 4, preparing: '', stopping: false, ledger: undefined };
		const tree = new RunTree({ folders: foldersOf([folder]), runs: fake({ live: [live] }) });
		const nodes = await tree.getChildren();
		const items = await Promise.all(nodes.map((node) => tree.getTreeItem(node)));
		assert.deepEqual(
			items.map(({ contextValue }) => contextValue),
			['run live', 'run idle resumable'],
		);
		assert.equal(items[0]?.label, 'signals');
		assert.equal(items[0]?.description, 'training · 2/4 · 50 % · 2k tokens');
		assert.match(String(items[1]?.description), /^training · stopped · 1\/2 · 100 %/);
		const lines = await outline(tree);
		assert.ok(lines.includes('  Right at the first attempt | 50 %, 1 of 2'), lines.join('\n'));
		assert.ok(lines.includes('  Model | fake:m'), lines.join('\n'));
	});
});

type Tree<T> = Pick<vscode.TreeDataProvider<T>, 'getChildren' | 'getTreeItem'>;

/** All items, each a line: indented by its level, its label and its description. */
async function outline<T>(tree: Tree<T>, levels = 9, node?: T, indent = ''): Promise<readonly string[]> {
	const lines: string[] = [];
	for (const child of (await tree.getChildren(node)) ?? []) {
		const { label, description } = await tree.getTreeItem(child);
		lines.push(`${indent}${String(label)} | ${String(description)}`);
		if (levels > 1) lines.push(...(await outline(tree, levels - 1, child, `${indent}  `)));
	}
	return lines;
}

/** The first node of a kind, from the top. */
async function find(tree: LibraryTree, kind: LibraryNode['kind'], node?: LibraryNode): Promise<LibraryNode> {
	for (const child of await tree.getChildren(node)) {
		if (child.kind === kind) return child;
		if (child.kind === 'group' || child.kind === 'domain') return find(tree, kind, child);
	}
	throw new Error(`There is no ${kind}.`);
}

function newFolder(name: string): FlexFolder {
	const path = mkdtempSync(join(tmpdir(), 'flex-views-'));
	closers.push(() => rmSync(path, { recursive: true, force: true }));
	return { name, uri: vscode.Uri.file(path), workspace: new Workspace(path) };
}

async function libraryOf(experiences: readonly Experience[]): Promise<Library> {
	const path = join(newFolder('library').uri.fsPath, '.flex');
	mkdirSync(path);
	const root = process.env.FLEX_TEST_ROOT;
	assert.ok(root);
	const library = await openLibrary(path, { workerFile: join(root, 'dist/libraryWorker.js') });
	closers.push(() => library.close());
	await library.apply(experiences.map((one) => ({ change: { op: 'insert', experience: one }, by: 'test' })));
	return library;
}

interface Shelves {
	readonly here?: Library | Error;
	readonly there?: Library;
	readonly own?: Library;
}

function servicesOf({ here, there, own }: Shelves) {
	const other = there ? newFolder('there') : undefined;
	const find = async (wanted: FlexFolder) => {
		if (here instanceof Error) throw here;
		return wanted === other ? there : here;
	};
	const libraries = {
		existing: find,
		open: find,
		exists: (wanted: FlexFolder) => (wanted === other ? there : here) !== undefined,
		own: async () => own,
		ownEnabled: own !== undefined,
	};
	return { log, libraries: fake(libraries), folders: foldersOf(other ? [folder, other] : [folder]) };
}

function treeOf(shelves: Shelves) {
	const tree = new LibraryTree(servicesOf(shelves));
	closers.push(() => tree.dispose());
	return { tree };
}

/** The handlers of the commands themselves: the commands belong to the extension, with its own services. */
async function curation(shelves: Shelves) {
	const handlers = new Map<string, (...args: readonly unknown[]) => unknown>();
	const { registerCommand } = vscode.commands;
	Object.assign(vscode.commands, {
		registerCommand: (command: string, handler: (...args: readonly unknown[]) => unknown) => {
			handlers.set(command, handler);
			return { dispose: () => {} };
		},
	});
	try {
		registerCuration(fake(servicesOf(shelves)));
	} finally {
		Object.assign(vscode.commands, { registerCommand });
	}
	return async (command: string, ...args: readonly unknown[]) => {
		const handler = handlers.get(command);
		assert.ok(handler, command);
		await handler(...args);
	};
}

/** Collects what is said, and answers each with `answer` once. */
function messagesOf(answer: string | undefined) {
	const messages: string[] = [];
	const { showInformationMessage, showWarningMessage, showErrorMessage } = vscode.window;
	const say = async (message: string) => {
		messages.push(message);
		return answer;
	};
	Object.assign(vscode.window, { showInformationMessage: say, showWarningMessage: say, showErrorMessage: say });
	const restore = () => Object.assign(vscode.window, { showInformationMessage, showWarningMessage, showErrorMessage });
	closers.push(restore);
	const settle = async (holds: () => Promise<boolean>) => {
		while (!(await holds())) await new Promise((turned) => setImmediate(turned));
	};
	return { messages, restore, settle };
}

const statuses = async (library: Library) => (await library.list()).map(({ status }) => status);

function used(id: string, solved: boolean) {
	const use = { run: 'R', problem: 'p', epoch: 0, rollout: solved ? 1 : 0, solved };
	return { change: { op: 'use', id, use }, by: 'run:R' } as const;
}

function problemSet(name: string, counts: Readonly<Record<string, number>>): FoundSet {
	const uri = vscode.Uri.joinPath(folder.uri, name);
	mkdirSync(uri.fsPath);
	const manifest = { name, kind: 'exact', description: 'Name the colour.' };
	writeFileSync(join(uri.fsPath, 'flex-task.json'), JSON.stringify(manifest));
	for (const [split, count] of Object.entries(counts)) {
		const ids = Array.from(
			{ length: count },
			(_, at) => `${split[0] === 't' && split !== 'train' ? 'x' : split[0]}${at + 1}`,
		);
		const lines = ids.map((id) => JSON.stringify({ id, question: `Question ${id}?`, answer: 'red' }));
		writeFileSync(join(uri.fsPath, `${split}.jsonl`), lines.join('\n'));
	}
	return { uri, label: name, description: name, folder };
}

function problemTreeOf(sets: readonly FoundSet[]): ProblemTree {
	const problemSets = { list: async () => sets, load: ({ uri }: FoundSet) => loadProblemSet(uri.fsPath) };
	const tree = new ProblemTree({ folders: foldersOf([folder]), problemSets: fake(problemSets) });
	closers.push(() => tree.dispose());
	return tree;
}

function events(run: string, bodies: readonly object[]) {
	const place = { epoch: 0, rollout: 0, round: 0 };
	return bodies.map((body, seq) => fake({ v: 1, run, seq, at: '2026-01-01T00:00:00.000Z', ...place, ...body }));
}

function storedRun(id: string, { uri }: FoundSet, bodies: readonly object[]): void {
	const path = join(folder.workspace.runs, id);
	mkdirSync(path, { recursive: true });
	const config = { kind: 'train', set: uri.fsPath, config: { training: { epochs: 1 }, models: { default: 'fake:m' } } };
	writeFileSync(join(path, 'config.json'), JSON.stringify(config));
	writeFileSync(
		join(path, 'events.jsonl'),
		events(id, bodies)
			.map((event) => `${JSON.stringify(event)}\n`)
			.join(''),
	);
}

function foldersOf(all: readonly FlexFolder[]) {
	return fake({ all: () => all, pick: async () => all[0] });
}

/** A stand-in for a service that is asked for no more than what it has. */
// biome-ignore lint/suspicious/noExplicitAny: it stands in for whatever is wanted
function fake(parts: object): any {
	return parts;
}
