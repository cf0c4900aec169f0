import { describe, expect, it } from 'vitest';
import {
	aloneArm,
	inheritArm,
	inheritanceMatrix,
	type MatrixLibrary,
	type MatrixReport,
	matrixInWords,
	matrixMarkdown,
} from '../../../src/core/evaluation/inheritance.js';
import { matrixHtml } from '../../../src/core/evaluation/inheritanceHtml.js';
import { mcnemarExact, newcombePaired, smallestGap, wilson } from '../../../src/core/evaluation/statistics.js';
import type { SampleRecord } from '../../../src/core/learning/runLog.js';
import { answers, reportOf } from './reports.js';

const ones = (n: number) => '1'.repeat(n);
const zeros = (n: number) => '0'.repeat(n);

function library(name: string, more: Partial<MatrixLibrary> = {}): MatrixLibrary {
	return { name, id: `/${name}/.flex`, models: [name], imported: [], experiences: 4, patterns: 2, cases: 4, ...more };
}

const libraries = [library('small'), library('published', { models: [], imported: ['paper.json'] })];
const models = ['small', 'big'];
/** The small model gains from its own library, the big one inherits it; the published one changes nothing. */
const samples: readonly SampleRecord[] = [
	...answers(aloneArm('small'), ones(5) + zeros(25)),
	...answers(inheritArm('small', 'small'), ones(25) + zeros(5)),
	...answers(inheritArm('published', 'small'), ones(5) + zeros(24) + ones(1)),
	...answers(aloneArm('big'), ones(10) + zeros(20)),
	...answers(inheritArm('small', 'big'), ones(30)),
	...answers(inheritArm('published', 'big'), zeros(10) + zeros(20)),
];
const matrix = inheritanceMatrix(libraries, models, samples, (_, model) => (model === 'big' ? 1 : null));
const cell = (name: string, model: string) =>
	matrix.cells.find((found) => found.library === name && found.model === model);

describe('an inheritance matrix', () => {
	it('has every model alone, and a cell for each library with each model', () => {
		expect(matrix.baselines.map(({ model, solved }) => [model, solved])).toEqual([
			['small', 5],
			['big', 10],
		]);
		expect(matrix.cells.map(({ library: name, model, solved, n }) => [name, model, solved, n])).toEqual([
			['small', 'small', 25, 30],
			['small', 'big', 30, 30],
			['published', 'small', 6, 30],
			['published', 'big', 0, 30],
		]);
		expect(cell('small', 'small')?.ci95).toEqual(wilson(25, 30));
	});

	it('compares each cell with the same model alone', () => {
		const counts = { both: 10, onlyA: 20, onlyB: 0, neither: 0 };
		expect(cell('small', 'big')?.pair).toMatchObject({
			onlyA: 20,
			onlyB: 0,
			ci95: newcombePaired(counts),
			p: mcnemarExact(counts),
		});
	});

	it('claims only what holds after adjusting for all cells', () => {
		expect(matrix.cells.map(({ pair }) => pair.claim)).toEqual(['improved', 'improved', 'no evidence', 'worse']);
		const ps = matrix.cells.map(({ pair }) => pair.p);
		const smallest = matrix.cells.find(({ pair }) => pair.p === Math.min(...ps));
		expect(smallest?.pair.pHolm).toBeCloseTo(4 * Math.min(...ps));
		// Six against none: alone it would do, among four comparisons it does not.
		const few = ['a', 'b', 'c', 'd'].map((name) => library(name));
		const weak = inheritanceMatrix(
			few,
			['m'],
			[
				...answers(aloneArm('m'), zeros(30)),
				...few.flatMap(({ name }) => answers(inheritArm(name, 'm'), ones(6) + zeros(24))),
			],
			() => 0,
		);
		expect(weak.cells[0]?.pair.p).toBeLessThan(0.05);
		expect(weak.cells.map(({ pair }) => pair.claim)).toEqual(Array.from(few, () => 'no evidence'));
	});

	it('tells own experience from inherited', () => {
		expect(matrix.cells.map(({ own }) => own)).toEqual([true, false, false, false]);
	});

	it('knows a model again that was given by its file', () => {
		const [one] = inheritanceMatrix(
			[library('a', { models: ['embedded:tiny.gguf'] })],
			['embedded:tiny'],
			[...answers(aloneArm('embedded:tiny'), '0'), ...answers(inheritArm('a', 'embedded:tiny'), '1')],
			() => 0,
		).cells;
		expect(one?.own).toBe(true);
	});

	it('has a cost only where the model has a price', () => {
		expect(cell('small', 'big')?.cost).toBe(30);
		expect(cell('small', 'small')?.cost).toBeNull();
	});

	it('leaves out cells that nobody measured', () => {
		expect(inheritanceMatrix(libraries, [...models, 'third'], samples, () => 0).cells).toHaveLength(4);
	});
});

function reportWith(more: Partial<MatrixReport> = {}): MatrixReport {
	const { createdAt, set, versions, settings } = reportOf(answers('flex', ones(30)));
	const facts = {
		createdAt,
		set,
		versions,
		settings,
		smallestGap: smallestGap(30),
		command: 'flex-learn matrix routing',
	};
	const reported = models.map((id) => ({ role: 'actor', id, identity: 'ab', source: `${id}.gguf` }));
	return { schema: 1, kind: 'matrix', ...facts, models: reported, ...matrix, ...more };
}

describe('the report of a matrix', () => {
	it('says what was inherited first, then what is own, then what it can show', () => {
		const words = matrixInWords(reportWith());
		expect(words[0]).toMatch(/^big with the library small, which others made, solved 67 points more than alone \[/);
		expect(words[1]).toMatch(/^small with the library published.* could be chance\.$/);
		expect(words[2]).toMatch(/solved 33 points fewer than alone/);
		expect(words[3]).toMatch(/^small with its own library small solved 67 points more/);
		expect(words[4]).toContain('adjusted for 4 comparisons');
	});

	it('has a row for each library and a column for each model, in Markdown and on the page', () => {
		const markdown = matrixMarkdown(reportWith());
		expect(markdown).toMatch(/\| small \| 83 % \(66 % – 93 %\) own \| 100 % \(\d+ % – 100 %\) \|/);
		expect(markdown).toContain('Library published: 4 experiences, 2 patterns, 4 cases, imported from paper.json');
		const html = matrixHtml(reportWith());
		expect(html).toContain('<th scope="row">published</th>');
		expect(html.match(/<td class="(?:right|wrong|some)">/gu)).toHaveLength(4);
		expect(html).toMatch(/<small>improved, own<\/small>/u);
	});

	it('is a page that holds everything itself, and shows names as text', () => {
		const html = matrixHtml(reportWith({ libraries: [library('<img src=x>')], command: 'flex-learn matrix "<b>"' }));
		expect(html).not.toMatch(/https?:|<script|<link|<img|url\(/iu);
		expect(html).toContain('&lt;img src=x&gt;');
	});
});
