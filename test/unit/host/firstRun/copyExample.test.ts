/** The shipped example is copied whole, without what leads nowhere from its new place, and never over anything. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { copyExample, ExampleInTheWay, exampleName } from '../../../../src/host/firstRun/copyExample.js';
import { loadProblemSet } from '../../../../src/providers/problemSets.js';

const shipped = join(import.meta.dirname, '../../../../examples', exampleName);
let folder: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'flex-example-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('is a problem set that can be loaded', async () => {
	const place = await copyExample(shipped, folder);
	expect(place).toBe(join(folder, exampleName));
	expect((await loadProblemSet(place)).splits.train).toHaveLength(60);
	expect(readdirSync(place).sort()).toEqual(readdirSync(shipped).sort());
	expect(readFileSync(join(place, 'flex-task.json'), 'utf8')).not.toContain('$schema');
	expect(readdirSync(folder)).toEqual([exampleName]);
});

it('leaves one that is there already as it is', async () => {
	const place = await copyExample(shipped, folder);
	writeFileSync(join(place, 'train.jsonl'), 'mine');
	expect(await copyExample(shipped, folder)).toBe(place);
	expect(readFileSync(join(place, 'train.jsonl'), 'utf8')).toBe('mine');
});

it('refuses where something else has its name', async () => {
	mkdirSync(join(folder, exampleName));
	await expect(copyExample(shipped, folder)).rejects.toBeInstanceOf(ExampleInTheWay);
	expect(readdirSync(join(folder, exampleName))).toEqual([]);
});

it('leaves nothing behind where the copy fails', async () => {
	await expect(copyExample(join(folder, 'nowhere'), folder)).rejects.toThrow();
	expect(existsSync(join(folder, `${exampleName}.part`))).toBe(false);
	expect(readdirSync(folder)).toEqual([]);
});
