import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseManifest } from '../../../src/core/tasks/problemSet.js';
import { taskKinds } from '../../../src/core/tasks/registry.js';
import { loadProblemSet } from '../../../src/providers/problemSets.js';

const least = { name: 'capitals', kind: 'exact', description: 'Name the capital.' };
const lines = (n: number, from = 0) =>
	Array.from({ length: n }, (_, i) => `${JSON.stringify({ question: `q${i + from}`, answer: `a${i}` })}\n`).join('');

/** A folder with a manifest and the named files. */
function folderWith(manifest: object | undefined, files: Readonly<Record<string, string>>): string {
	const folder = join(mkdtempSync(join(tmpdir(), 'flex-set-')), 'capitals');
	mkdirSync(folder);
	if (manifest) writeFileSync(join(folder, 'flex-task.json'), JSON.stringify(manifest));
	for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
	return folder;
}

describe('a problem set in a folder', () => {
	it('is read with its splits, their hashes and where it came from', async () => {
		const files = { 'train.jsonl': lines(3), 'dev.jsonl': lines(2, 10), 'test.jsonl': lines(1, 20) };
		const folder = folderWith(least, files);
		const set = await loadProblemSet(folder);
		expect(set).toMatchObject({ ...least, source: folder, levels: 'hierarchical' });
		expect([set.splits.train?.length, set.splits.dev?.length, set.splits.test?.length]).toEqual([3, 2, 1]);
		for (const [split, text] of Object.entries(files)) {
			const expected = createHash('sha256').update(text).digest('hex');
			expect(set.sha256).toHaveProperty(split.replace('.jsonl', ''), expected);
		}
	});

	it('without a manifest says where it belongs, and shows one that would do', async () => {
		const folder = folderWith(undefined, {});
		const error = await loadProblemSet(folder).catch((cause: unknown) => cause);
		const message = error instanceof Error ? error.message : '';
		expect(error).toMatchObject({ reason: 'bad-manifest' });
		expect(message).toContain(join(folder, 'flex-task.json'));
		expect(parseManifest(message.slice(message.indexOf('{')), 'the shown one').kind).toBe('exact');
	});

	it('of an unknown kind is refused with the known ones', async () => {
		const folder = folderWith({ ...least, kind: 'poem' }, { 'train.jsonl': lines(1) });
		await expect(loadProblemSet(folder)).rejects.toThrowError(/"poem".*exact/u);
	});

	it('with malformed lines names the file and each line', async () => {
		const folder = folderWith(least, { 'train.jsonl': `${lines(1)}{"question":\n${lines(1, 5)}{"question":"x"}\n` });
		await expect(loadProblemSet(folder)).rejects.toMatchObject({
			reason: 'bad-problem',
			message: expect.stringMatching(/train\.jsonl[\s\S]*line 2: Not valid JSON[\s\S]*line 4: "answer" is missing/u),
		});
	});

	it('with very many malformed lines names ten of them and counts the others', async () => {
		const folder = folderWith(least, { 'train.jsonl': 'x\n'.repeat(25) });
		await expect(loadProblemSet(folder)).rejects.toThrowError(/line 10: [\s\S]*and 15 more$/u);
	});

	it('without a dev split sets the same part of train aside each time, and hashes only files', async () => {
		const folder = folderWith(least, { 'train.jsonl': lines(60) });
		const [one, two] = [await loadProblemSet(folder), await loadProblemSet(folder)];
		const { train = [], dev = [] } = one.splits;
		expect([train.length, dev.length]).toEqual([48, 12]);
		expect(new Set([...train, ...dev].map(({ id }) => id)).size).toBe(60);
		expect(two.splits).toEqual(one.splits);
		expect(Object.keys(one.sha256)).toEqual(['train']);
		expect(one.splits.test).toBeUndefined();
	});

	it('without its train file is refused with the path', async () => {
		await expect(loadProblemSet(folderWith(least, {}))).rejects.toMatchObject({
			reason: 'missing-split',
			message: expect.stringContaining('train.jsonl'),
		});
	});

	it.each(['../other.jsonl', '../capitals-2/train.jsonl', '/etc/hostname'])(
		'never reads a split outside of its folder: %s',
		async (path) => {
			const folder = folderWith({ ...least, splits: { train: path } }, {});
			const beside = join(folder, '..', 'capitals-2');
			mkdirSync(beside);
			writeFileSync(join(beside, 'train.jsonl'), lines(1));
			await expect(loadProblemSet(folder)).rejects.toThrowError(/train split of capitals lies outside of its folder/u);
		},
	);

	it('with an answer outside of its labels names the problem', async () => {
		const set = { ...least, kind: 'choice', answerSpace: ['North', 'South'] };
		const folder = folderWith(set, { 'train.jsonl': '{"id":"p1","question":"q","answer":"East"}\n' });
		await expect(loadProblemSet(folder)).rejects.toThrowError(/train\.jsonl: the answer "East" of problem p1/u);
	});
});

describe('the example that ships', () => {
	const folder = 'examples/company-conventions';
	const manifest = readFileSync(join(folder, 'flex-task.json'), 'utf8');

	it('is accepted, with 60, 96 and 192 problems that share no question', async () => {
		expect(parseManifest(manifest, 'flex-task.json').name).toBe(basename(folder));
		const { splits } = await loadProblemSet(folder);
		const all = [splits.train ?? [], splits.dev ?? [], splits.test ?? []];
		expect(all.map((problems) => problems.length)).toEqual([60, 96, 192]);
		const questions = all.flat().map(({ question }) => question.normalize('NFC').trim().toLowerCase());
		expect(new Set(questions).size).toBe(348);
		expect(new Set(all.flat().map(({ id }) => id)).size).toBe(348);
	});

	it('has answers among its labels, none of them more frequent than a quarter', async () => {
		const { answerSpace = [], splits } = await loadProblemSet(folder);
		for (const problems of [splits.train ?? [], splits.dev ?? [], splits.test ?? []]) {
			const counts = answerSpace.map((label) => problems.filter(({ answer }) => answer === label).length);
			expect(counts.reduce((sum, count) => sum + count, 0)).toBe(problems.length);
			expect(Math.max(...counts)).toBeLessThanOrEqual(problems.length / 4);
		}
	});

	it('points to the schema, which knows its fields and asks for the same ones as the parser', () => {
		const { $schema, ...fields } = JSON.parse(manifest);
		const schema = JSON.parse(readFileSync(join(folder, $schema), 'utf8'));
		for (const field of Object.keys(fields)) expect(schema.properties).toHaveProperty(field);
		for (const field of ['name', 'kind', 'description', 'answerSpace', 'levels', 'exploration']) {
			const without = JSON.stringify({ ...fields, [field]: undefined });
			const needed = schema.required.includes(field);
			const read = () => parseManifest(without, 'flex-task.json');
			if (needed) expect(read, field).toThrowError(new RegExp(`${field}: `, 'u'));
			else expect(read, field).not.toThrow();
		}
	});

	it('has a schema whose limits are those of the parser', () => {
		const { properties } = JSON.parse(readFileSync('schemas/flex-task.schema.json', 'utf8'));
		const accepts = (more: object) => {
			const text = JSON.stringify({ ...least, ...more });
			return () => parseManifest(text, 'flex-task.json');
		};
		for (const field of ['name', 'description', 'answerFormat']) {
			const most: number = properties[field].maxLength;
			expect(accepts({ [field]: 'a'.repeat(most) }), field).not.toThrow();
			expect(accepts({ [field]: 'a'.repeat(most + 1) }), field).toThrowError();
		}
		const labels = (n: number) => ({ answerSpace: Array.from({ length: n }, (_, i) => `l${i}`) });
		const { minItems, maxItems } = properties.answerSpace;
		for (const n of [minItems, maxItems]) expect(accepts(labels(n))).not.toThrow();
		for (const n of [minItems - 1, maxItems + 1]) expect(accepts(labels(n))).toThrowError();
		expect(properties.kind.enum).toEqual(taskKinds.map(({ kind }) => kind));
		for (const levels of properties.levels.enum) expect(accepts({ levels })).not.toThrow();
	});
});
