import { describe, expect, it } from 'vitest';
import { type LineRules, lineCompletions } from '../../../../src/host/problemFiles/lineCompletions.js';

const rules: LineRules = { kind: 'choice', answerSpace: ['Red', 'Blue, light', '$1}'] };

/** `|` is the cursor. Each completion as the line that it would make. */
function typed(line: string, given: LineRules = rules): Readonly<Record<string, string>> {
	const cursor = line.indexOf('|');
	const text = line.replace('|', '');
	const found = lineCompletions(text, cursor, given, undefined);
	return Object.fromEntries(
		found.map(({ label, snippet, span }) => [label, text.slice(0, span.start) + snippet + text.slice(span.end)]),
	);
}

describe('completion in a line', () => {
	it('offers the keys that are not there yet', () => {
		expect(typed('{|')).toEqual({
			id: '{"id": "$1"',
			question: '{"question": "$1"',
			answer: '{"answer": ',
			solution: '{"solution": "$1"',
		});
		expect(Object.keys(typed('{"id": "a", |}'))).toEqual(['question', 'answer', 'solution']);
	});

	it('takes the place of what is typed of a key, with the quote that the editor closed', () => {
		expect(typed('{"id": "a", "qu|"}').question).toBe('{"id": "a", "question": "$1"}');
		expect(typed('{"qu|').question).toBe('{"question": "$1"');
	});

	it('stands before the key that is there, with a comma between them', () => {
		expect(typed('{|"question": "Why?"}').id).toBe('{"id": "$1", "question": "Why?"}');
		expect(typed('{|"question": "Why?"}').question).toBeUndefined();
	});

	it('leaves the value of a key that is changed', () => {
		expect(typed('{"quest|": "Why?"}').question).toBe('{"question": "Why?"}');
	});

	it('knows the fields of the kind', () => {
		expect(Object.keys(typed('{|}', { kind: 'code' }))).toEqual([
			'id',
			'question',
			'answer',
			'solution',
			'test',
			'language',
		]);
		expect(Object.keys(typed('{|}', { kind: 'constructor' }))).toEqual(['id', 'question', 'answer', 'solution']);
	});

	it('offers the answers that are allowed, and only as an answer', () => {
		expect(typed('{"answer": |}').Red).toBe('{"answer": "Red"}');
		expect(typed('{"answer": "R|"}').Red).toBe('{"answer": "Red"}');
		expect(typed('{"answer": "|Blue", "id": 1}').Red).toBe('{"answer": "Red", "id": 1}');
		expect(typed('{"answer": "|"}')['$1}']).toBe('{"answer": "\\$1\\}"}');
		expect(typed('{"question": "|"}')).toEqual({});
		expect(typed('{"answer": "|"}', { kind: 'exact' })).toEqual({});
	});

	it('offers nothing where nothing can stand, or nothing is known', () => {
		for (const line of ['{"id": "a"|', '{"id"|', '{"id": 1} |', '{"id": yes, |', 'words|'])
			expect(typed(line)).toEqual({});
	});
});

describe('a new problem', () => {
	const snippet = (given: LineRules, before?: string) => lineCompletions('', 0, given, before)[0]?.snippet;

	it('has a question and an answer to fill in', () => {
		expect(snippet({ kind: 'exact' })).toBe('{"question": "$1", "answer": "$2"}');
	});

	it('offers the answers as a choice', () => {
		// biome-ignore lint/suspicious/noTemplateCurlyInString: that is how snippets write a choice
		expect(snippet(rules)).toBe('{"question": "$1", "answer": "${2|Red,Blue\\, light,\\$1\\}|}"}');
		expect(snippet({ answerSpace: Array.from({ length: 51 }, (_, i) => `l${i}`) })).toContain('"answer": "$2"');
	});

	it('has tests where the kind wants them', () => {
		expect(snippet({ kind: 'code' })).toBe('{"question": "$1", "answer": "$2", "test": "$3"}');
	});

	it.each([
		['"cc-009"', '"cc-010"'],
		['"a99"', '"a100"'],
		['7', '"8"'],
	])('goes on counting after the id %s', (id, next) => {
		expect(snippet({ kind: 'exact' }, `{"id": ${id}, "question": "q"}`)).toContain(`{"id": ${next}, "question": "$2"`);
	});

	it('needs no id where the one above has none to count on', () => {
		expect(snippet({ kind: 'exact' }, '{"id": "abc"}')).not.toContain('"id"');
		expect(snippet({ kind: 'exact' }, 'broken')).not.toContain('"id"');
	});
});
