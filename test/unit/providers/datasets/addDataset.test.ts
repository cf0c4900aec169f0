/** Datasets: from a mirror folder, from the official files, refused where they are not what they should be. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { addDataset } from '../../../../src/providers/datasets/addDataset.js';
import type { Dataset } from '../../../../src/providers/datasets/dataset.js';
import {
	bbhRows,
	gsm8kRows,
	humanEvalJsRows,
	mbppJsRows,
	mirrorRows,
} from '../../../../src/providers/datasets/datasetForms.js';
import { DatasetError, gitBlob } from '../../../../src/providers/datasets/datasetSources.js';
import { datasets, datasetsNamed } from '../../../../src/providers/datasets/datasets.js';
import { loadProblemSet } from '../../../../src/providers/problemSets.js';
import { type PathServer, servePaths } from '../../../fakes/pathServer.js';

const folder = mkdtempSync(join(tmpdir(), 'flex-datasets-'));
const servers: PathServer[] = [];
afterEach(async () => Promise.all(servers.splice(0).map((server) => server.close())));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const row = (split: string, index: number) => ({
	id: `colours/${split}/${index}`,
	question: `What colour has ${split} thing number ${index}?`,
	answer: index % 2 === 0 ? 'red' : 'blue',
});
const rows = (split: string, count: number) => Array.from({ length: count }, (_, index) => row(split, index));
const jsonl = (items: readonly unknown[]) => items.map((item) => `${JSON.stringify(item)}\n`).join('');

/** A dataset whose mirror and official files hold these rows. */
function colours(train: string, test: string): Dataset {
	const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
	const file = (text: string) => ({ bytes: Buffer.byteLength(text), blob: gitBlob(Buffer.from(text)) });
	const read = mirrorRows({ train: 'train.jsonl', test: 'test.jsonl' });
	const notes = { train: 'official', test: 'partial: a half' };
	return {
		name: 'colours',
		summary: 'colours of things',
		licence: 'MIT',
		official: {
			source: {
				repository: 'things/colours',
				commit: 'abcdef0123',
				files: { 'train.jsonl': file(train), 'test.jsonl': file(test) },
			},
			read,
			notes,
		},
		mirror: {
			source: { folder: 'colours', files: { 'train.jsonl': sha256(train), 'test.jsonl': sha256(test) } },
			read,
			notes,
		},
		manifest: { kind: 'choice', description: 'Name the colour.' },
		closed: true,
	};
}

function mirrorWith(files: Readonly<Record<string, string>>): string {
	const root = mkdtempSync(join(folder, 'mirror-'));
	mkdirSync(join(root, 'colours'));
	for (const [name, text] of Object.entries(files)) writeFileSync(join(root, 'colours', name), text);
	return root;
}

const train = jsonl(rows('train', 60));
const test = jsonl(rows('test', 12));
const dataset = colours(train, test);

function options(over: Partial<Parameters<typeof addDataset>[1]>) {
	const into = mkdtempSync(join(folder, 'into-'));
	return { into, mirror: undefined, base: 'http://127.0.0.1:9', signal: new AbortController().signal, ...over };
}

async function reasonOf(work: Promise<unknown>): Promise<string> {
	const error = await work.then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	expect(error).toBeInstanceOf(DatasetError);
	return error instanceof DatasetError ? error.reason : '';
}

describe('adding a dataset', () => {
	it('makes a problem set of a mirror folder, with a dev split of our own, and says what each split is', async () => {
		const added = await addDataset(
			dataset,
			options({ mirror: mirrorWith({ 'train.jsonl': train, 'test.jsonl': test }) }),
		);
		const set = await loadProblemSet(added.folder);
		expect(added.counts).toEqual({ train: 48, dev: 12, test: 12 });
		expect(set.splits.train).toHaveLength(48);
		expect(set.answerSpace).toEqual(['blue', 'red']);
		expect(set.dataset?.from).toBe('mirror');
		expect(set.dataset?.splits).toEqual({
			train: 'official',
			dev: 'our own seeded part of train',
			test: 'partial: a half',
		});
		const questions = Object.values(set.splits).flatMap((split) => split.map(({ question }) => question));
		expect(new Set(questions).size).toBe(72);
	});

	it('gets the official files at their commit, and keeps their hashes', async () => {
		const server = await servePaths({
			'/things/colours/abcdef0123/train.jsonl': train,
			'/things/colours/abcdef0123/test.jsonl': test,
		});
		servers.push(server);
		const added = await addDataset(dataset, options({ base: server.url }));
		expect(added.origin).toMatchObject({ from: 'official', repository: 'things/colours', commit: 'abcdef0123' });
		expect(added.origin.files['train.jsonl']).toBe(createHash('sha256').update(train).digest('hex'));
		expect(added.counts.test).toBe(12);
	});

	it('refuses official files that are not those of the commit, and leaves nothing behind', async () => {
		const server = await servePaths({
			'/things/colours/abcdef0123/train.jsonl': train.replace('"red"', '"tan"'),
			'/things/colours/abcdef0123/test.jsonl': test,
		});
		servers.push(server);
		const given = options({ base: server.url });
		expect(await reasonOf(addDataset(dataset, given))).toBe('changed');
		expect(readdirSync(given.into)).toEqual([]);
	});

	it('refuses a mirror file that was changed', async () => {
		const mirror = mirrorWith({ 'train.jsonl': `${train}\n`, 'test.jsonl': test });
		expect(await reasonOf(addDataset(dataset, options({ mirror })))).toBe('changed');
	});

	it('says what to do where neither source can be had', async () => {
		expect(await reasonOf(addDataset(dataset, options({})))).toBe('unreachable');
		expect(await reasonOf(addDataset(dataset, options({ from: 'mirror' })))).toBe('no-source');
		const { official: _, ...mirrorOnly } = dataset;
		expect(await reasonOf(addDataset(mirrorOnly, options({})))).toBe('no-source');
	});

	it('takes the official source where the mirror folder does not hold the dataset', async () => {
		const empty = mkdtempSync(join(folder, 'mirror-'));
		expect(await reasonOf(addDataset(dataset, options({ mirror: empty })))).toBe('unreachable');
	});

	it('never writes over what is there unless it is told to', async () => {
		const given = options({ mirror: mirrorWith({ 'train.jsonl': train, 'test.jsonl': test }) });
		const { folder: added } = await addDataset(dataset, given);
		writeFileSync(join(added, 'notes.txt'), 'mine');
		expect(await reasonOf(addDataset(dataset, given))).toBe('exists');
		expect(readFileSync(join(added, 'notes.txt'), 'utf8')).toBe('mine');
		await addDataset(dataset, { ...given, force: true });
		expect(existsSync(join(added, 'notes.txt'))).toBe(false);
	});

	it('keeps a test question out of train, whatever the source says', async () => {
		const leaking = jsonl([...rows('train', 59), { ...row('test', 0), id: 'colours/train/59' }]);
		const mirror = mirrorWith({ 'train.jsonl': leaking, 'test.jsonl': test });
		const { counts } = await addDataset(colours(leaking, test), options({ mirror }));
		expect(counts.train + counts.dev).toBe(59);
	});

	it('divides a source without splits the same way each time', async () => {
		const pool = jsonl(rows('any', 50));
		const pooled: Dataset = {
			...colours(pool, pool),
			mirror: {
				source: { folder: 'colours', files: { 'pool.jsonl': createHash('sha256').update(pool).digest('hex') } },
				read: (files) => ({ pool: mirrorRows({ test: 'pool.jsonl' })(files).test ?? [] }),
				notes: {},
			},
		};
		const mirror = mirrorWith({ 'pool.jsonl': pool });
		const [one, two] = [options({ mirror }), options({ mirror })];
		const { counts, folder: first } = await addDataset(pooled, one);
		const { folder: second } = await addDataset(pooled, two);
		expect(counts).toEqual({ train: 10, dev: 10, test: 30 });
		expect(readFileSync(join(second, 'test.jsonl'), 'utf8')).toBe(readFileSync(join(first, 'test.jsonl'), 'utf8'));
	});
});

describe('official forms', () => {
	it('takes the number after #### of a word problem, and its working without calculator marks', () => {
		const line = { question: 'How many?', answer: 'Two and two are <<2+2=4>>4.\nFive times that.\n#### 1,020' };
		const read = gsm8kRows(
			new Map([
				['grade_school_math/data/train.jsonl', Buffer.from(jsonl([line]))],
				['grade_school_math/data/test.jsonl', Buffer.from(jsonl([line, { question: 'broken' }]))],
			]),
		);
		expect(read.train).toEqual([
			{ id: 'gsm8k/train/0', question: 'How many?', answer: '1020', solution: 'Two and two are 4.\nFive times that.' },
		]);
		expect(read.test).toEqual([{ id: 'gsm8k/test/0', question: 'How many?', answer: '1020' }]);
	});

	it('leaves out examples without a target, and keeps the numbers of the others', () => {
		const text = JSON.stringify({ examples: [{ input: 'x' }, { input: 'Is it?', target: 'Yes' }] });
		expect(bbhRows('navigate')(new Map([['bbh/navigate.json', Buffer.from(text)]])).pool).toEqual([
			{ id: 'bbh/navigate/1', question: 'Is it?', answer: 'Yes', task: 'navigate' },
		]);
	});

	it('puts programming problems into the splits of their numbers, without the ones that have no solution', () => {
		const line = (number: number, solution: string | null) => ({
			task_id: `MBJSP/${number}`,
			prompt: `function f${number}() {\n`,
			canonical_solution: solution,
			test: 'const _ = require("lodash")\nif (!_.isEqual(f(), 1)) throw 1',
			entry_point: `f${number}`,
			language: 'javascript',
		});
		const lines = [line(5, 'x'), line(11, 'x'), line(12, null), line(511, 'x'), line(601, 'x')];
		const read = mbppJsRows(new Map([['data/mbxp/mbjsp_release_v1.2.jsonl', Buffer.from(jsonl(lines))]]));
		expect(Object.entries(read).map(([split, found]) => [split, found?.map(({ id }) => id)])).toEqual([
			['train', ['mxeval/MBJSP/601']],
			['dev', ['mxeval/MBJSP/511']],
			['test', ['mxeval/MBJSP/11']],
		]);
		expect(read.test?.[0]?.['test']).not.toContain('lodash');
	});

	it('reads a packed list of functions', () => {
		const line = { task_id: 'JavaScript/3', prompt: 'const f = () => {', canonical_solution: '}', test: 'f()' };
		const path = 'codegeex/benchmark/humaneval-x/js/data/humaneval_js.jsonl.gz';
		const read = humanEvalJsRows(new Map([[path, gzipSync(jsonl([line]))]]));
		expect(read.pool?.[0]).toMatchObject({ id: 'humaneval-x/JavaScript/3', answer: '}', answer_form: 'continuation' });
	});
});

describe('the list of datasets', () => {
	it('has each name once, and finds families by their beginning', () => {
		expect(new Set(datasets.map(({ name }) => name)).size).toBe(datasets.length);
		expect(datasetsNamed('bbh')).toHaveLength(27);
		expect(datasetsNamed('uspto50k').map(({ name }) => name)).toEqual(['uspto50k']);
		expect(datasetsNamed('bb')).toEqual([]);
	});
});

const shared = process.env['FLEX_DATASETS'];

describe.skipIf(!shared)('with the datasets of this machine (FLEX_DATASETS)', () => {
	it('adds the datasets that the folder holds, as sets that load', async () => {
		// Computing the features of a scan takes seconds: one of them stands for all.
		const quick = datasets.filter(({ name }) => !name.startsWith('dms-') || name === 'dms-if1');
		const mirrored = quick.filter(({ mirror }) => mirror && existsSync(join(shared ?? '', mirror.source.folder)));
		expect(mirrored.length).toBeGreaterThan(0);
		const into = mkdtempSync(join(folder, 'into-'));
		for (const one of mirrored) {
			const added = await addDataset(one, options({ into, mirror: shared }));
			const set = await loadProblemSet(added.folder);
			expect(set.splits.test?.length, one.name).toBe(added.counts.test);
		}
	});
});
