/** `dedupe` and `lint` as they are typed: a bundled process in a workspace of its own. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Experience } from '../../../src/core/experience/experience.js';
import { parsePlan } from '../../../src/core/learning/consolidation/planFile.js';
import { writeJsonl } from '../../../src/library/exchange/jsonl.js';
import { rule } from '../../builders/experiences.js';
import { bundle } from '../library/libraryFixtures.js';

let bundles = '';
let workspace = '';
const folders: string[] = [];

beforeAll(async () => {
	bundles = await bundle({ cli: 'src/cli/main.ts', libraryWorker: 'src/library/libraryWorker.ts' });
	folders.push(bundles);
}, 60_000);

beforeEach(() => {
	workspace = mkdtempSync(path.join(tmpdir(), 'flex-dedupe-'));
	folders.push(workspace);
});

afterAll(() => {
	for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

interface Ended {
	readonly code: number;
	readonly out: string;
	readonly err: string;
}

function flexLearn(...args: string[]): Promise<Ended> {
	const command = [path.join(bundles, 'cli.js'), '--workspace', workspace, ...args];
	const env = { PATH: process.env.PATH, NO_COLOR: '1' };
	return new Promise((resolve) => {
		execFile(process.execPath, command, { env, cwd: workspace }, (error, out, err) => {
			resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err });
		});
	});
}

async function json<Schema extends v.GenericSchema>(schema: Schema, ...args: string[]): Promise<v.InferOutput<Schema>> {
	const { out } = await flexLearn(...args, '--json');
	expect(out.trimEnd().split('\n')).toHaveLength(1);
	return v.parse(schema, JSON.parse(out));
}

async function learned(...library: readonly Experience[]): Promise<void> {
	writeFileSync(path.join(workspace, 'in.jsonl'), writeJsonl(library));
	expect((await flexLearn('import', 'in.jsonl', '--accept')).code).toBe(0);
}

async function statuses(): Promise<readonly string[]> {
	await flexLearn('export', 'out.jsonl', '--force');
	const lines = readFileSync(path.join(workspace, 'out.jsonl'), 'utf8').trimEnd().split('\n');
	return lines.map((line) => v.parse(v.object({ status: v.string() }), JSON.parse(line)).status).sort();
}

const strings = v.array(v.string());
const applied = v.object({
	plan: v.string(),
	done: strings,
	skipped: v.array(v.unknown()),
	retired: strings,
	grown: strings,
});
const findings = v.array(v.object({ code: v.string(), experience: v.string(), part: v.string() }));
const counts = v.object({ 'answer-leak': v.number(), 'harness-words': v.number() });
const linted = v.object({ checked: v.number(), counts, chanceRate: v.nullable(v.number()), findings });

const same = [
	rule('aaaa1111', 'A badge is lost', 'Block it and print another.'),
	rule('bbbb1111', 'Badges are lost', 'Block it, and print another.'),
];
const alike = [
	rule('cccc1111', 'A refund is asked for', 'Pay back within 30 days of the order.'),
	rule('dddd1111', 'A refund is asked for', 'Pay back within 60 days of the order.'),
];

describe('dedupe', () => {
	it('says what would happen, side by side with reasons, and changes nothing', async () => {
		await learned(...same, ...alike);
		const { code, out, err } = await flexLearn('dedupe');
		expect(code).toBe(0);
		expect(out).toMatch(/keep +aaaa1111 .*\n +drop +bbbb1111/);
		expect(out).toMatch(/a +cccc1111 .*\n.*30 days.*\n +b +dddd1111 .*\n.*60 days/);
		expect(err).toContain('Nothing was changed');
		expect(await statuses()).toEqual(['active', 'active', 'active', 'active']);
	});

	it('applies and takes back as it says', async () => {
		await learned(...same, ...alike);
		const { plan, retired } = await json(applied, 'dedupe', '--apply');
		expect(retired).toEqual(['bbbb1111']);
		expect(await statuses()).toEqual(['active', 'active', 'active', 'retired']);
		expect((await flexLearn('show', 'bbbb')).out).toContain('was merged into aaaa1111');
		expect((await flexLearn('dedupe', '--undo', plan)).out).toContain('2 experiences as they were');
		expect(await statuses()).toEqual(['active', 'active', 'active', 'active']);
		expect((await flexLearn('dedupe', '--undo', plan)).code).toBe(2);
	});

	it('does what is left of a plan that somebody read and thinned out', async () => {
		await learned(...same, ...alike);
		expect((await flexLearn('dedupe', '--plan', 'plan.json')).out).toContain('flex-learn dedupe --apply plan.json');
		expect((await flexLearn('dedupe', '--plan', 'plan.json')).code).toBe(2);
		const file = path.join(workspace, 'plan.json');
		const plan = parsePlan(readFileSync(file, 'utf8'));
		const reviews = plan.steps.filter(({ kind }) => kind === 'review').map((step) => ({ ...step, kind: 'merge' }));
		writeFileSync(file, JSON.stringify({ ...plan, steps: reviews }));
		expect(await json(applied, 'dedupe', '--apply', 'plan.json')).toMatchObject({ retired: ['dddd1111'], skipped: [] });
	});

	it.each([
		['a threshold that is none', ['--threshold', '2']],
		['two things at once', ['--plan', 'x.json', '--apply']],
		['a plan that is not there', ['--apply', 'nowhere.json']],
		['a file that is no plan', ['--apply', 'in.jsonl']],
		['a plan that nobody applied', ['--undo', 'abcabcabcabc']],
	])('ends with 2: %s', async (_, args) => {
		await learned(...alike);
		const { code, err } = await flexLearn('dedupe', ...args);
		expect([code, err]).toEqual([2, expect.stringMatching(/\S/)]);
	});
});

describe('an import', () => {
	it('leaves in quarantine what repeats an experience word for word, even with --accept', async () => {
		const [first] = same;
		await learned(...same);
		writeFileSync(path.join(workspace, 'more.jsonl'), writeJsonl(first ? [{ ...first, id: 'eeee1111' }] : []));
		const { out } = await flexLearn('import', 'more.jsonl', '--accept');
		expect(out).toContain('1 that repeats');
		expect(await statuses()).toEqual(['active', 'active', 'quarantined']);
		expect((await json(applied, 'dedupe', '--apply')).retired.sort()).toEqual(['bbbb1111', 'eeee1111']);
	});
});

describe('lint', () => {
	const question = 'A farm sells 16 eggs a day and bakes with three of them how many are left for the market each day';
	const leak = rule('ffff1111', '', `A farm sells 16 eggs a day and bakes with three of them: the result is 1847.`);
	const harness = rule('eeee2222', 'A sum', 'Compare with the expected answer of the verifier.');

	function problemSet(more: object = {}): void {
		const folder = path.join(workspace, 'set');
		mkdirSync(folder);
		const problem = (id: string, text: string) => `${JSON.stringify({ id, question: text, answer: '1847' })}\n`;
		writeFileSync(
			path.join(folder, 'flex-task.json'),
			JSON.stringify({ name: 's', kind: 'exact', description: 'd', ...more }),
		);
		writeFileSync(path.join(folder, 'train.jsonl'), problem('eggs', question));
		writeFileSync(path.join(folder, 'dev.jsonl'), problem('other', 'Something else'));
	}

	it('lists words of the harness without a set, and answers with one', async () => {
		await learned(leak, harness, ...same);
		const alone = await json(linted, 'lint');
		expect(alone).toMatchObject({ checked: 4, counts: { 'answer-leak': 0, 'harness-words': 1 }, chanceRate: null });
		problemSet();
		const { out, code } = await flexLearn('lint', 'set');
		expect([code, out]).toEqual([
			0,
			expect.stringMatching(/answer-leak: 1 experience[\s\S]*By chance: 0\.0 %[\s\S]*ffff1111/),
		]);
		expect(out).toContain('From in.jsonl: of 4 entries 1 with answer-leak, 1 with harness-words.');
	});

	it('ends with 1 where it is strict and finds something, and with 0 else', async () => {
		await learned(harness, ...same);
		expect((await flexLearn('lint')).code).toBe(0);
		expect((await flexLearn('lint', '--strict')).code).toBe(1);
		await flexLearn('retire', 'eeee2222');
		expect((await flexLearn('lint', '--strict')).code).toBe(0);
	});

	it('takes no label of a closed set for a leak', async () => {
		await learned(leak);
		problemSet({ answerSpace: ['1847', '1848'] });
		expect(await json(linted, 'lint', 'set')).toMatchObject({ findings: [], chanceRate: null });
	});
});
