import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileOfSplit, problemLines, readSplitFiles } from '../../../src/providers/splitFiles.js';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'flex-splits-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const least = { name: 'x', kind: 'exact', description: 'd' };

describe('the files of a set', () => {
	it('are those that it names', async () => {
		write('flex-task.json', JSON.stringify({ ...least, splits: { train: 'learn.jsonl' } }));
		const { manifest, files } = await readSplitFiles(folder);
		expect(manifest?.name).toBe('x');
		expect(files).toEqual([
			{ split: 'train', file: join(folder, 'learn.jsonl') },
			{ split: 'dev', file: join(folder, 'dev.jsonl') },
			{ split: 'test', file: join(folder, 'test.jsonl') },
		]);
	});

	it('have their usual names where the manifest can’t be used', async () => {
		write('flex-task.json', '{');
		const { manifest, files } = await readSplitFiles(folder);
		expect(manifest).toBeUndefined();
		expect(files[0]?.file).toBe(join(folder, 'train.jsonl'));
	});

	it('hold dev problems among train where there is no file for them', async () => {
		write('flex-task.json', JSON.stringify(least));
		const files = await readSplitFiles(folder);
		expect(fileOfSplit(files, 'dev')).toBe(join(folder, 'train.jsonl'));
		write('dev.jsonl', '');
		expect(fileOfSplit(files, 'dev')).toBe(join(folder, 'dev.jsonl'));
	});
});

describe('the lines of problems', () => {
	it('count from 1, over lines that are empty or broken', async () => {
		const row = (id: string) => JSON.stringify({ id, question: id, answer: 'a' });
		write('train.jsonl', `\uFEFF${row('a')}\r\n\r\n{\r\n${row('b')}`);
		expect([...(await problemLines(join(folder, 'train.jsonl')))]).toEqual([
			['a', 1],
			['b', 4],
		]);
	});

	it('are none of a file that is not there', async () => {
		expect((await problemLines(join(folder, 'none.jsonl'))).size).toBe(0);
	});
});
