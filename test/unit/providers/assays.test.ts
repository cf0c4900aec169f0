/** Variants files: read, kept, and refused with file and line where they can't be used. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openAssays } from '../../../src/providers/assays.js';
import { variants } from '../../builders/assays.js';

const folder = mkdtempSync(join(tmpdir(), 'flex-assays-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const lines = variants(60).map((variant) => JSON.stringify(variant));
const source = (file: string) => ({ folder, file, labelled: 20, seed: 1 });

function written(name: string, text: string) {
	writeFileSync(join(folder, name), text);
	return source(name);
}

describe('a variants file', () => {
	it('is opened with the scores of unseen variants, or without them', async () => {
		const file = written('plain.jsonl', `${lines.join('\n')}\n`);
		const [held, open] = [
			await openAssays({ reveal: false }).open(file),
			await openAssays({ reveal: true }).open(file),
		];
		expect([held.labelled.length, held.unseen.length, held.unseenScores]).toEqual([20, 40, undefined]);
		expect(open.unseenScores).toHaveLength(40);
		expect(open.labelled).toEqual(held.labelled);
	});

	it('may have a byte-order mark, CRLF, empty lines, and no final newline', async () => {
		const file = written('crlf.jsonl', `\uFEFF${lines.join('\r\n\r\n')}`);
		expect((await openAssays({ reveal: false }).open(file)).unseen).toHaveLength(40);
	});

	it('is read anew once it has changed', async () => {
		const port = openAssays({ reveal: false });
		expect((await port.open(written('grows.jsonl', lines.join('\n')))).unseen).toHaveLength(40);
		expect((await port.open(written('grows.jsonl', lines.slice(0, 50).join('\n')))).unseen).toHaveLength(30);
	});

	it('with broken lines is refused, each with its number', async () => {
		const file = written(
			'broken.jsonl',
			[...lines, '{"mutant":"A1C"', '', '{"mutant":"A99C","score":"high"}', lines[0]].join('\n'),
		);
		const failure = openAssays({ reveal: false }).open(file);
		await expect(failure).rejects.toMatchObject({ reason: 'bad-problem' });
		await expect(failure).rejects.toThrowError(
			/broken\.jsonl.*\n {2}line 61: Not valid JSON.*\n {2}line 63: "score" must be a number\.\n {2}line 64: The variant \w+ stands there twice/u,
		);
	});

	it('that is not there, or lies outside of the set, is refused', async () => {
		const port = openAssays({ reveal: false });
		await expect(port.open(source('nowhere.jsonl'))).rejects.toThrowError(/nowhere\.jsonl does not exist/u);
		await expect(port.open(source('../elsewhere.jsonl'))).rejects.toThrowError(/outside of its problem set's folder/u);
		await expect(port.open(source('.'))).rejects.toMatchObject({ reason: 'bad-problem' });
	});
});
