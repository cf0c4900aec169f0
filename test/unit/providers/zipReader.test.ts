/** Files out of ZIP archives. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readZipEntries, unpackZipEntry, ZipError } from '../../../src/providers/zipReader.js';
import { zipArchive } from '../../fakes/zipArchive.js';

let folder: string;
let archive: string;
beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'flex-zip-'));
	archive = path.join(folder, 'a.whl');
});
afterEach(() => rmSync(folder, { recursive: true }));

const signal = new AbortController().signal;
const content = Buffer.from('weights '.repeat(20_000));

describe('an archive', () => {
	it.each([true, false])('gives its files back (deflated: %s)', async (deflated) => {
		const readme = { name: 'p/README', content: Buffer.from('read me'), deflated: false };
		writeFileSync(archive, zipArchive([readme, { name: 'p/model.gguf', content, deflated }]));
		const entries = await readZipEntries(archive);
		expect(entries.map(({ name, size }) => [name, size])).toEqual([
			['p/README', 7],
			['p/model.gguf', content.length],
		]);
		const [, entry] = entries;
		if (!entry) throw new Error('no entry');
		await unpackZipEntry(archive, entry, path.join(folder, 'out'), signal);
		expect(readFileSync(path.join(folder, 'out')).equals(content)).toBe(true);
	});

	it('that is cut off or no archive at all is refused', async () => {
		const whole = zipArchive([{ name: 'm', content, deflated: true }]);
		for (const damaged of [whole.subarray(0, -30), Buffer.from('not a zip'), Buffer.alloc(0)]) {
			writeFileSync(archive, damaged);
			await expect(readZipEntries(archive)).rejects.toThrow(ZipError);
		}
	});
});
