import { describe, expect, it } from 'vitest';
import { repairLine } from '../../../../src/core/tasks/repairLine.js';
import { closestLabels } from '../../../../src/host/problemFiles/closestLabels.js';
import { type LineEdit, removalEdit, spanOf, valueEdit } from '../../../../src/host/problemFiles/lineEdits.js';

const applied = (line: string, edit: LineEdit | undefined) =>
	edit && line.slice(0, edit.span.start) + edit.text + line.slice(edit.span.end);

describe('edits of a line', () => {
	it('change a value and nothing else', () => {
		const line = '{ "answer" : "Wilow",  "id": 1 }';
		expect(applied(line, valueEdit(line, 'answer', 'Wil"low'))).toBe('{ "answer" : "Wil\\"low",  "id": 1 }');
		expect(valueEdit(line, 'question', 'x')).toBeUndefined();
	});

	it.each([
		['first', '{"id": "a", "question": "q"}', '{"question": "q"}'],
		['in the middle', '{"question": "q", "id": "a", "answer": "b"}', '{"question": "q", "answer": "b"}'],
		['last', '{"question": "q", "id": "a"}', '{"question": "q"}'],
		['alone', '{"id": "a"}', '{}'],
	])('take out a field that is %s, with its comma', (_, line, left) => {
		expect(applied(line, removalEdit(line, 'id'))).toBe(left);
	});
});

describe('the part of a line that is underlined', () => {
	const part = (line: string, key?: string) => {
		const { start, end } = spanOf(line, key);
		return line.slice(start, end);
	};

	it('is the value of the key', () => {
		expect(part('{"id": 1, "answer": "x"}', 'answer')).toBe('"x"');
	});

	it('is the whole line where the key is missing, or nothing is known', () => {
		expect(part('  {"id": 1} ', 'answer')).toBe('{"id": 1}');
		expect(part('[1, 2]')).toBe('[1, 2]');
	});

	it('is where the line stops being JSON', () => {
		expect(part('{"id": 1 "answer": "x"}')).toBe('"');
		expect(part('{"id": 1')).toBe('1');
		expect(part('{"id": "open')).toBe('"open');
	});
});

describe('the repair of a line', () => {
	it.each([
		['a missing comma', '{"question": "q" "answer": "a"}', { question: 'q', answer: 'a' }],
		['a missing brace', '{"question": "q", "answer": "a"', { question: 'q', answer: 'a' }],
		['a missing quote at the end', '{"question": "q", "answer": "a}', { question: 'q', answer: 'a' }],
		['single quotes', "{'question': 'q', 'answer': 'a'}", { question: 'q', answer: 'a' }],
		['a comma too many', '{"question": "q", "answer": "a",}', { question: 'q', answer: 'a' }],
	])('mends %s', (_, line, problem) => {
		expect(JSON.parse(repairLine(line) ?? 'null')).toEqual(problem);
	});

	it.each(['just words', '[1, 2', '{"a": 1} {"b": 2}'])('is not tried on %s', (line) => {
		expect(repairLine(line)).toBeUndefined();
	});
});

describe('the closest labels', () => {
	const teams = ['Copper', 'Falcon', 'Harbor', 'Island', 'Meadow', 'Willow'];

	it.each([
		['Wilow', 'Willow'],
		['harbour', 'Harbor'],
		[' FALCON', 'Falcon'],
		['the Island', 'Island'],
	])('of %s begin with %s', (answer, label) => {
		expect(closestLabels(answer, teams, 3)[0]).toBe(label);
	});

	it('are in the order of the set where nothing is alike', () => {
		expect(closestLabels('§', teams, 2)).toEqual(['Copper', 'Falcon']);
		expect(closestLabels('b', ['a', 'b', 'c'], 1)).toEqual(['b']);
	});
});
