import { describe, expect, it } from 'vitest';
import { scanObject } from '../../../../src/host/problemFiles/jsonScan.js';

describe('scanning an object', () => {
	it('finds each key and value of a whole one', () => {
		const text = ' {"question": "Why?", "tags": ["a", {"b": 1}], "answer": -1.5e3 } ';
		const { fields, stop } = scanObject(text);
		expect(stop).toBeUndefined();
		expect(
			fields.map(({ key, keySpan, valueSpan }) => [
				key,
				text.slice(keySpan.start, keySpan.end),
				text.slice(valueSpan.start, valueSpan.end),
			]),
		).toEqual([
			['question', '"question"', '"Why?"'],
			['tags', '"tags"', '["a", {"b": 1}]'],
			['answer', '"answer"', '-1.5e3'],
		]);
	});

	it('decodes keys, and minds escaped quotes', () => {
		const { fields, stop } = scanObject('{"\\u0061n": "say \\"x\\""}');
		expect(stop).toBeUndefined();
		expect(fields[0]?.key).toBe('an');
	});

	it.each([
		['nothing at all', '', { expected: 'object', from: 0 }],
		['a list', '[1]', { expected: 'object', from: 0 }],
		['an open brace', '{', { expected: 'key', from: 1 }],
		['an open key', '{"que', { expected: 'key', from: 1 }],
		['a key alone', '{"id"', { expected: 'colon', from: 5, key: 'id' }],
		['a key with its colon', '{"id": ', { expected: 'value', from: 7, key: 'id' }],
		['an open text', '{"id": "a', { expected: 'value', from: 7, key: 'id' }],
		['a value', '{"id": "a"', { expected: 'comma', from: 10 }],
		['a comma', '{"id": "a", ', { expected: 'key', from: 12 }],
		['two values without a comma', '{"id": "a" "b"}', { expected: 'comma', from: 11 }],
		['a word without quotes', '{"id": yes}', { expected: 'value', from: 7, key: 'id' }],
		['more after the end', '{} x', { expected: 'end', from: 3 }],
	])('says what is missing behind %s', (_, text, stop) => {
		expect(scanObject(text).stop).toMatchObject(stop);
	});

	it('keeps the fields before the place where it stops', () => {
		expect(scanObject('{"a": 1, "b": }').fields.map(({ key }) => key)).toEqual(['a']);
	});

	it('reads what JSON.parse reads, and nothing else', () => {
		const texts = ['{}', '{"a":[]}', '{"a":null,"b":true}', '{"a":01}', '{"a":1,}', "{'a':1}", '{"a":{"b":[1,2,{}]}}'];
		for (const text of texts) expect(scanObject(text).stop === undefined, text).toBe(parses(text));
	});

	it('is not brought down by brackets without end', () => {
		expect(scanObject(`{"a": ${'['.repeat(100_000)}`).stop?.expected).toBe('value');
	});
});

function parses(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}
