/** The command line as it ships: a process of its own, in a workspace of its own, over one library's whole life. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '../..');
const cli = path.join(root, 'dist/cli.js');
const bundles = ['cli.js', 'libraryWorker.js', 'sql-wasm.wasm'];

const folder = mkdtempSync(path.join(tmpdir(), 'flex-cli-'));
const workspace = path.join(folder, 'workspace');
const file = (name: string): string => path.join(folder, name);

interface Ended {
	readonly code: number;
	readonly out: string;
	readonly err: string;
}

/** Runs `flex-learn`; nothing of this machine's own set-up reaches it. */
function flexLearn(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
	const env = { PATH: process.env.PATH, NO_COLOR: '1', FLEX_HOME: file('home'), ...environment };
	return new Promise((resolve) => {
		execFile(process.execPath, [cli, '--workspace', workspace, ...args], { env, cwd: folder }, (error, out, err) => {
			resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err });
		});
	});
}

/** Runs it with `--json`, and reads the one object that it must print. */
async function json<Schema extends v.GenericSchema>(schema: Schema, ...args: string[]): Promise<v.InferOutput<Schema>> {
	const { out, err } = await flexLearn([...args, '--json']);
	const lines = out.trimEnd().split('\n');
	expect(lines, err).toHaveLength(1);
	return v.parse(schema, JSON.parse(lines[0] ?? ''));
}

const statusCount = v.object({ experiences: v.number(), patterns: v.number() });
const statsSchema = v.object({
	experiences: v.number(),
	patterns: v.number(),
	byStatus: v.object({ active: statusCount, quarantined: statusCount, retired: statusCount, proposed: statusCount }),
});
const hitSchema = v.object({ id: v.string(), title: v.string(), status: v.string(), terms: v.array(v.string()) });
const searchSchema = v.object({ abstained: v.boolean(), hits: v.array(hitSchema) });
const countsSchema = v.object({ experiences: v.number(), new: v.number(), known: v.number() });
const importSchema = v.object({
	format: v.string(),
	entries: v.number(),
	patterns: v.number(),
	counts: countsSchema,
	odd: v.array(v.object({ entry: v.string(), what: v.string() })),
	skipped: v.array(v.unknown()),
});
const changedSchema = v.object({
	changed: v.array(v.object({ id: v.string(), was: v.string(), status: v.string() })),
	unchanged: v.array(v.string()),
});
const errorSchema = v.object({ error: v.object({ name: v.string(), message: v.string() }) });

/** A library as the reference writes it, with one field that is not as it should be. */
const reference = {
	version: '2.0',
	library: {
		golden: [
			{
				method: 'Problem Category: Refunds of students. General Method: Send the voucher form before the refund form.',
				rules: [{ rule: 'Check the student card first.', examples: ['A card from last year does not count.'] }],
				revised_trajectory: 'A student asked for a refund. <comments>Good start.</comments>',
				memory_type: 'golden',
				problem_category: 'support',
				priority: 4,
				created_at: '2026-01-02T03:04:05',
			},
		],
		warning: [
			{
				method: { problem_category: 'Printers', general_method: 'Never promise a date for a printer.' },
				rules: [
					{ rule: 'Say the week only.', examples: [] },
					{ rule: 'Ask which floor it stands on.', examples: [] },
				],
				revised_trajectory: '',
				memory_type: 'warning',
				problem_category: 'support',
				priority: 3,
				created_at: '2026-01-02T03:04:06',
			},
		],
		mixed: [],
	},
};

beforeAll(async () => {
	if (bundles.every((name) => existsSync(path.join(root, 'dist', name)))) return;
	await promisify(execFile)(process.execPath, [path.join(root, 'esbuild.mjs')], { cwd: root });
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a library from its import to its export', () => {
	it('begins empty, and says so', async () => {
		const stats = await json(statsSchema, 'stats');
		expect([stats.experiences, stats.patterns]).toEqual([0, 0]);
		expect((await flexLearn(['search', 'refund'])).out).toContain('The library is empty');
	});

	it('takes in a reference file, into quarantine, with its true counts and what was odd', async () => {
		writeFileSync(file('reference.json'), JSON.stringify(reference));
		const report = await json(importSchema, 'import', file('reference.json'));
		expect(report).toMatchObject({ format: 'reference', entries: 2, patterns: 3, skipped: [] });
		expect(report.counts).toMatchObject({ experiences: 2, new: 2, known: 0 });
		expect(report.odd.map(({ entry, what }) => `${entry} ${what}`).join()).toMatch(/warning\[0\] method is an object/);
		const { byStatus } = await json(statsSchema, 'stats');
		expect([byStatus.active, byStatus.quarantined]).toEqual([
			{ experiences: 0, patterns: 0 },
			{ experiences: 2, patterns: 3 },
		]);
	});

	it('uses nothing of it until a person accepts it', async () => {
		expect(await json(searchSchema, 'search', 'student', 'refund')).toEqual({ abstained: true, hits: [] });
		const { out, err } = await flexLearn(['search', 'student', 'refund']);
		expect(out).toContain('Nothing in the library is relevant to "student refund".');
		expect(err).toContain('--status quarantined');
		const waiting = await json(searchSchema, 'search', 'student', 'refund', '--status', 'quarantined');
		const [first] = waiting.hits;
		expect(first?.terms).toContain('student');
		const prefix = (first?.id ?? '').slice(0, 6);
		const { changed } = await json(changedSchema, 'accept', prefix);
		expect(changed).toMatchObject([{ id: first?.id, was: 'quarantined', status: 'active' }]);
		expect((await json(searchSchema, 'search', 'student', 'refund')).hits.map(({ id }) => id)).toEqual([first?.id]);
		expect(await json(changedSchema, 'accept', prefix)).toEqual({ changed: [], unchanged: [first?.id] });
	});

	it('shows an experience as a page, with its history', async () => {
		const [hit] = (await json(searchSchema, 'search', 'student refund')).hits;
		const { out } = await flexLearn(['show', hit?.id.slice(0, 4) ?? '', '--history']);
		for (const part of ['When', 'Strategy', 'voucher form', 'Check the student card first.', 'Comment: Good start.']) {
			expect(out).toContain(part);
		}
		expect(out).toMatch(/1\. .* insert by import:reference\.json\n.*2\. .* accept by user\n +quarantined → active/);
	});

	it('takes all that waits at once, retires, pins, and brings back', async () => {
		expect((await json(changedSchema, 'accept', '--all-quarantined')).changed).toHaveLength(1);
		const [hit] = (await json(searchSchema, 'search', 'printer')).hits;
		const id = hit?.id ?? '';
		expect((await flexLearn(['pin', id])).out).toContain(`${id}  pinned`);
		expect((await flexLearn(['retire', id])).out).toContain('active → retired');
		expect((await json(searchSchema, 'search', 'printer')).abstained).toBe(true);
		expect((await flexLearn(['accept', id])).out).toContain('retired → active');
	});

	it.each(['out.jsonl', 'out.json'])('is written to %s, and doubles nothing when that is read again', async (name) => {
		expect((await flexLearn(['export', file(name)])).code).toBe(0);
		const before = readFileSync(file(name), 'utf8');
		const again = await flexLearn(['export', file(name)]);
		expect([again.code, again.err]).toEqual([2, expect.stringContaining('--force')]);
		expect(readFileSync(file(name), 'utf8')).toBe(before);
		const { counts } = await json(importSchema, 'import', file(name));
		expect(counts).toMatchObject({ experiences: 2, new: 0, known: 2 });
		expect((await json(statsSchema, 'stats')).experiences).toBe(2);
	});

	it('reads back in another workspace what it wrote', async () => {
		const other = ['--workspace', file('other')];
		const { counts } = await json(importSchema, ...other, 'import', file('out.jsonl'), '--accept');
		expect(counts.new).toBe(2);
		expect((await json(statsSchema, ...other, 'stats')).byStatus.active).toEqual({ experiences: 2, patterns: 3 });
	});
});

describe('a reader that stops reading', () => {
	it('is no failure', async () => {
		const child = spawn(process.execPath, [cli, '--workspace', workspace, 'stats'], {
			env: { PATH: process.env.PATH, FLEX_HOME: file('home') },
		});
		child.stdout.destroy();
		let err = '';
		child.stderr.on('data', (part) => {
			err += String(part);
		});
		expect(await once(child, 'close')).toEqual([0, null]);
		expect(err).toBe('');
	});
});

describe('an example that ships', () => {
	it.each(['examples/company-conventions', 'company-conventions'])('is found from any folder: %s', async (name) => {
		const { set } = await json(v.object({ set: v.string() }), 'lint', name);
		expect(set).toBe('company-conventions');
	});
});

describe('bad input', () => {
	it.each([
		['an unknown command', ['bogus']],
		['no command', []],
		['an unknown flag', ['stats', '--bogus']],
		['a missing argument', ['show']],
		['a number that is none', ['search', 'x', '-k', 'many']],
		['an id that nobody has', ['show', 'ffffffff']],
		['an id that is none', ['accept', 'zz']],
		['nothing to accept', ['accept']],
		['an unknown status', ['search', 'x', '--status', 'asleep']],
		['a file that is not there', ['import', 'nowhere.json']],
		['a file that is no library', ['import', path.join(root, 'package.json')]],
		['an unknown format', ['export', 'x.txt', '--format', 'docx']],
		['an ending that names no format', ['export', 'library.txt']],
		['a plan that is not there', ['dedupe', '--apply', 'nowhere.json']],
		['a problem set that nobody has', ['bench', 'nowhere']],
		['a library that is none', ['bench', 'company-conventions', '--library', 'nowhere']],
		['an arm that nobody knows', ['bench', 'company-conventions', '--arms', 'llm,telepathy']],
		['a model to remove that is not there', ['model', 'remove', 'nobody']],
		['a model to get that nobody knows', ['model', 'get', 'nobody']],
		['a model to test that is none', ['model', 'test', 'nobody']],
	])('ends with 2: %s', async (_, args) => {
		const { code, err } = await flexLearn(args);
		expect(err).not.toBe('');
		expect(err).not.toMatch(/\n\s+at .*:\d+:\d+/);
		expect(code).toBe(2);
	});

	it('is one JSON object with --json, whoever found it', async () => {
		expect((await json(errorSchema, 'import', 'nowhere.json')).error.name).toBe('UsageError');
		expect((await json(errorSchema, 'bogus')).error.message).toContain("unknown command 'bogus'");
	});
});

describe('doctor', () => {
	const doctorSchema = v.object({
		ok: v.boolean(),
		checks: v.array(v.object({ name: v.string(), state: v.string(), found: v.string() })),
	});

	it('finds nothing broken in a new workspace', async () => {
		const { ok, checks } = await json(doctorSchema, 'doctor');
		expect(checks.filter(({ state }) => state === 'broken')).toEqual([]);
		expect(ok).toBe(true);
		expect(checks.find(({ name }) => name === 'library')?.found).toBe('2 experiences.');
	});

	it('asks endpoints only when told to, and ends with 1 where one does not answer', async () => {
		const asked: (string | undefined)[] = [];
		const server = createServer((request, response) => {
			asked.push(request.headers.authorization);
			response.writeHead(request.url === '/v1/models' ? 200 : 404).end('{}');
		});
		await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
		try {
			const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
			const endpoints = { here: { baseUrl, keyVariable: 'TEST_KEY' }, moved: { baseUrl: `${baseUrl}/old` } };
			writeFileSync(path.join(workspace, '.flex/config.json'), JSON.stringify({ models: { endpoints } }));
			const offline = await flexLearn(['doctor'], { TEST_KEY: 'secret' });
			expect([offline.code, asked]).toEqual([0, []]);
			const online = await flexLearn(['doctor', '--online'], { TEST_KEY: 'secret' });
			expect(online.code).toBe(1);
			expect(online.out).toMatch(/ok +openai:here/);
			expect(online.out).toMatch(/BROKEN +openai:moved .* says 404/);
			expect(asked).toEqual(['Bearer secret', undefined]);
			expect(online.out).not.toContain('secret');
		} finally {
			server.close();
			rmSync(path.join(workspace, '.flex/config.json'), { force: true });
		}
	});

	it('ends with 1 where the settings are damaged; other commands with 2, naming the file', async () => {
		writeFileSync(path.join(workspace, '.flex/config.json'), '{ "training": { "rollouts": 99 } }');
		try {
			expect((await flexLearn(['doctor'])).code).toBe(1);
			const { code, err } = await flexLearn(['search', 'refund']);
			expect(code).toBe(2);
			expect(err).toMatch(/config\.json[\s\S]*training\.rollouts/);
		} finally {
			rmSync(path.join(workspace, '.flex/config.json'), { force: true });
		}
	});
});
