/** Endpoints: which may be used, what may be typed, and where their keys go. */
import { describe, expect, it } from 'vitest';
import {
	endpointPresets,
	leaksKey,
	nameTrouble,
	otherEndpoint,
	urlTrouble,
} from '../../../../src/host/models/endpointPresets.js';
import { objectionTo } from '../../../../src/host/models/endpointTrust.js';
import { describeModel } from '../../../../src/host/models/modelIds.js';
import { belongsTo, readKey, writeKey } from '../../../../src/host/models/storedKey.js';

describe('the presets', () => {
	it('pass the checks of what people type', () => {
		for (const { name, baseUrl } of [...endpointPresets, otherEndpoint]) {
			expect(nameTrouble(name)).toBeUndefined();
			if (baseUrl) expect(urlTrouble(baseUrl)).toBeUndefined();
		}
	});

	it('look for servers on this machine only, and those need no key', () => {
		for (const { local, baseUrl = '', key } of endpointPresets.filter((preset) => preset.local)) {
			expect(local && new URL(baseUrl).hostname).toBe('127.0.0.1');
			expect(key).toBe('none');
		}
	});
});

describe('what people type', () => {
	it.each(['', 'a/b', 'a b', '../x', 'ä'])('is no name where it is "%s"', (name) => {
		expect(nameTrouble(name)).toBe('form');
	});

	it.each([
		['nonsense', 'no-url'],
		['ftp://host/v1', 'no-url'],
		['https://<resource>.openai.azure.com/openai/v1', 'placeholder'],
		['https://me:secret@host/v1', 'credentials'],
		['https://host/v1?key=secret', 'credentials'],
		['http://10.0.0.2:8000/v1', undefined],
	])('as address "%s" is judged %s', (text, trouble) => {
		expect(urlTrouble(text)).toBe(trouble);
	});

	it('is warned of a key that would travel in the open', () => {
		expect(leaksKey('http://10.0.0.2:8000/v1')).toBe(true);
		expect(leaksKey('http://127.0.0.1:8000/v1')).toBe(false);
		expect(leaksKey('https://host/v1')).toBe(false);
	});
});

describe('an untrusted workspace', () => {
	const own = { endpoints: { mine: { baseUrl: 'https://mine/v1' } }, ids: ['/models/mine.gguf'] };
	const wanted = (id: string, endpoints = own.endpoints) => ({ endpoints, ids: [id] });

	it("may use the user's own endpoint", () => {
		expect(objectionTo(wanted('openai:mine/m'), own, false)).toBeUndefined();
	});

	it('may not give it another address, until it is trusted', () => {
		const turned = wanted('openai:mine/m', { mine: { baseUrl: 'https://evil/v1' } });
		expect(objectionTo(turned, own, false)).toEqual({ kind: 'untrusted-endpoint', name: 'mine' });
		expect(objectionTo(turned, own, true)).toBeUndefined();
	});

	it.each(['evil.gguf', 'replay:evil.jsonl', 'embedded:../evil'])('may not name the file %s', (id) => {
		expect(objectionTo(wanted(id), own, false)).toEqual({ kind: 'untrusted-model', id });
		expect(objectionTo(wanted(id), own, true)).toBeUndefined();
	});

	it("may use the user's own file, embedded models, and those of VS Code", () => {
		for (const id of ['/models/mine.gguf', 'embedded:smollm2-135m', 'vscode:vendor/id']) {
			expect(objectionTo(wanted(id), own, false)).toBeUndefined();
		}
	});

	it('is no matter where the endpoint is not configured at all', () => {
		const objection = { kind: 'unknown-endpoint', name: 'constructor' };
		expect(objectionTo(wanted('openai:constructor/m'), own, true)).toEqual(objection);
	});
});

describe('a key', () => {
	it('belongs to the server it was given for', () => {
		const stored = readKey(writeKey('https://host/v1', 'sk-1'));
		expect(stored?.key).toBe('sk-1');
		expect(stored && belongsTo(stored, 'https://host/other/v1')).toBe(true);
		expect(stored && belongsTo(stored, 'http://host/v1')).toBe(false);
		expect(stored && belongsTo(stored, 'https://evil/v1')).toBe(false);
	});

	it.each(['', 'sk-plain', '{}', '{"origin":1,"key":"x"}', 'null'])('is not read from "%s"', (text) => {
		expect(readKey(text)).toBeUndefined();
	});
});

describe('a model id', () => {
	it.each([
		['vscode:copilot/gpt-4o', 'vscode', 'gpt-4o', 'copilot', 'requests'],
		['openai:or/meta/llama', 'endpoint', 'meta/llama', 'or', 'tokens'],
		['embedded:smollm2-135m', 'embedded', 'smollm2-135m', '', 'tokens'],
		['/models/x.gguf', 'file', 'x.gguf', '', 'tokens'],
		['odd', 'unknown', 'odd', '', 'tokens'],
	])('%s is read', (id, kind, name, provider, countedIn) => {
		expect(describeModel(id)).toEqual({ kind, name, provider, countedIn });
	});
});
