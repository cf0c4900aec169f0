/** What `--json` promises: every command's output, run for real, fits the schema that is published for it. */
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProgram } from '../../src/cli/createProgram.js';
import { misfits, schemaNames } from '../builders/schemas.js';
import { type ChatBody, type ScriptedServer, startScriptedServer } from '../fakes/scriptedServer.js';

const root = join(import.meta.dirname, '../..');
const cli = join(root, 'dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'flex-json-'));
const file = (...names: string[]): string => join(folder, ...names);
const set = file('set');
const trained = '01KAPQ00000000000000000001';
const stopped = '01KAPQ00000000000000000002';

interface Row {
	readonly args: readonly string[];
	/** Of the only line, or of the last one where run events come before it; absent where there are events alone. */
	readonly schema?: string;
	readonly events?: boolean;
	/** Exit code, 0 unless it says so. */
	readonly code?: number;
}

/** The contract, a command line each, in an order in which each finds what it needs. */
const contract: readonly Row[] = [
	{ args: ['stats'], schema: 'cli/stats' },
	{ args: ['runs'], schema: 'cli/runs' },
	{ args: ['train', set, '--estimate'], schema: 'cli/estimate' },
	{ args: ['bench', set, '--estimate'], schema: 'cli/estimate' },
	{ args: ['train', set, '--run-id', stopped, '--max-calls', '3'], events: true, code: 3 },
	{ args: ['runs', 'show', stopped], schema: 'cli/runs-show' },
	{ args: ['train', set, '--run-id', trained], events: true },
	{ args: ['tune', set, '--limit', '2'], events: true, schema: 'cli/tune' },
	{ args: ['bench', set], events: true, schema: 'cli/measure' },
	{ args: ['bench', set, '--model', 'openai:local/other', '--max-calls', '3'], events: true, code: 3 },
	{ args: ['curve', set, '--sizes', '2,4', '--limit', '3'], events: true, schema: 'cli/measure' },
	{
		args: ['matrix', set, '--models', 'openai:local/test,openai:local/more', '--limit', '3'],
		events: true,
		schema: 'cli/measure',
	},
	{
		args: [
			'demo',
			'--model',
			`replay:${file('recording.jsonl')}`,
			'--out',
			file('demo'),
			'--train',
			'4',
			'--problems',
			'4',
		],
		events: true,
	},
	{ args: ['solve', 'Who handles matter 13?'], schema: 'cli/solve' },
	{ args: ['solve', '--set', set, 'p50', '--compare', '-m', 'openai:local/test'], schema: 'cli/solve' },
	{ args: ['learn'], schema: 'cli/learn' },
	{ args: ['learn', '--no-model', '--estimate'], schema: 'cli/learn' },
	{ args: ['learn', '--estimate'], schema: 'cli/estimate' },
	{ args: ['learn', '--since', 'nowhere'], schema: 'cli/error', code: 2 },
	{ args: ['learn', '--command', 'exit 3'], schema: 'cli/learn', code: 1 },
	{ args: ['remember', 'Matters of the South are urgent.', '--when', 'the South writes'], schema: 'cli/remember' },
	{ args: ['remember', ' '], schema: 'cli/error', code: 2 },
	{ args: ['dedupe'], schema: 'cli/dedupe' },
	{ args: ['dedupe', '--plan', file('plan.json')], schema: 'cli/dedupe-plan' },
	{ args: ['dedupe', '--apply', file('plan.json')], schema: 'cli/dedupe-apply' },
	{ args: ['lint', set], schema: 'cli/lint' },
	{ args: ['edit', '@experience', '--from', '@form'], schema: 'cli/edit' },
	{ args: ['edit', '@experience', '--from', '@changed'], schema: 'cli/edit' },
	{ args: ['edit', '@experience', '--from', '@broken'], schema: 'cli/error', code: 2 },
	{ args: ['history'], schema: 'cli/changes' },
	{ args: ['history', '@experience'], schema: 'cli/history' },
	{ args: ['undo'], schema: 'cli/undo' },
	{ args: ['undo', '@experience', '--to', '1'], schema: 'cli/undo' },
	{ args: ['dataset'], schema: 'cli/dataset-list' },
	{ args: ['dataset', 'list'], schema: 'cli/dataset-list' },
	{ args: ['dataset', 'add', 'no-such-set'], schema: 'cli/error', code: 2 },
	{ args: ['search', 'matter'], schema: 'cli/search' },
	{ args: ['search', 'nothing-like-it'], schema: 'cli/search' },
	{ args: ['show', '@experience'], schema: 'cli/show' },
	{ args: ['show', '@experience', '--history'], schema: 'cli/show' },
	...['retire', 'reject', 'accept', 'pin', 'unpin', 'star', 'unstar'].map((op) => ({
		args: [op, '@experience'],
		schema: 'cli/decision',
	})),
	{ args: ['stats'], schema: 'cli/stats' },
	{ args: ['export', file('out.jsonl')], schema: 'cli/export' },
	{ args: ['export', file('out.json')], schema: 'cli/export' },
	{ args: ['export', '--git'], schema: 'cli/export-git' },
	{ args: ['export', '--instructions', file('AGENTS.md')], schema: 'cli/export-instructions' },
	{ args: ['export', '--instructions', file('AGENTS.md'), '--budget', '1'], schema: 'cli/error', code: 2 },
	{ args: ['import', file('out.jsonl')], schema: 'cli/import' },
	{ args: ['import', file('out.json')], schema: 'cli/import' },
	{ args: ['import', '--git'], schema: 'cli/import-git' },
	{ args: ['model', 'list'], schema: 'cli/model-list' },
	{ args: ['model', 'test', 'openai:local/test'], schema: 'cli/model-test' },
	{ args: ['model', 'remove', '--llama'], schema: 'cli/model-remove' },
	{ args: ['doctor'], schema: 'cli/doctor' },
	{ args: ['runs'], schema: 'cli/runs' },
	{ args: ['runs', trained], schema: 'cli/runs-show' },
	{ args: ['runs', stopped, '--follow'], events: true, code: 3 },
	{ args: ['report', '@bench'], schema: 'cli/report' },
	{ args: ['report', '@partial', '--csv', file('partial.csv')], schema: 'cli/report' },
	{ args: ['gate', set], events: true, schema: 'cli/gate' },
	{ args: ['utility', set, '@experience'], events: true, schema: 'cli/utility' },
	{ args: ['report', '@curve'], schema: 'cli/report' },
	{ args: ['report', '@matrix'], schema: 'cli/report' },
	{ args: ['report', trained, '--workspace', file('workspace')], schema: 'cli/report' },
	{ args: ['completion', 'fish'], schema: 'cli/completion' },
	{ args: ['runs', 'delete', stopped, '--yes'], schema: 'cli/runs-delete' },
	{ args: ['runs', 'delete', trained], schema: 'cli/error', code: 2 },
	{ args: ['show', 'ffffffff'], schema: 'cli/error', code: 2 },
	{ args: ['bogus'], schema: 'cli/error', code: 2 },
	{ args: ['train', file('nowhere')], schema: 'cli/error', code: 2 },
];

/** Commands without a row, each with the reason. */
const elsewhere: Readonly<Record<string, string>> = {
	'model get': 'fetches a component from a registry',
	'dataset remove': 'needs a dataset, whose files do not ship',
	mcp: 'speaks another protocol on standard output; mcp.test.ts listens to it',
};

let server: ScriptedServer;

beforeAll(async () => {
	mkdirSync(set);
	mkdirSync(file('workspace/.flex'), { recursive: true });
	const lines = (from: number, count: number): string =>
		Array.from({ length: count }, (_, index) => {
			const question = `Message ${from + index} is about matter ${(from + index) * 13}.`;
			return JSON.stringify({ id: `p${from + index}`, question, answer: index % 2 ? 'South' : 'North' });
		}).join('\n');
	writeFileSync(join(set, 'train.jsonl'), lines(0, 8));
	writeFileSync(join(set, 'dev.jsonl'), lines(50, 6));
	const about = { name: 'two-teams', kind: 'choice', description: 'Say who handles it.', levels: 'flat' };
	writeFileSync(join(set, 'flex-task.json'), JSON.stringify({ ...about, answerSpace: ['North', 'South'] }));
	// Answers whatever it is asked.
	writeFileSync(file('recording.jsonl'), JSON.stringify({ match: '', answer: '{"who":"someone"}' }));
	server = await startScriptedServer((body) => ({ text: answerTo(body) }));
	const endpoints = { local: { baseUrl: server.baseUrl } };
	const settings = JSON.stringify({ models: { default: 'openai:local/test', endpoints } });
	writeFileSync(file('workspace/.flex/config.json'), settings);
	writeFileSync(file('workspace/.gitignore'), '.flex/\n');
	writeFileSync(file('workspace/teams.py'), 'def team_of(matter):\n    return "South" if matter.urgent else "North"\n');
	execFileSync('git', ['init', '--quiet'], { cwd: file('workspace') });
});
afterAll(async () => {
	await server.close();
	rmSync(folder, { recursive: true, force: true });
});

/** JSON where it is asked for, else a label. */
function answerTo(body: ChatBody): string {
	const last = body.messages.at(-1)?.content.slice(0, 24);
	if (!body.response_format) return 'North';
	const lesson = {
		kind: 'convention',
		title: 'Teams',
		when: 'a matter finds its team',
		advice: `team_of decides it: ${last}`,
	};
	const isLearning = body.response_format.json_schema?.name === 'lessons';
	return JSON.stringify(isLearning ? { lessons: [lesson] } : { who: 'someone', about: last });
}

interface Ended {
	readonly code: number;
	readonly lines: readonly unknown[];
	readonly err: string;
}

function flexLearn(args: readonly string[]): Promise<Ended> {
	const env = { PATH: process.env.PATH, NO_COLOR: '1', FLEX_HOME: file('home') };
	const workspace = args.includes('--workspace') ? [] : ['--workspace', file('workspace')];
	return new Promise((resolve) => {
		execFile(process.execPath, [cli, ...workspace, ...args, '--json'], { env, cwd: folder }, (error, out, err) => {
			const code = typeof error?.code === 'number' ? error.code : error ? -1 : 0;
			const lines = out.split('\n').filter((line) => line !== '');
			resolve({ code, lines: lines.map((line) => JSON.parse(line) as unknown), err });
		});
	});
}

/** Fills in what only earlier commands know. */
function filledIn(arg: string): string {
	if (arg === '@experience') return learned();
	if (arg in forms) return formFile(forms[arg] ?? ((text) => text));
	const kinds: Readonly<Record<string, readonly [string, boolean]>> = {
		'@bench': ['bench', true],
		'@partial': ['bench', false],
		'@curve': ['curve', true],
		'@matrix': ['matrix', true],
	};
	const [kind, reported] = kinds[arg] ?? [];
	return kind === undefined ? arg : runOf(kind, reported === true);
}

/** What a person does to the form of an experience. */
const forms: Readonly<Record<string, (text: string) => string>> = {
	'@form': (text) => text,
	'@changed': (text) => text.replace(/^priority: .*$/mu, 'priority: 5').replace(/^# .*$/mu, '# A title of my own'),
	'@broken': (text) => text.replace(/^zone: .*$/mu, 'zone: purple'),
};

function formFile(change: (text: string) => string): string {
	const shown = ['show', learned(), '--form', '--workspace', file('workspace')];
	const form = execFileSync(process.execPath, [cli, ...shown], { encoding: 'utf8' });
	writeFileSync(file('form.md'), change(form));
	return file('form.md');
}

/** An experience that training wrote. */
function learned(): string {
	const events = readFileSync(file('workspace/.flex/runs', trained, 'events.jsonl'), 'utf8');
	return /"type":"library.changed","op":"insert","id":"(\w+)"/u.exec(events)?.[1] ?? '';
}

function runOf(kind: string, reported: boolean): string {
	const runs = file('workspace/.flex/runs');
	const found = readdirSync(runs).find((id) => {
		const config = readFileSync(join(runs, id, 'config.json'), 'utf8');
		return config.includes(`"kind": "${kind}"`) && readdirSync(join(runs, id)).includes('report.json') === reported;
	});
	return found ?? '';
}

/** Schemas of what needs a network, other people's files, or a library with duplicates. */
const needMore = ['cli/dataset-add', 'cli/dataset-remove', 'cli/dedupe-undo', 'cli/gate-undo', 'cli/model-get'];

describe('the output of', () => {
	const names = contract.map((row) => [row.args.join(' ').replaceAll(folder, '…'), row] as const);
	it.each(names)(
		'%s',
		async (_, { args, schema, events = false, code = 0 }) => {
			const ended = await flexLearn(args.map(filledIn));
			expect(ended.code, ended.err).toBe(code);
			const last = schema === undefined ? [] : ended.lines.slice(-1);
			const before = ended.lines.slice(0, ended.lines.length - last.length);
			if (events) expect(before.length).toBeGreaterThan(2);
			else expect(before).toEqual([]);
			expect(before.flatMap((event) => misfits('run-event', event))).toEqual([]);
			if (schema === undefined) return;
			expect(last).toHaveLength(1);
			expect(misfits(schema, last[0])).toEqual([]);
			for (const damaged of withoutEachField(last[0])) expect(misfits(schema, damaged)).not.toEqual([]);
		},
		60_000,
	);

	it('every command is in the contract', () => {
		const typed = contract.map(({ args }) => args.join(' '));
		const missing = leaves(createProgram()).filter(
			(name) => !typed.some((line) => line === name || line.startsWith(`${name} `)) && !(name in elsewhere),
		);
		expect(missing.filter((name) => name !== 'runs show')).toEqual([]);
	});

	it('every schema is in the contract, or described by a file below', () => {
		const used = new Set(contract.map(({ schema }) => schema));
		const open = schemaNames.filter((name) => name.startsWith('cli/') && !used.has(name));
		expect(open).toEqual([...needMore]);
	});
});

/** A required field is one that a reader may count on: without it, nothing fits. Optional ones are left in. */
function withoutEachField(value: unknown): readonly unknown[] {
	if (typeof value !== 'object' || value === null) return [];
	const optional = ['split', 'uses', 'evidence', 'history', 'version', 'sha256', 'profile'];
	return Object.keys(value)
		.filter((key) => !optional.includes(key))
		.map((key) => ({ ...value, [key]: undefined }))
		.map((damaged) => JSON.parse(JSON.stringify(damaged)) as unknown);
}

/** Full names of the commands that do something. */
function leaves(parent: Command, prefix = ''): readonly string[] {
	return parent.commands.flatMap((command) => {
		const name = `${prefix}${command.name()}`;
		return command.commands.length > 0 ? leaves(command, `${name} `) : [name];
	});
}

describe('the files of a workspace', () => {
	const runs = file('workspace/.flex/runs');
	const folders = (): readonly string[] => readdirSync(runs).map((id) => join(runs, id));
	const json = (...path: string[]): unknown => JSON.parse(readFileSync(join(...path), 'utf8'));

	it('of every run fit their schemas: config, events, report', () => {
		expect(folders().length).toBeGreaterThan(4);
		for (const run of folders()) {
			expect(misfits('run-config', json(run, 'config.json')), run).toEqual([]);
			const events = readFileSync(join(run, 'events.jsonl'), 'utf8').trimEnd().split('\n');
			expect(events.flatMap((line) => misfits('run-event', JSON.parse(line)))).toEqual([]);
			if (readdirSync(run).includes('report.json')) expect(misfits('report', json(run, 'report.json'))).toEqual([]);
		}
	});

	it('are experiences, a line each, in an export', () => {
		const lines = readFileSync(file('out.jsonl'), 'utf8').trimEnd().split('\n');
		expect(lines.length).toBeGreaterThan(2);
		expect(lines.flatMap((line) => misfits('experience', JSON.parse(line)))).toEqual([]);
	});

	it('have settings that fit theirs', () => {
		expect(misfits('config', json(file('workspace/.flex/config.json')))).toEqual([]);
	});
});
