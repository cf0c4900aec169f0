import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { manifestFindings } from '../../../../src/host/problemFiles/manifestFindings.js';

/** Each finding with the text that it is about. */
function find(manifest: string, files: readonly string[]) {
	const there = files.map((file) => resolve('/sets/one', file));
	return manifestFindings(manifest, '/sets/one', (file) => there.includes(file)).map(({ span, ...finding }) => ({
		...finding,
		about: manifest.slice(span.start, span.end),
	}));
}

describe('the findings of a manifest', () => {
	it('are none where its files are there', () => {
		expect(find('{"name": "x"}', ['train.jsonl'])).toEqual([]);
		expect(find('{"splits": {"train": "a.jsonl", "test": "t/b.jsonl"}}', ['a.jsonl', 't/b.jsonl'])).toEqual([]);
	});

	it('are files that are named and not there, at their names', () => {
		const found = find('{\n  "splits": { "train": "a.jsonl",\n "dev": "b.jsonl" }\n}', ['a.jsonl']);
		expect(found).toEqual([{ code: 'missing-split', split: 'dev', file: 'b.jsonl', about: '"b.jsonl"' }]);
	});

	it('are train problems that are nowhere', () => {
		expect(find('{"name": "x"}', [])).toEqual([
			{ code: 'missing-split', split: 'train', file: 'train.jsonl', about: '{' },
		]);
		expect(find('{"splits": {}}', [])).toMatchObject([{ code: 'missing-split', about: '"splits"' }]);
	});

	it('are files outside of the folder, and one file for two splits', () => {
		const found = find('{"splits": {"train": "../a.jsonl", "dev": "b.jsonl", "test": "./b.jsonl"}}', ['b.jsonl']);
		expect(found).toEqual([
			{ code: 'outside-split', split: 'train', file: '../a.jsonl', about: '"../a.jsonl"' },
			{ code: 'shared-split', split: 'test', other: 'dev', about: '"./b.jsonl"' },
		]);
	});

	it('are labels that stand twice', () => {
		const found = find('{"answerSpace": ["a", "b", " a"]}', ['train.jsonl']);
		expect(found).toEqual([{ code: 'same-label', label: 'a', about: '" a"' }]);
	});

	it('are none while the text is no object', () => {
		for (const text of ['', '[]', '{"splits": ']) expect(() => find(text, ['train.jsonl'])).not.toThrow();
	});
});
