/** The request cache on disk: real files, real processes. */
import { type ChildProcess, fork } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CacheError } from '../../../src/core/models/requestCache.js';
import { FileRequestCache } from '../../../src/providers/fileCache.js';
import { answerOf } from '../../fakes/scriptedModel.js';

let folder: string;
let file: string;
const open: FileRequestCache[] = [];

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'flex-cache-'));
	file = path.join(folder, 'cache', 'requests.jsonl');
});
afterEach(async () => {
	await Promise.all(open.splice(0).map((cache) => cache.close()));
	rmSync(folder, { recursive: true });
});

async function openCache(maxBytes?: number): Promise<FileRequestCache> {
	const cache = await FileRequestCache.open(file, maxBytes === undefined ? {} : { maxBytes });
	open.push(cache);
	return cache;
}

/** A key as the file knows them: hex. */
function key(n: number): string {
	return n.toString(16).padStart(8, '0');
}

describe('an answer', () => {
	it('is there again after the cache was closed and opened', async () => {
		const answer = answerOf('Zwölf 🦊\nand "more"', {
			toolCalls: [{ id: 'a', name: 'search', arguments: '{"q":"x"}' }],
			usage: { tokensIn: 1, tokensOut: 2, estimated: true },
			finish: 'tool',
		});
		await (await openCache()).put(key(1), answer);
		const again = await openCache();
		expect(await again.get(key(1))).toEqual(answer);
		expect(await again.get(key(2))).toBeUndefined();
	});

	it('is on disk when put resolves, one line each, also when many come at once', async () => {
		const cache = await openCache();
		await Promise.all(Array.from({ length: 100 }, (_, n) => cache.put(key(n), answerOf(`answer ${n}`))));
		const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
		expect(lines).toHaveLength(100);
		for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
		expect((await cache.get(key(42)))?.text).toBe('answer 42');
	});

	it('put again replaces the one before', async () => {
		const cache = await openCache();
		await cache.put(key(1), answerOf('old'));
		await cache.put(key(1), answerOf('new'));
		expect((await cache.get(key(1)))?.text).toBe('new');
		expect((await (await openCache()).get(key(1)))?.text).toBe('new');
	});

	it('of another who has the same file open is found', async () => {
		const [ours, theirs] = [await openCache(), await openCache()];
		expect(await ours.get(key(1))).toBeUndefined();
		await theirs.put(key(1), answerOf('theirs'));
		expect((await ours.get(key(1)))?.text).toBe('theirs');
	});
});

describe('damage', () => {
	it.each([1, 10, 100])('of a last line that lost %i bytes costs that line alone', async (bytes) => {
		const cache = await openCache();
		await cache.put(key(1), answerOf('first'));
		await cache.put(key(2), answerOf('second'));
		await cache.close();
		open.length = 0;
		truncateSync(file, statSync(file).size - bytes);
		const again = await openCache();
		expect((await again.get(key(1)))?.text).toBe('first');
		expect(await again.get(key(2))).toBeUndefined();
		await again.put(key(3), answerOf('third'));
		const last = await openCache();
		expect((await last.get(key(1)))?.text).toBe('first');
		expect((await last.get(key(3)))?.text).toBe('third');
	});

	it('within a line makes it a miss, never a wrong answer', async () => {
		const cache = await openCache();
		await cache.put(key(1), answerOf('the answer is 41'));
		await cache.put(key(2), answerOf('fine'));
		writeFileSync(file, readFileSync(file, 'utf8').replace('is 41', 'is 42'));
		const again = await openCache();
		expect(await again.get(key(1))).toBeUndefined();
		expect((await again.get(key(2)))?.text).toBe('fine');
	});

	it('by foreign lines is passed over', async () => {
		const cache = await openCache();
		appendFileSync(file, 'hello\n\n{"k":"zz"}\n[1]\n');
		await cache.put(key(1), answerOf('fine'));
		expect((await (await openCache()).get(key(1)))?.text).toBe('fine');
	});

	it('by deletion while it is open loses no later answer', async () => {
		const cache = await openCache();
		await cache.put(key(1), answerOf('lost'));
		rmSync(file);
		await cache.put(key(2), answerOf('kept'));
		expect((await (await openCache()).get(key(2)))?.text).toBe('kept');
	});

	it('by cutting the file while it is open loses no later answer', async () => {
		const cache = await openCache();
		await cache.put(key(1), answerOf('lost'));
		truncateSync(file, 0);
		await cache.put(key(2), answerOf('kept'));
		expect(await cache.get(key(1))).toBeUndefined();
		expect((await cache.get(key(2)))?.text).toBe('kept');
	});

	it('of the place itself is told with what to do', async () => {
		writeFileSync(path.join(folder, 'cache'), 'a file where the folder should be');
		await expect(openCache()).rejects.toThrow(CacheError);
		await expect(openCache()).rejects.toThrow(/requests\.jsonl/);
	});
});

describe('the cap', () => {
	it('lets the older half go, and the newer stays', async () => {
		const cap = 20_000;
		const cache = await openCache(cap);
		for (let n = 0; n < 400; n++) await cache.put(key(n), answerOf(`answer ${n}`));
		expect(statSync(file).size).toBeLessThanOrEqual(cap);
		expect(await cache.get(key(0))).toBeUndefined();
		for (let n = 360; n < 400; n++) expect((await cache.get(key(n)))?.text).toBe(`answer ${n}`);
		expect((await (await openCache(cap)).get(key(399)))?.text).toBe('answer 399');
	});

	it('kept by one is followed by the other', async () => {
		const [ours, theirs] = [await openCache(), await openCache(10_000)];
		await ours.put(key(1), answerOf('old'));
		for (let n = 100; n < 200; n++) await theirs.put(key(n), answerOf(`answer ${n}`));
		await ours.put(key(2), answerOf('new'));
		expect((await theirs.get(key(2)))?.text).toBe('new');
		expect((await ours.get(key(199)))?.text).toBe('answer 199');
	});

	it('holds for a single answer that is larger', async () => {
		const cache = await openCache(1000);
		await cache.put(key(1), answerOf('x'.repeat(5000)));
		await cache.put(key(2), answerOf('small'));
		expect((await cache.get(key(2)))?.text).toBe('small');
		expect(statSync(file).size).toBeLessThan(1000);
	});
});

describe('several processes', () => {
	it("lose none of each other's answers, even while one of them makes the file smaller", async () => {
		const script = path.join(folder, 'writer.cjs');
		const entry = path.join(import.meta.dirname, '../../fakes/cacheWriter.ts');
		await build({
			entryPoints: [entry],
			outfile: script,
			bundle: true,
			platform: 'node',
			format: 'cjs',
			logLevel: 'silent',
		});
		const cap = 120_000;
		const each = 150;
		const filler = await openCache();
		for (let n = 0; statSync(file).size < cap - 20_000; n++) {
			await filler.put(key(n), answerOf(`filler ${'x'.repeat(2000)}`));
		}
		const names = ['a', 'b'];
		const writers = names.map((name) => fork(script, [file, name, String(each), String(cap)]));
		await Promise.all(writers.map((writer) => message(writer)));
		const ends = writers.map((writer) => ended(writer));
		for (const writer of writers) writer.send('go');
		expect(await Promise.all(ends)).toEqual([0, 0]);
		expect(statSync(file).size).toBeLessThan(cap);
		const cache = await openCache();
		for (const name of names) {
			for (let n = 0; n < each; n++) {
				const answer = await cache.get(`${name}${n.toString(16).padStart(4, '0')}`);
				expect(answer?.text).toBe(`${name} ${n}`);
			}
		}
	});
});

function message(child: ChildProcess): Promise<void> {
	return new Promise((resolve) => child.once('message', () => resolve()));
}

function ended(child: ChildProcess): Promise<number | null> {
	return new Promise((resolve) => child.once('exit', resolve));
}
