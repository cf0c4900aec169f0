/** Names and labels of a new problem set: which can be used, and what is wrong with the others. */
import { describe, expect, it } from 'vitest';
import { labelFault, labelsIn, nameFault } from '../../../../src/host/newSets/setName.js';

describe('a name', () => {
	it.each(['tickets', 'support-tickets_2', 'v1.2', 'a'])('may be %s', (name) => {
		expect(nameFault(name, ['other'])).toBeUndefined();
	});

	it.each([
		['', 'empty'],
		['x'.repeat(101), 'too long'],
		['..', 'signs'],
		['.hidden', 'signs'],
		['ends.', 'signs'],
		['a/b', 'signs'],
		['a\\b', 'signs'],
		['größe', 'signs'],
		['Tickets', 'taken'],
	])('may not be "%s": %s', (name, fault) => {
		expect(nameFault(name, ['tickets'])).toBe(fault);
	});
});

describe('labels', () => {
	it('are what stands between commas, each once', () => {
		expect(labelsIn(' Sales, Support ,,Sales, ')).toEqual(['Sales', 'Support']);
	});

	it.each([
		[['one'], 'too few'],
		[['yes', 'Yes'], 'alike'],
		[['a', 'b'.repeat(201)], 'too long'],
		[Array.from({ length: 1001 }, (_, index) => `l${index}`), 'too many'],
		[['yes', 'no'], undefined],
	])('%# are judged', (labels, fault) => {
		expect(labelFault(labels)).toBe(fault);
	});
});
