/** Runs as the tree shows them: their state, their commands, and the figure that stands for them. */
import { describe, expect, it } from 'vitest';
import { mainAccuracy, runWords, type ShownRun } from '../../../../src/host/shownRun.js';

const words = (state: ShownRun['state'], kind: ShownRun['kind'] = 'train', hasReport = false) =>
	runWords({ state, kind, hasReport });

describe('the commands that a run offers', () => {
	it('are stop while it goes on here, and none while it goes on elsewhere', () => {
		expect(words('preparing')).toBe('run live');
		expect(words('stopping')).toBe('run live');
		expect(words('elsewhere')).toBe('run elsewhere');
	});

	it('are to continue while it is paused here, and to stop', () => {
		expect(words('paused')).toBe('run live paused');
		expect(words('running')).toBe('run live');
	});

	it('are resume where it stopped before its end and can go on in the editor', () => {
		for (const state of ['stopped', 'budget', 'killed', 'failed'] as const)
			expect(words(state)).toBe('run idle resumable');
		expect(words('stopped', 'matrix')).toBe('run idle');
		expect(words('damaged', '')).toBe('run idle');
	});

	it('are the report where there is one', () => {
		expect(words('done', 'bench', true)).toBe('run idle reported');
	});
});

describe('the figure that stands for a run', () => {
	const of = (...names: readonly string[]) => mainAccuracy(names.map((name) => ({ name, right: 1, n: 2 })))?.name;

	it('is the first attempt of a training and the arm with experience of a benchmark', () => {
		expect(of('in the end', 'first attempt')).toBe('first attempt');
		expect(of('llm', 'flex')).toBe('flex');
		expect(of('nearest')).toBe('nearest');
		expect(of()).toBeUndefined();
	});
});
