import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ExchangeError } from '../../../src/library/exchange/exchangeError.js';
import { writeJsonl } from '../../../src/library/exchange/jsonl.js';
import { formatOf, readLibraryFile } from '../../../src/runs/libraryFile.js';
import { rule } from '../../builders/experiences.js';

const folder = mkdtempSync(join(tmpdir(), 'flex-file-'));
const at = '2026-01-01T00:00:00.000Z';

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Uint8Array): string {
	const path = join(folder, name);
	writeFileSync(path, content);
	return path;
}

describe('the form of a file', () => {
	it('is JSONL by its name, whatever is in it', () => {
		expect(formatOf('team.jsonl', 'nonsense')).toBe('jsonl');
	});

	it('is JSONL where the first line is an experience by itself', () => {
		expect(formatOf('team.txt', writeJsonl([rule('a1', 'always', 'answer'), rule('b2', 'never', 'guess')]))).toBe(
			'jsonl',
		);
	});

	it.each(['{"library":{}}', '[]', '{\n  "version": "2.0"', '{"a":1}', ''])(
		'is the reference otherwise: %s',
		(text) => {
			expect(formatOf('file.json', text)).toBe('reference');
		},
	);
});

describe('a file of experiences', () => {
	it('is counted as it stands there, with what could not be used', () => {
		const good = writeJsonl([rule('a1', 'always', 'answer')]);
		const read = readLibraryFile(file('mixed.jsonl', `${good}{"id":"b2"}\n\nnot json\n`), at);
		expect([read.entries, read.experiences.length]).toEqual([3, 1]);
		expect(read.skipped.map(({ entry }) => entry)).toEqual(['line 2', 'line 4']);
	});

	it('may begin with a byte order mark', () => {
		const path = file('bom.jsonl', `\ufeff${writeJsonl([rule('a1', 'always', 'answer')])}`);
		expect(readLibraryFile(path, at).experiences).toHaveLength(1);
	});

	it.each([
		['is not there', () => join(folder, 'none.json'), /There is no file/],
		['is a folder', () => folder, /is a folder/],
		['is empty', () => file('empty.jsonl', ''), /It is empty/],
		['is no text', () => file('binary', new Uint8Array([0xff, 0xfe, 0x00, 0xc3])), /no text in UTF-8/],
		['is other JSON', () => file('other.json', '{"a":1}'), /no library/],
		['is cut off', () => file('cut.json', '{"library": {"golden": ['), /not valid JSON/],
		['holds nothing usable', () => file('bad.jsonl', 'nonsense\n'), /Nothing in .* can be used. line 1: /],
	])('is refused with a reason where it %s', (_, path, message) => {
		const read = (): unknown => readLibraryFile(path(), at);
		expect(read).toThrow(ExchangeError);
		expect(read).toThrow(message);
	});
});
