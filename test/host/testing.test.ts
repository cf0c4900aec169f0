/** The Testing view's side of problem sets: the tree, and what a run reports, with a model that answers by script. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { ModelError } from '../../src/core/models/chatModel.js';
import { MemoryStore } from '../../src/core/retrieval/memoryStore.js';
import { watchFor } from '../../src/host/capture/watches.js';
import type { FoundSet } from '../../src/host/problemSets.js';
import { Runs } from '../../src/host/runs.js';
import type { Services } from '../../src/host/services.js';
import { runTests, type TestMode } from '../../src/host/testing/testRun.js';
import { TestTree } from '../../src/host/testing/testTree.js';
import { TestRuns } from '../../src/host/testRuns.js';
import { loadProblemSet } from '../../src/providers/problemSets.js';
import { Workspace } from '../../src/runs/workspace.js';
import { rule } from '../builders/experiences.js';
import { type ModelScript, scriptedModel } from '../fakes/scriptedModel.js';
import { eventually } from './eventually.js';
import { telling } from './telling.js';

const manifest = {
	name: 'signals',
	kind: 'exact',
	description: 'Name the colour of the signal.',
	exploration: { maxAnswerTokens: 20 },
	rendering: { named: false },
};
const row = (id: string, question: string, answer: string) => JSON.stringify({ id, question, answer });

const log = vscode.window.createOutputChannel('FLEX tests', { log: true });
let folder: string;
let set: FoundSet;
const closers: (() => unknown)[] = [];

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'flex-testing-'));
	closers.push(() => rmSync(folder, { recursive: true, force: true }));
	const uri = vscode.Uri.file(join(folder, 'signals'));
	mkdirSync(uri.fsPath);
	write('flex-task.json', JSON.stringify(manifest));
	write(
		'train.jsonl',
		`\n${row('t1', 'Stop at the crossing?', 'red')}\n${row('t2', 'Go at the crossing?', 'green')}\n`,
	);
	write('dev.jsonl', row('d1', 'Wait at the crossing?', 'amber'));
	write('test.jsonl', [row('x1', 'Stop at the bridge?', 'red'), row('x2', 'Go at the bridge?', 'green')].join('\n'));
	const workspace = new Workspace(folder);
	set = {
		uri,
		label: 'signals',
		description: 'signals',
		folder: { name: 'w', uri: vscode.Uri.file(folder), workspace },
	};
});

afterEach(async () => {
	for (const close of closers.splice(0).reverse()) await close();
});

describe('the tree of tests', () => {
	it('is read as far as somebody looks', async () => {
		const { tree, controller, loads } = await stage(() => 'red');
		await tree.resolve(undefined);
		assert.deepEqual(loads, [], 'The list of sets reads no set.');
		const [item] = await tree.sets();
		assert.ok(item);
		assert.deepEqual(labels(await tree.childrenOf(item)), ['train', 'dev', 'test (Compare only)']);
		const [train, , test] = await tree.childrenOf(item);
		assert.ok(train && test);
		assert.equal(train.children.size, 0, 'Problems are read when the split is opened.');
		assert.equal(test.canResolveChildren, false);
		const problems = await tree.childrenOf(train);
		assert.deepEqual(
			problems.map(({ id, label, range, uri }) => [id, label, range?.start.line, uri?.path.endsWith('/train.jsonl')]),
			[
				['t1', 'Stop at the crossing?', 1, true],
				['t2', 'Go at the crossing?', 2, true],
			],
		);
		assert.equal(controller.items.size, 1);
	});

	it('follows the files: problems come and go, and others keep their items', async () => {
		const { tree, change } = await stage(() => 'red');
		const train = await splitOf(tree, 'train');
		const [first] = await tree.childrenOf(train);
		write('train.jsonl', [row('t0', 'New?', 'red'), row('t1', 'Stop at the crossing?', 'red')].join('\n'));
		change();
		await tree.refresh();
		const problems = await tree.childrenOf(train);
		assert.deepEqual(
			problems.map(({ id, range }) => [id, range?.start.line]),
			[
				['t0', 0],
				['t1', 1],
			],
		);
		assert.equal(problems[1], first);
	});

	it('says on a set what is wrong with it', async () => {
		write('train.jsonl', '{');
		const { tree } = await stage(() => 'red');
		const [item] = await tree.sets();
		assert.ok(item);
		assert.deepEqual(await tree.childrenOf(item), []);
		assert.match(String(item.error), /train\.jsonl[\s\S]*line 1/);
	});
});

describe('a run of tests', () => {
	it('shows what was expected and what came, and the experience behind it', async () => {
		const { tree, run } = await stage(() => 'Answer: red', {
			store: [rule('e1', 'A question about the crossing', 'At the crossing it is always red.')],
		});
		const train = await splitOf(tree, 'train');
		const { results, output } = await run('with', [train]);
		assert.deepEqual(outcomes(results), { t1: 'passed', t2: 'failed' });
		const [diff, story] = results.get('t2')?.messages ?? [];
		assert.deepEqual([diff?.expectedOutput, diff?.actualOutput], ['green', 'red']);
		assert.equal(diff?.location?.range.start.line, 2);
		assert.ok(story?.message instanceof vscode.MarkdownString);
		assert.match(story.message.value, /```text\nAnswer: red\n```/);
		assert.match(story.message.value, /\[.*e1.*\]\(command:flex\.library\.open\?/);
		assert.deepEqual(story.message.isTrusted, { enabledCommands: ['flex.library.open'] });
		assert.ok((results.get('t1')?.duration ?? -1) >= 0);
		assert.match(output, /signals: 1 of 2 right\./);
	});

	it('that fails, and passes after a change of files, is offered to learn from where that is wanted', async () => {
		writeFileSync(join(folder, '.gitignore'), '.flex/\n');
		for (const args of [
			['init', '--quiet'],
			['add', '--all'],
			['commit', '--quiet', '-m', 'First'],
		]) {
			execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', ...args], { cwd: folder });
		}
		const { tree, run, services, change } = await stage(() => 'Answer: red');
		const told = telling();
		closers.push(() => told.restore());
		const watch = watchFor(services, 'tests');
		closers.push(() => watch.dispose());
		const train = await splitOf(tree, 'train');
		await run('without', [train]);
		const kept = join(set.folder.workspace.failures);
		await eventually(() => existsSync(kept) && readdirSync(kept).some((name) => name.endsWith('.json')));
		write(
			'train.jsonl',
			[row('t1', 'Stop at the crossing?', 'red'), row('t2', 'Wait at the light?', 'red')].join('\n'),
		);
		change();
		await tree.refresh();
		await run('without', [train]);
		const offer = await told.next();
		assert.match(offer.text, /signals, 2 problems.* failed before and passes now/);
		assert.deepEqual(offer.actions, ['Learn from this', 'Not now', "Don't offer"]);
		offer.answer('Not now');
	});

	it('opens models and library once, and takes as many problems at once as the model does', async () => {
		let asked = 0;
		let bothAsked = (): void => {};
		const both = new Promise<void>((resolve) => {
			bothAsked = resolve;
		});
		const { run, opened } = await stage(async () => {
			// Nobody is answered before two have asked.
			if (++asked === 2) bothAsked();
			await both;
			return 'red';
		});
		const { results } = await run('without', undefined);
		assert.deepEqual([...results.keys()].sort(), ['d1', 't1', 't2'], 'Test problems are not among all tests.');
		assert.deepEqual([opened.pools, opened.closed], [1, 1]);
	});

	it('compares both ways, and says both verdicts', async () => {
		const { tree, run } = await stage(
			({ messages }) => (messages.some(({ content }) => content.includes('always green')) ? 'green' : 'red'),
			{ store: [rule('e1', 'A question about the crossing', 'At the crossing it is always green.')] },
		);
		const { results, output } = await run('compare', [await splitOf(tree, 'train')]);
		assert.deepEqual(outcomes(results), { t1: 'failed', t2: 'passed' });
		assert.match(
			String(results.get('t1')?.messages[0]?.message),
			/Without experience: right\. With experience: not right\./,
		);
		assert.match(output, /1 of 2 right without experience, 1 with it/);
	});

	it('goes on after a refused answer', async () => {
		const { tree, run } = await stage((_request, index) => {
			if (index === 0) throw new ModelError('refused', 'I would rather not.');
			return 'green';
		});
		const { results } = await run('without', [await splitOf(tree, 'train')]);
		assert.deepEqual(outcomes(results), { t1: 'errored', t2: 'passed' });
	});

	it('ends where no model could answer', async () => {
		const { tree, run } = await stage(
			() => {
				throw new ModelError('auth', 'The key is wrong.');
			},
			{ concurrency: 1 },
		);
		const { results } = await run('without', [await splitOf(tree, 'train')]);
		assert.deepEqual(outcomes(results), { t1: 'errored', t2: 'skipped' });
		assert.equal(results.get('t1')?.messages[0]?.message, 'The key is wrong.');
	});

	it('has one budget for all of its problems', async () => {
		const budget = vscode.workspace.getConfiguration('flex.budget');
		await budget.update('calls', 1, vscode.ConfigurationTarget.Global);
		closers.push(() => budget.update('calls', undefined, vscode.ConfigurationTarget.Global));
		const { tree, run } = await stage(() => 'red', { concurrency: 1 });
		const { results } = await run('without', [await splitOf(tree, 'train')]);
		assert.deepEqual(outcomes(results), { t1: 'passed', t2: 'errored' });
		assert.match(String(results.get('t2')?.messages[0]?.message), /budget|calls/i);
	});

	it('is refused with its reason where the workspace is not trusted', async () => {
		const { tree, run, model } = await stage(() => 'red');
		const restore = Object.getOwnPropertyDescriptor(vscode.workspace, 'isTrusted') ?? {};
		Object.defineProperty(vscode.workspace, 'isTrusted', { ...restore, get: () => false });
		closers.push(() => Object.defineProperty(vscode.workspace, 'isTrusted', restore));
		const train = await splitOf(tree, 'train');
		const { results } = await run('with', [train]);
		assert.deepEqual(outcomes(results), { train: 'errored' });
		assert.match(String(results.get('train')?.messages[0]?.message), /not trusted/);
		assert.equal(model.requests.length, 0);
	});

	it('ends at once when it is cancelled, whatever the model does', async () => {
		const cancelling = new vscode.CancellationTokenSource();
		const { tree, run } = await stage(() => {
			cancelling.cancel();
			return new Promise(() => {});
		});
		const { results } = await run('with', [await splitOf(tree, 'train')], cancelling.token);
		assert.deepEqual(outcomes(results), {});
	});
});

describe('the test split', () => {
	it('is left alone by all that does not compare', async () => {
		const { tree, run, model } = await stage(() => 'red');
		const test = await splitOf(tree, 'test');
		assert.deepEqual(outcomes((await run('with', [test])).results), { test: 'skipped' });
		const [whole] = await tree.sets();
		assert.ok(whole);
		await run('compare', [whole]);
		assert.equal(
			model.requests.some(({ messages }) => messages.some(({ content }) => content.includes('bridge'))),
			false,
		);
	});

	it('is compared as a whole, which leaves its line in the log of test uses, and a report', async () => {
		const { tree, run } = await stage(() => 'Answer: red');
		mkdirSync(join(folder, '.flex'), { recursive: true });
		const { results } = await run('compare', [await splitOf(tree, 'test')]);
		assert.deepEqual(outcomes(results), { test: 'passed' }, String(results.get('test')?.messages[0]?.message));
		const use = JSON.parse(readFileSync(join(folder, '.flex/test-uses.jsonl'), 'utf8'));
		assert.deepEqual([use.set, use.arms], ['signals', ['llm', 'flex']]);
		const report = JSON.parse(readFileSync(join(folder, '.flex/runs', use.run, 'report.json'), 'utf8'));
		assert.deepEqual([report.set.split, report.set.n], ['test', 2]);
	});
});

interface Result {
	state: 'passed' | 'failed' | 'errored' | 'skipped';
	messages: readonly vscode.TestMessage[];
	duration?: number | undefined;
}

interface StageOptions {
	readonly store?: readonly ReturnType<typeof rule>[];
	readonly concurrency?: number;
}

/** A controller of its own, with what runs work on: a scripted model, and a library in memory. */
async function stage(script: ModelScript, { store: experiences = [], concurrency = 2 }: StageOptions = {}) {
	const model = scriptedModel(script, { concurrency });
	const store = new MemoryStore({ clock: () => '2026-01-01T00:00:00.000Z' });
	await store.apply(experiences.map((experience) => ({ change: { op: 'insert' as const, experience }, by: 'user' })));
	const changed = new vscode.EventEmitter<void>();
	const folders = { onDidChange: changed.event, all: () => [set.folder], of: () => set.folder };
	const opened = { pools: 0, closed: 0 };
	const loads: string[] = [];
	const runs = new Runs(log, Object.assign(Object.create(null), folders));
	const testRuns = new TestRuns();
	const services: Services = Object.assign(Object.create(null), {
		testRuns,
		context: { extension: vscode.extensions.getExtension('flex-learn.flex-learn') },
		log,
		folders,
		runs,
		libraries: { open: async () => store, own: async () => undefined },
		problemSets: {
			onDidChange: changed.event,
			list: async () => [set],
			load: ({ uri }: FoundSet) => {
				loads.push(uri.fsPath);
				return loadProblemSet(uri.fsPath);
			},
		},
		models: {
			describe: () => ({ countedIn: 'tokens' }),
			pool: async () => {
				opened.pools++;
				const describe = async () => ({ model, source: 'script' });
				const close = async () => {
					opened.closed++;
				};
				return { describe, open: async () => model, close };
			},
		},
	});
	const controller = vscode.tests.createTestController('flex-tested', 'FLEX tested');
	const tree = new TestTree(controller, services);
	closers.push(() => {
		for (const part of [tree, controller, runs, testRuns, changed]) part.dispose();
	});
	const never = new vscode.CancellationTokenSource().token;
	const run = async (mode: TestMode, include: readonly vscode.TestItem[] | undefined, token = never) => {
		const recorded = recording(controller);
		await runTests(
			{ services, controller: recorded.controller, tree },
			mode,
			new vscode.TestRunRequest(include),
			token,
		);
		return recorded;
	};
	return { tree, controller, run, services, model, opened, loads, change: () => changed.fire() };
}

/** The controller, with what its runs report written down: VS Code shows it, and tells nobody. */
function recording(controller: vscode.TestController) {
	const results = new Map<string, Result>();
	const recorded = { results, output: '', controller };
	recorded.controller = Object.assign(Object.create(controller), {
		createTestRun(request: vscode.TestRunRequest): vscode.TestRun {
			const run = controller.createTestRun(request);
			const note =
				(state: Result['state']) =>
				(item: vscode.TestItem, ...rest: readonly unknown[]) => {
					const messages = rest.flat().filter((part) => part instanceof vscode.TestMessage);
					const duration = rest.find((part) => typeof part === 'number');
					results.set(item.id, { state, messages, duration });
				};
			return {
				...run,
				name: run.name,
				token: run.token,
				isPersisted: run.isPersisted,
				onDidDispose: run.onDidDispose,
				enqueued: (item) => run.enqueued(item),
				started: (item) => run.started(item),
				passed: note('passed'),
				failed: note('failed'),
				errored: note('errored'),
				skipped: note('skipped'),
				addCoverage: () => {},
				appendOutput: (text) => {
					recorded.output += text;
				},
				end: () => run.end(),
			};
		},
	});
	return recorded;
}

function outcomes(results: ReadonlyMap<string, Result>): Readonly<Record<string, string>> {
	return Object.fromEntries([...results].map(([id, { state }]) => [id, state]));
}

async function splitOf(tree: TestTree, split: string): Promise<vscode.TestItem> {
	const [item] = await tree.sets();
	assert.ok(item);
	const found = (await tree.childrenOf(item)).find(({ id }) => id === split);
	assert.ok(found, `there is ${split}`);
	return found;
}

function labels(items: readonly vscode.TestItem[]): readonly string[] {
	return items.map(({ label }) => label);
}

function write(name: string, text: string): void {
	writeFileSync(join(folder, 'signals', name), text);
}
