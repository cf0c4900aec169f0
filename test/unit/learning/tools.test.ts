/** The agent's tools: code in the real sandbox, and a look into a real library. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Experience } from '../../../src/core/experience/experience.js';
import { agentTools } from '../../../src/core/learning/tools/agentTools.js';
import { cutToTokens } from '../../../src/core/learning/tools/conversation.js';
import { runJavascript } from '../../../src/core/learning/tools/runJavascript.js';
import { type ExperienceSearch, searchExperience } from '../../../src/core/learning/tools/searchExperience.js';
import { ToolCallError } from '../../../src/core/learning/tools/tool.js';
import { estimateTokens } from '../../../src/core/models/tokenEstimate.js';
import { MemoryStore } from '../../../src/core/retrieval/memoryStore.js';
import type { Sandbox, SandboxResult } from '../../../src/core/tasks/sandbox.js';
import { TaskError } from '../../../src/core/tasks/task.js';
import { openSandbox } from '../../../src/providers/sandbox.js';
import { experience, pattern, rule, solvedCase } from '../../builders/experiences.js';
import { builtSandbox } from '../providers/builtSandbox.js';
import { never } from './agents.js';

describe('run_javascript', () => {
	let folder: string;
	let sandbox: Sandbox;
	beforeAll(async () => {
		const built = await builtSandbox();
		folder = built.folder;
		sandbox = openSandbox(built);
	});
	afterAll(async () => {
		await sandbox.close();
		rmSync(folder, { recursive: true, force: true });
	});
	const run = (args: unknown) => runJavascript(sandbox).run(args, never, 500);

	it.each([
		['6 * 7', 'Value: 42'],
		['```js\nconst a = [3, 1];\na.sort()\n```', 'Value: [ 1, 3 ]'],
		["console.log('half'); 0.5", 'Value: 0.5\nLogged:\nhalf'],
		["console.log('only')", 'Logged:\nonly'],
		['undefined', 'The script gave no value and logged nothing; end it with the expression to show.'],
	])('of %j gives what the script gave', async (code, observation) => {
		expect(await run({ code })).toBe(observation);
	});

	it('tells why a script failed', async () => {
		expect(await run({ code: "console.log(1); throw new TypeError('no')" })).toMatch(
			/^The script failed: TypeError: no.*\nLogged:\n1$/u,
		);
	});

	it.each([[{}], [{ code: 3 }], [{ code: '  ' }], [{ code: 'x'.repeat(20_001) }], ['6 * 7'], [null]])(
		'takes nothing but a script: %#',
		async (args) => {
			await expect(run(args)).rejects.toThrow(ToolCallError);
		},
	);

	it.each([
		['timeout', 'stopped after 5 seconds'],
		['out-of-memory', 'too much memory'],
		['crashed', 'in another way'],
	] as const)('tells the model of a %s', async (status, said) => {
		const result: SandboxResult = { status, output: '' };
		const broken: Sandbox = { run: async () => result, translate: async () => result, close: async () => {} };
		expect(await runJavascript(broken).run({ code: '1' }, never, 500)).toContain(said);
	});
});

async function libraryOf(...experiences: readonly Experience[]): Promise<MemoryStore> {
	const store = new MemoryStore({ clock: () => '2026-01-01T00:00:00.000Z' });
	await store.apply(experiences.map((item) => ({ change: { op: 'insert', experience: item }, by: 'user' })));
	return store;
}

const limits = { experiences: 3, patterns: 4, cases: 4, minMatch: 0.3 };
const parcel = rule('a1', 'a lost parcel', 'Ask the depot for the parcel.', {
	title: 'Lost parcels',
	zone: 'golden',
	patterns: [pattern('A parcel without a label stays in the depot.')],
});
const invoice = rule('b2', 'a late invoice', 'Send the invoice to the office.', { title: 'Late invoices' });

describe('search_experience', () => {
	async function search(query: unknown, more: Partial<ExperienceSearch> = {}, budget = 500) {
		const shown: string[] = [];
		const store = await libraryOf(parcel, invoice);
		const onShown = (ids: readonly string[]) => void shown.push(...ids);
		const tool = searchExperience({ store, limits, onShown, ...more });
		return { text: await tool.run(query, never, budget), shown };
	}

	it('shows what fits with id, title, strategy and patterns, and says what it showed', async () => {
		const { text, shown } = await search({ query: 'Where is the parcel without a label?' });
		expect(text).toBe(
			'[a1] Lost parcels\n- a lost parcel: Ask the depot for the parcel.\n  - A parcel without a label stays in the depot.',
		);
		expect(shown).toEqual(['a1']);
	});

	it('says so where nothing fits', async () => {
		const { text, shown } = await search({ query: 'quantum chromodynamics' });
		expect(text).toContain('Nothing that was learned fits');
		expect(shown).toEqual([]);
	});

	it('leaves out what the problem itself taught', async () => {
		const exclude = { set: 'routing', problem: 'a1', question: 'Where is it?' };
		const { text, shown } = await search({ query: 'the lost parcel' }, { exclude });
		expect(text).not.toContain('Ask the depot');
		// The pattern was taught by another problem; the title sums up what was left out.
		expect(text).toBe('[a1]\n  - A parcel without a label stays in the depot.');
		expect(shown).toEqual(['a1']);
	});

	it('shows a solved case where there is no rule', async () => {
		const store = await libraryOf(
			experience('c3', { title: '', cases: [solvedCase('Where is the\nbicycle?', 'North')] }),
		);
		const { text } = await search({ query: 'bicycle' }, { store });
		expect(text).toBe('[c3]\n- Solved before: Where is the bicycle? Answer: North');
	});

	it('keeps to its tokens: what does not fit whole is neither shown nor counted', async () => {
		const { text, shown } = await search({ query: 'lost parcel, late invoice' }, {}, 25);
		expect(shown).toEqual(['b2']);
		expect(estimateTokens(text)).toBeLessThanOrEqual(25);
	});

	it.each([[{}], [{ query: 7 }], [{ query: ' ' }], [undefined]])('takes nothing but words: %j', async (args) => {
		await expect(search(args)).rejects.toThrow(ToolCallError);
	});

	it('with an endless query looks for its beginning', async () => {
		const { shown } = await search({ query: `parcel ${'x '.repeat(100_000)}` });
		expect(shown).toEqual(['a1']);
	});
});

describe('the tools of an agent', () => {
	const ended = async (): Promise<SandboxResult> => ({ status: 'done', output: '' });
	const sandbox: Sandbox = { run: ended, translate: ended, close: async () => {} };

	it('are code, and the library where there is one', async () => {
		const names = (tools: ReturnType<typeof agentTools>) => tools.map(({ definition }) => definition.name);
		expect(names(agentTools({ sandbox }))).toEqual(['run_javascript']);
		const store = await libraryOf();
		expect(names(agentTools({ sandbox, experience: { store, limits } }))).toEqual([
			'run_javascript',
			'search_experience',
		]);
	});

	it('are none without a sandbox, and it says so', () => {
		expect(() => agentTools({ sandbox: undefined })).toThrow(TaskError);
	});
});

describe('a text cut to tokens', () => {
	it.each([
		'word '.repeat(400),
		'{}[];'.repeat(200),
		'a'.repeat(5_000),
		'😀'.repeat(300),
		`${'('.repeat(900)} and words`,
	])('has no more of them, and keeps its beginning: %#', (text) => {
		const cut = cutToTokens(text, 50);
		expect(estimateTokens(cut)).toBeLessThanOrEqual(50);
		expect(text.startsWith(cut.replace('… (cut)', ''))).toBe(true);
		expect(cut).not.toMatch(/\p{Cs}/u);
	});

	it('is left alone where it fits', () => {
		expect(cutToTokens('four words of text', 50)).toBe('four words of text');
	});
});
