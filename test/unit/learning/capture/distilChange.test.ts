/** What becomes of a change: the lessons that a model writes, those that are dropped, and what is computed instead. */
import { describe, expect, it } from 'vitest';
import { changeMaterial } from '../../../../src/core/learning/capture/changeMaterial.js';
import { computedLessons, distilChange } from '../../../../src/core/learning/capture/distilChange.js';
import { Ledger } from '../../../../src/core/models/ledger.js';
import { Limiter } from '../../../../src/core/models/limiter.js';
import { callable } from '../../../../src/core/models/modelCalls.js';
import { MemoryRequestCache } from '../../../../src/core/models/requestCache.js';
import { systemTime } from '../../../../src/core/models/time.js';
import { changed, monthFix } from '../../../builders/changes.js';
import { type ScriptedModel, scriptedModel } from '../../../fakes/scriptedModel.js';

const material = changeMaterial(monthFix.files, monthFix.failure, { tokens: 1500, exclude: [], ignored: [] });
const lesson = (more: object = {}) => ({
	kind: 'fix',
	title: 'Months of a Date count from zero',
	when: 'a Date is built from a month that people wrote',
	advice: 'Subtract one from the month in parseDay, because the constructor counts months from zero.',
	...more,
});
const distil = (model: ScriptedModel) => {
	const ledger = new Ledger({ now: systemTime.now });
	const calls = callable({
		model,
		role: 'critic',
		cache: new MemoryRequestCache(),
		limiter: new Limiter({ concurrency: 1 }),
		ledger,
	});
	return distilChange(calls, material, new AbortController().signal);
};
const answering = (...lessons: readonly object[]) =>
	scriptedModel([JSON.stringify({ lessons })], { contextTokens: 32_000 });

describe('lessons of a change', () => {
	it('are the model’s, with the failure and its remedy as a case of the fix', async () => {
		const convention = lesson({
			kind: 'convention',
			title: 'Days are parsed in one place',
			when: 'some text holds a calendar day',
			advice: 'Let parseDay read it, so that all of src/dates agrees.',
		});
		const { lessons, by, dropped } = await distil(answering(convention, lesson()));
		expect(by).toBe('model');
		expect(dropped).toEqual([]);
		expect(lessons.map(({ zone }) => zone)).toEqual(['golden', 'mixed']);
		expect(lessons[0]?.cases).toEqual([]);
		expect(lessons[1]?.cases[0]?.question).toContain('expected 2026-03-28 to equal 2026-02-28');
		expect(lessons[1]?.cases[0]?.answer).toContain('+	return new Date(year, month - 1, day);');
		expect(lessons[1]?.scope).toEqual({ languages: ['typescript'], globs: ['src/dates/**'] });
	});

	it('say when they apply without the word, which every place that shows them says', async () => {
		const { lessons } = await distil(answering(lesson({ when: 'When a Date is built from a month' })));
		expect(lessons[0]?.when).toBe('a Date is built from a month');
	});

	it('are about it where they name a type of it', async () => {
		const written = lesson({
			title: 'Counting from zero',
			when: 'somebody gives what people wrote to the Date constructor',
			advice: 'Subtract one before creating the object.',
		});
		expect((await distil(answering(written))).dropped).toEqual([]);
		const unrelated = lesson({ ...written, when: 'somebody gives what people wrote to the Map constructor' });
		expect((await distil(answering(unrelated))).dropped.map(({ fault }) => fault)).toEqual(['not-of-this-change']);
	});

	it.each([
		[
			'a copy of the change',
			{ advice: 'export function parseDay(text: string): Date { return new Date(year, month, day); }' },
			'copy-of-problem',
		],
		[
			'a copy of the worked example',
			{ advice: 'Stop at filled, not at capacity: behind it lies what an earlier packet left there.' },
			'copy-of-prompt',
		],
		[
			'a text that repeats itself',
			{ advice: 'check the month check the month check the month check the month' },
			'repetition',
		],
		[
			'a condition that says the title again',
			{ title: 'The day is in UTC, not in the month', when: 'The day is in UTC, not in the month' },
			'repetition',
		],
		[
			'advice for every project',
			{ title: 'Tests', when: 'writing any code at all', advice: 'Always write good tests and handle errors.' },
			'not-of-this-change',
		],
		['nothing', { title: '' }, 'empty'],
	])('do not hold %s', async (_what, more, fault) => {
		const { lessons, dropped } = await distil(answering(lesson(more), lesson()));
		expect(dropped.map((one) => one.fault)).toEqual([fault]);
		expect(lessons).toHaveLength(1);
	});

	it('do not say the same twice', async () => {
		const { dropped } = await distil(answering(lesson(), lesson({ title: 'Zero-based months' })));
		expect(dropped).toEqual([{ title: 'Zero-based months', fault: 'says-another-again' }]);
	});

	it('are fewer where the model reads little', async () => {
		const model = scriptedModel([JSON.stringify({ lessons: [lesson()] })], { contextTokens: 2048 });
		await distil(model);
		expect(model.requests[0]?.messages[0]?.content).toContain('Write 1 to 2 lessons');
	});
});

describe('where the model writes nothing of use', () => {
	it.each([
		['no JSON', scriptedModel(['I can not help with that.']), 'not-json'],
		['only what is dropped', answering(lesson({ title: '' })), 'no-lesson-kept'],
	])('one lesson is computed: %s', async (_what, model, failed) => {
		const { lessons, by, failed: code } = await distil(model);
		expect({ by, code }).toEqual({ by: 'computed', code: failed });
		expect(lessons).toHaveLength(1);
	});
});

describe('a computed lesson', () => {
	it('tells what failed, where the cause was, and the change as a case; its names find it again', () => {
		const [computed] = computedLessons(material).lessons;
		expect(computed).toMatchObject({
			zone: 'mixed',
			title: 'AssertionError: expected 2026-03-28 to equal 2026-02-28',
			strategy: expect.stringContaining('src/dates/parse.ts'),
			cases: [{ outcome: 'mixed', answer: expect.stringContaining('month - 1') }],
		});
	});

	it('names what the change is about, and no keywords or texts', () => {
		const files = [changed('a.py', ['value = load(path)  # read'], ['value = load_cached(path, "max age")'])];
		const [computed] = computedLessons(
			changeMaterial(files, undefined, { tokens: 500, exclude: [], ignored: [] }),
		).lessons;
		expect(computed?.patterns[0]?.rule).toBe('Names that it is about: load_cached, load, value, path.');
		expect(computed).toMatchObject({ zone: 'golden', cases: [{ outcome: 'correct' }] });
	});

	it('does not exist where nothing may be shown', () => {
		const hidden = changeMaterial([changed('.env', [], ['x'])], undefined, { tokens: 500, exclude: [], ignored: [] });
		expect(computedLessons(hidden).lessons).toEqual([]);
	});
});
