/** How many train problems stand behind a library. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { learnedLimit } from '../../../src/runs/learnedLimit.js';
import { experience } from '../../builders/experiences.js';
import { problemSet } from '../../builders/problems.js';

const flex = mkdtempSync(join(tmpdir(), 'flex-limit-'));
afterAll(() => rmSync(flex, { recursive: true, force: true }));

/** A training run with that limit, and an experience that it wrote. */
function learnedFrom(limit: number) {
	const run = `RUN${limit}`;
	mkdirSync(join(flex, 'runs', run), { recursive: true });
	const file = { kind: 'train', set: '/sets/routing', config: { training: { limit }, models: {} } };
	writeFileSync(join(flex, 'runs', run, 'config.json'), JSON.stringify(file));
	return experience(`e${limit}`, { origin: { set: set.name, run, model: 'm' } });
}

const set = problemSet([], { name: 'routing' });
const imported = experience('i', { origin: { set: 'routing', run: 'RUN48', model: 'm', imported: 'x.json' } });

it('is the most that a training run behind it was given', () => {
	expect(learnedLimit(flex, set, [learnedFrom(24), learnedFrom(48)])).toBe(48);
});

it('is all where one run was given all', () => {
	expect(learnedLimit(flex, set, [learnedFrom(24), learnedFrom(0)])).toBe(0);
});

it('is all where nothing is known: no library, another set, an import, a run without its folder', () => {
	const other = experience('o', { origin: { set: 'elsewhere', run: 'RUN48', model: 'm' } });
	const gone = experience('g', { origin: { set: 'routing', run: 'GONE', model: 'm' } });
	for (const experiences of [[], [other], [imported], [gone]]) expect(learnedLimit(flex, set, experiences)).toBe(0);
});
