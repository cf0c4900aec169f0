import { describe, expect, it } from 'vitest';
import { structures } from '../../../src/core/evaluation/reportDrawings.js';
import { groupRows, groupsMarkdown, reportGroups } from '../../../src/core/evaluation/reportGroups.js';
import { reportHtml } from '../../../src/core/evaluation/reportHtml.js';
import type { MoleculeDrawing } from '../../../src/core/tasks/moleculeDrawing.js';
import { problem } from '../../builders/problems.js';
import { answers, reportOf, sample } from './reports.js';

const classes = ['2', '10', '2', '10'].map((type, index) =>
	problem(`p${index}`, 'Q', 'A', { extra: { type: Number(type), name: type === '2' ? 'acylation' : 'addition' } }),
);
const samples = [...answers('llm', '1000'), ...answers('flex', '1011')];

describe('accuracy by group', () => {
	it('counts each arm in each group, in order of numbers', () => {
		const found = reportGroups({ grader: { groupBy: ['type', 'name'] } }, classes, samples);
		expect(found && groupRows(found)).toEqual({
			head: ['group', 'llm', 'flex'],
			rows: [
				['2 · acylation', '1 of 2', '2 of 2'],
				['10 · addition', '0 of 2', '1 of 2'],
			],
		});
		expect(found?.groups[0]).toMatchObject({
			n: 2,
			arms: [
				{ arm: 'llm', accuracy: 0.5 },
				{ arm: 'flex', accuracy: 1 },
			],
		});
	});

	it('is there only where the set names a field that splits it', () => {
		expect(reportGroups({ grader: {} }, classes, samples)).toBeUndefined();
		expect(reportGroups({ grader: { groupBy: 'colour' } }, classes, samples)).toBeUndefined();
		expect(reportGroups({ grader: { groupBy: 'type' } }, classes.slice(0, 1), samples)).toBeUndefined();
		const many = Array.from({ length: 99 }, (_, at) => problem(`p${at}`, 'Q', 'A', { extra: { type: at } }));
		expect(reportGroups({ grader: { groupBy: 'type' } }, many, samples)).toBeUndefined();
	});

	it('is a table of the page and of the Markdown, whatever a group is called', () => {
		const hostile = classes.map((one) => ({ ...one, extra: { type: `${one.extra.type} <b>|x` } }));
		const groups = reportGroups({ grader: { groupBy: 'type' } }, hostile, samples);
		if (!groups) throw new Error('no groups');
		const details = { problems: [], samples, experiences: [], command: '' };
		const page = reportHtml(reportOf(samples, { groups }), details);
		expect(page).toContain('By group');
		expect(page).toContain('2 &lt;b&gt;|x');
		expect(groupsMarkdown(groups)).toContain('| 2 <b>\\|x | 1 of 2 | 2 of 2 |');
	});
});

describe('structures in a report', () => {
	const drawing: MoleculeDrawing = {
		width: 50,
		height: 30,
		strokes: [{ ink: 'nitrogen', width: 0, path: 'M1 1L2 2' }],
	};
	const asked = { question: 'CCN', answer: 'CC.N' };
	const wrong = [
		sample('llm', 'p0', false, { answer: 'CCO\nCCC' }),
		sample('flex', 'p0', false, { answer: 'CCO' }),
		sample('icl', 'p0', true, { answer: 'N.CC' }),
	];

	it('show product, expected and each wrong answer once, with whose it was', () => {
		const drawings = new Map(['CCN', 'CC.N', 'CCO'].map((text) => [text, drawing]));
		const html = structures(asked, wrong, drawings);
		const captions = [...html.matchAll(/<figcaption>(.*?)<\/figcaption>/gu)].map(([, caption]) => caption);
		expect(captions).toEqual(['Product', 'Expected', 'llm, flex']);
		expect(html).toContain('<path class="nitrogen solid" d="M1 1L2 2"/>');
		expect(html).toContain('aria-label="Structure of CC.N"');
	});

	it('are left out where there are none', () => {
		expect(structures(asked, wrong, undefined)).toBe('');
		expect(structures(asked, wrong, new Map([['CCCC', drawing]]))).toBe('');
	});
});
