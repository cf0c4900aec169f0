import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/cli/exitCodes.js';
import { experienceCalled, findExperiences } from '../../../src/cli/ids.js';
import { MemoryStore } from '../../../src/core/retrieval/memoryStore.js';
import { experience } from '../../builders/experiences.js';

const library = [
	experience('ab12000000000001', { title: 'First' }),
	experience('ab12ff0000000002', { title: 'Second' }),
	experience('cd34000000000003', { title: 'Third' }),
	experience('ab12', { title: 'Short' }),
];

describe('an experience by what people type', () => {
	it('is found by its whole id, also where that begins other ids', () => {
		expect(experienceCalled('ab12', library).title).toBe('Short');
	});

	it('is found by a beginning that only it has, in either case', () => {
		expect(experienceCalled('ab12f', library).title).toBe('Second');
		expect(experienceCalled('CD34', library).title).toBe('Third');
	});

	it('is asked for again, with the candidates named, where several begin so', () => {
		const several = library.slice(0, 2);
		expect(() => experienceCalled('ab12', several)).toThrow(/ab12000000000001 {2}First\n.*ab12ff0000000002 {2}Second/);
	});

	it('does not name an endless list of candidates', () => {
		const many = Array.from({ length: 30 }, (_, index) => experience(`ab12${String(index).padStart(12, '0')}`));
		expect(() => experienceCalled('ab12', many)).toThrow(/30 experiences[\s\S]*… and 25 more$/);
	});

	it.each(['', 'ab1', 'xyz12', '../..'])('is not guessed from "%s"', (text) => {
		expect(() => experienceCalled(text, library)).toThrow(UsageError);
	});

	it('is bad input where there is none', () => {
		expect(() => experienceCalled('ffff', library)).toThrow(/No experience has an id that begins with ffff/);
	});

	it('is taken once, however often it is named', async () => {
		const store = new MemoryStore({ clock: () => '2026-01-01T00:00:00.000Z' });
		await store.apply(library.map((item) => ({ change: { op: 'insert', experience: item }, by: 'user' })));
		const found = await findExperiences(store, ['cd34', 'ab12f', 'cd34000000000003']);
		expect(found.map(({ title }) => title)).toEqual(['Third', 'Second']);
	});
});
