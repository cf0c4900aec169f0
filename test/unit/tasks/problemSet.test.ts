import { describe, expect, it } from 'vitest';
import { parseManifest, parseProblems, splitDev } from '../../../src/core/tasks/problemSet.js';
import { problem } from '../../builders/problems.js';

const least = { name: 'my-set', kind: 'exact', description: 'Say it.' };
const manifest = (more: object) => parseManifest(JSON.stringify({ ...least, ...more }), 'flex-task.json');

describe('a manifest', () => {
	it('needs a name, a kind and a description; the rest has defaults', () => {
		expect(manifest({})).toEqual({
			...least,
			splits: { train: 'train.jsonl', dev: 'dev.jsonl', test: 'test.jsonl' },
			levels: 'hierarchical',
			grader: {},
			exploration: {},
			rendering: {},
		});
	});

	it('may begin with a byte-order mark', () => {
		expect(parseManifest(`\uFEFF${JSON.stringify(least)}`, 'f').name).toBe('my-set');
	});

	it.each([
		['no name', { name: undefined }, 'name'],
		['a name with a slash', { name: '../x' }, 'name'],
		['an empty description', { description: ' ' }, 'description'],
		['one label only', { answerSpace: ['a'] }, 'answerSpace'],
		['a label that is a number', { answerSpace: ['a', 1] }, 'answerSpace.1'],
		['levels that do not exist', { levels: 'deep' }, 'levels'],
		['rollouts that are a text', { exploration: { rollouts: '4' } }, 'exploration.rollouts'],
		['a split that is a number', { splits: { train: 1 } }, 'splits.train'],
	])('with %s is refused, with the file and the field', (_, more, field) => {
		expect(() => manifest(more)).toThrowError(
			expect.objectContaining({
				reason: 'bad-manifest',
				message: expect.stringMatching(new RegExp(`^flex-task\\.json[\\s\\S]*\\n {2}${field}: `, 'u')),
			}),
		);
	});

	it('names every field that is wrong at once', () => {
		expect(() => manifest({ name: '', kind: 1 })).toThrowError(/name: [\s\S]*kind: /u);
	});

	it('that is not JSON is refused with its file', () => {
		expect(() => parseManifest('{', 'sets/a/flex-task.json')).toThrowError(
			/^sets\/a\/flex-task\.json is not valid JSON/u,
		);
		expect(() => parseManifest('[]', 'f')).toThrowError(expect.objectContaining({ reason: 'bad-manifest' }));
	});
});

const row = (more: object) => JSON.stringify({ question: 'q', answer: 'a', ...more });

describe('the lines of a split', () => {
	it('are read whatever their line ends, with a byte-order mark and empty lines', () => {
		const { problems, issues } = parseProblems(`\uFEFF${row({ id: 'a' })}\r\n\r\n${row({ id: 'b', question: 'r' })}`);
		expect(problems.map(({ id }) => id)).toEqual(['a', 'b']);
		expect(issues).toEqual([]);
	});

	it('keep a number as an answer, the solution, and every other field', () => {
		const { problems } = parseProblems(row({ id: 7, answer: 4.5, solution: 's', tags: ['t'] }));
		expect(problems).toEqual([{ id: '7', question: 'q', answer: '4.5', solution: 's', extra: { tags: ['t'] } }]);
	});

	it('get an id from the question where they have none, the same for the same question', () => {
		const ids = parseProblems(`${row({ question: 'Café?' })}\n${row({ question: 'Tea?' })}`).problems.map(
			({ id }) => id,
		);
		expect(ids[0]).toMatch(/^[0-9a-f]{16}$/u);
		expect(ids[1]).not.toBe(ids[0]);
		expect(parseProblems(row({ question: ' Cafe\u0301? ' })).problems[0]?.id).toBe(ids[0]);
	});

	it.each([
		['is cut off', '{"question":', /Not valid JSON/u],
		['is a list', '[]', /A problem is an object/u],
		['has no question', row({ question: undefined }), /"question" is missing/u],
		['has a blank question', row({ question: ' ' }), /"question" is missing/u],
		['has no answer', row({ answer: undefined }), /"answer" is missing/u],
		['has an empty answer', row({ answer: ' ' }), /"answer" is empty/u],
		['has an answer that is a list', row({ answer: ['a'] }), /"answer" is missing/u],
		['has an id that is an object', row({ id: {} }), /"id" must be a text/u],
	])('one that %s is a fatal issue with its line, and the others are kept', (_, line, message) => {
		const { problems, issues } = parseProblems(`${row({ id: 'good', question: 'other' })}\n${line}\n`);
		expect(problems.map(({ id }) => id)).toEqual(['good']);
		expect(issues).toEqual([
			expect.objectContaining({ line: 2, message: expect.stringMatching(message), fatal: true }),
		]);
	});

	it('may not share an id; a question that comes again is only odd', () => {
		const { problems, issues } = parseProblems([row({ id: 'a' }), row({ id: 'a' }), row({ id: 'b' })].join('\n'));
		expect(problems.map(({ id }) => id)).toEqual(['a', 'b']);
		expect(issues.map(({ line, fatal }) => [line, fatal])).toEqual([
			[2, true],
			[3, false],
		]);
		expect(issues[0]?.message).toContain('line 1');
	});
});

describe('a dev part that is split off', () => {
	const train = (n: number) => Array.from({ length: n }, (_, i) => problem(`p${i}`, `q${i}`, 'a'));

	it.each([
		[0, 0],
		[1, 0],
		[8, 4],
		[30, 10],
		[100, 20],
		[5_000, 200],
	])('of %i problems has %i', (n, dev) => {
		const parts = splitDev(train(n), 1);
		expect([parts.train.length, parts.dev.length]).toEqual([n - dev, dev]);
		expect(new Set([...parts.train, ...parts.dev]).size).toBe(n);
	});

	it('is the same for the same seed, and another for another', () => {
		expect(splitDev(train(100), 1)).toEqual(splitDev(train(100), 1));
		expect(splitDev(train(100), 2).dev).not.toEqual(splitDev(train(100), 1).dev);
	});
});
