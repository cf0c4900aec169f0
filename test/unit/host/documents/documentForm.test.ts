import { describe, expect, it } from 'vitest';
import { formatEditForm } from '../../../../src/core/experience/editForm.js';
import { EditFormError } from '../../../../src/core/experience/editFormError.js';
import type { Experience } from '../../../../src/core/experience/experience.js';
import { formatDocument, parseDocument, toldSize } from '../../../../src/host/documents/documentForm.js';
import { pattern, rule, solvedCase } from '../../../builders/experiences.js';

const sample = rule('a1', 'A refund is asked for', 'Ask for the voucher form first.', {
	title: 'Refunds',
	rev: 4,
	patterns: [pattern('Check the card.', { id: 'p1' })],
	cases: [solvedCase('Which form?', 'The voucher form', { id: 'c1' })],
	origin: { set: 'routing', run: 'RUN', model: 'fake', imported: 'team.jsonl', original: '{"rev: 1":1}' },
});

describe('the document of an experience', () => {
	it('shows what a person may change, and no number that changes by itself', () => {
		const text = formatDocument(sample);
		expect(text).toMatch(/^---\nid: a1\nzone: warning\nstatus: active\n/);
		expect(text).not.toMatch(/^(?:rev|origin|createdAt|updatedAt):/m);
		expect(formatDocument({ ...sample, rev: 5, updatedAt: '2026-02-02T00:00:00.000Z' })).toBe(text);
	});

	it.each(['\n', '\r\n'])('gives back exactly what it was made of, with lines that end in %j', (end) => {
		expect(parseDocument(formatDocument(sample).replaceAll('\n', end), sample)).toEqual(sample);
	});

	it('may also be a whole form, as the command line prints it', () => {
		expect(parseDocument(formatEditForm(sample), sample)).toEqual(sample);
	});

	it('has hidden fields of its own where the text says the same words', () => {
		const before: Experience = { ...sample, strategy: { text: 'rev: 9\norigin: here', sources: [] } };
		expect(parseDocument(formatDocument(before), before)).toEqual(before);
	});

	it('names mistakes by its own lines', () => {
		const text = formatDocument(sample)
			.replace('zone: warning', 'zone: purple\ncolour: red')
			.replace('## Strategy', '## Strategie');
		const lineOf = (line: string): number => text.split('\n').indexOf(line) + 1;
		expect(issuesOf(text).map(({ line }) => line)).toEqual([lineOf('colour: red'), lineOf('## Strategie')]);
	});

	it('says what is missing where there are no fields at all', () => {
		expect(issuesOf('# Only a title\n')[0]).toMatchObject({ line: 1, message: expect.stringContaining('begin') });
	});

	it('refuses another id', () => {
		expect(issuesOf(formatDocument(sample).replace('id: a1', 'id: b2'))).toMatchObject([{ line: 2 }]);
	});
});

describe('the size that is told', () => {
	it('is another one for each revision, also where as many bytes changed', () => {
		const texts = ['abc', 'abd', 'abcd', 'abc'];
		const revisions = texts.map((text) => ({ experience: { ...sample, strategy: { text, sources: [] } } }));
		const sizes = revisions.map((_, index) => toldSize(revisions.slice(0, index + 1)));
		expect(new Set(sizes).size).toBe(texts.length);
		expect(sizes[0]).toBe(Buffer.byteLength(formatDocument(revisions[0]?.experience ?? sample)));
	});
});

function issuesOf(text: string): EditFormError['issues'] {
	try {
		parseDocument(text, sample);
	} catch (error) {
		if (error instanceof EditFormError) return error.issues;
		throw error;
	}
	return [];
}
