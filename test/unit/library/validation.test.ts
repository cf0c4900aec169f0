/** What may come into a library: experiences as they are defined, of a sane size, whatever characters they hold. */
import { describe, expect, it } from 'vitest';
import {
	checkExperience,
	ExperienceError,
	experienceLimits,
	parseChange,
	parseExperience,
} from '../../../src/core/experience/validation.js';
import { experience } from './experiences.js';

/** The error of `parseExperience`. */
function errorOf(value: unknown): ExperienceError {
	try {
		parseExperience(value);
	} catch (error) {
		if (error instanceof ExperienceError) return error;
		throw error;
	}
	throw new Error('It was taken for an experience.');
}

describe('an experience from outside', () => {
	it('is taken as it is, with and without its optional fields', () => {
		const full = experience('a', {
			scope: { kinds: ['math'], globs: ['**/*.ts'] },
			links: [{ kind: 'mergedInto', id: 'b' }],
			origin: { set: 's', run: 'r', model: 'm', imported: 'file.json', original: '{}' },
		});
		for (const value of [full, experience('a')]) {
			const parsed = parseExperience(JSON.parse(JSON.stringify(value)));
			expect(parsed).toEqual(value);
			expect(Object.keys(parsed).sort()).toEqual(Object.keys(value).sort());
		}
	});

	it('may hold any characters in its texts', () => {
		const title = '\u0000 \u202e \u0007 <img src=x onerror=alert(1)> \ud800';
		expect(parseExperience(experience('a', { title })).title).toBe(title);
	});

	it.each<[string, string, unknown]>([
		['no object', '', 'text'],
		['nothing', '', null],
		['a list', 'id', []],
		['an unknown zone', 'zone', { ...experience('a'), zone: 'silver' }],
		['a missing field', 'strategy', { ...experience('a'), strategy: undefined }],
		[
			'a broken pattern',
			'patterns.0.rule',
			{ ...experience('a'), patterns: [{ ...experience('a').patterns[0], rule: 1 }] },
		],
		['a fraction as revision', 'rev', experience('a', { rev: 1.5 })],
		['no time', 'createdAt', experience('a', { createdAt: 'yesterday' })],
		['an id with a path', 'id', experience('../../etc')],
		['an id that means something to JavaScript', 'id', experience('__proto__')],
	])('is refused with %s, and the place named', (_, path, value) => {
		const error = errorOf(value);
		expect(error.reason).toBe('malformed');
		expect(error.path).toBe(path);
		expect(error.message).toContain(path);
	});

	it('is refused where a text or a list is too large', () => {
		const title = 'x'.repeat(experienceLimits.title + 1);
		expect(errorOf(experience('a', { title }))).toMatchObject({ reason: 'too-large', path: 'title' });
		const [pattern] = experience('a').patterns;
		const patterns = Array.from({ length: 17 }, (_, index) => ({ ...pattern, id: `p${index}` }));
		expect(errorOf({ ...experience('a'), patterns })).toMatchObject({ reason: 'too-large', path: 'patterns' });
		const [item] = experience('a').cases;
		const solution = 'x'.repeat(experienceLimits.caseText);
		const cases = Array.from({ length: 10 }, (_, index) => ({ ...item, id: `c${index}`, solution }));
		expect(errorOf({ ...experience('a'), cases })).toMatchObject({ reason: 'too-large' });
	});

	it('is refused where two of its parts have one id', () => {
		const { patterns } = experience('a');
		expect(errorOf(experience('a', { patterns: [...patterns, ...patterns] })).path).toBe('patterns');
	});

	it('loses unknown fields, which are named', () => {
		const value = JSON.parse(
			JSON.stringify({ ...experience('a'), mood: 'good' }).replace('"when":{', '"when":{"__proto__":{"polluted":1},'),
		);
		const checked = checkExperience(value);
		expect(checked.experience).toEqual(experience('a'));
		expect([...checked.unknownFields].sort()).toEqual(['mood', 'when.__proto__']);
		expect(({} as { polluted?: number }).polluted).toBeUndefined();
	});
});

describe('a change from outside', () => {
	it('is one of those that a library knows', () => {
		expect(parseChange({ op: 'pin', id: 'a', on: true })).toEqual({ op: 'pin', id: 'a', on: true });
		expect(() => parseChange({ op: 'explode', id: 'a' })).toThrow(ExperienceError);
		expect(() => parseChange({ op: 'pin', id: 'a' })).toThrow(/on is missing/);
		expect(() => parseChange({ op: 'insert', experience: { id: 'a' } })).toThrow(ExperienceError);
	});
});
