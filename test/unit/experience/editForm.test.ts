/** The edit form: what it looks like, that nothing is lost on the way there and back, and what it says of mistakes. */
import { describe, expect, it } from 'vitest';
import { formatEditForm } from '../../../src/core/experience/editForm.js';
import { EditFormError, type FormIssue } from '../../../src/core/experience/editFormError.js';
import { parseEditForm } from '../../../src/core/experience/editFormParser.js';
import type { Experience, Source, Zone } from '../../../src/core/experience/experience.js';
import { hashSeed, seededRandom } from '../../../src/core/random.js';
import { experience } from '../../builders/experiences.js';

const nasty = [
	'',
	' ',
	'plain words',
	'two\nlines',
	'a blank\n\nline within',
	' starts with a space',
	'ends with a line\n',
	'# looks like a title',
	'text\n## When\nmore',
	'Learned from: nobody',
	'Outcome: correct',
	'---\nzone: golden\n---',
	'```js\nlet x = 1;\n```',
	'````\n```\n````',
	'windows\r\nlines\r\n',
	'a lone \r return',
	'<img src=x onerror=alert(1)> </script>',
	'tab\tand \u202e turned \u2028 separators \u0000 null',
	'ünïcode 🚲 日本語',
	'$\\frac{1}{2}$ and \\boxed{3}',
	'"quoted": [1, 2]',
	'#',
	'#hashtag',
	'`inline` and ```not at the start',
];

const sourceLists: readonly (readonly Source[])[] = [
	[],
	[{ set: 'routing', problem: 'p1' }],
	[
		{ set: 'bbh', problem: 'bbh/navigate/7' },
		{ set: 'routing', problem: 'p2' },
	],
	[{ set: 'a set, with "marks"/', problem: ' odd\nid ' }],
	[{ set: '[x', problem: ']' }],
];

/** Some experience, different for each seed. */
function someExperience(seed: number): Experience {
	const random = seededRandom(hashSeed('form', seed));
	const pick = <T>(items: readonly T[]): T => {
		const item = items[Math.floor(random() * items.length)];
		if (item === undefined) throw new Error('nothing to pick');
		return item;
	};
	const many = <T>(most: number, make: (index: number) => T): T[] =>
		Array.from({ length: Math.floor(random() * (most + 1)) }, (_, index) => make(index));
	const text = () => pick(nasty);
	const sources = () => pick(sourceLists);
	const id = (index: number) => pick([`p${index}`, `0${index}ab`, `${index}e5`, `x.y_z:${index}-1`]);
	return experience(pick(['0123456789abcdef', '12e5', 'true', 'ad1bd9a73c19c312']), {
		rev: 1 + Math.floor(random() * 9),
		zone: pick<Zone>(['golden', 'warning', 'mixed']),
		status: pick(['active', 'quarantined', 'retired', 'proposed'] as const),
		reviewed: random() < 0.5,
		pinned: random() < 0.5,
		starred: random() < 0.5,
		priority: 1 + Math.floor(random() * 5),
		title: text(),
		when: { text: text(), sources: sources() },
		strategy: { text: text(), sources: sources() },
		patterns: many(3, (index) => ({ id: id(index), rule: text(), examples: many(2, text), sources: sources() })),
		cases: many(3, (index) => ({
			id: id(index),
			question: text(),
			answer: text(),
			...(random() < 0.5 ? { solution: text() } : {}),
			outcome: pick(['correct', 'incorrect', 'mixed'] as const),
			sources: sources(),
		})),
		domains: many(2, text),
		...(random() < 0.5 ? { scope: { globs: ['**/*.ts'], languages: many(1, () => 'typescript') } } : {}),
		links: many(2, (index) => ({ kind: pick(['part', 'mergedInto'] as const), id: `link${index}` })),
		origin: { set: text(), run: 'true', model: 'embedded:x', ...(random() < 0.5 ? { imported: 'a "b".json' } : {}) },
	});
}

function issuesOf(form: string, basis?: Experience): readonly FormIssue[] {
	try {
		parseEditForm(form, basis);
	} catch (error) {
		if (error instanceof EditFormError) return error.issues;
		throw error;
	}
	return [];
}

const sample = experience('ad1bd9a73c19c312', {
	title: 'Refunds of students',
	when: { text: 'A student asks for money back.', sources: [{ set: 'support', problem: 'p7' }] },
	strategy: { text: 'Ask for the voucher form first.', sources: [] },
	patterns: [{ id: 'ab12', rule: 'Check the card.', examples: ['A card of last year does not count.'], sources: [] }],
	cases: [{ id: 'c1', question: 'May I?', answer: 'No', outcome: 'correct', sources: [] }],
});

describe('the edit form', () => {
	it('reads like a page, texts as they are', () => {
		const lines = formatEditForm(sample).split('\n');
		expect(lines.slice(lines.indexOf('# Refunds of students'))).toEqual([
			...['# Refunds of students', ''],
			...['## When', 'Learned from: support/p7', '', 'A student asks for money back.', ''],
			...['## Strategy', '', 'Ask for the voucher form first.', ''],
			...['## Patterns', '', '### ab12', '', 'Check the card.', ''],
			...['#### Example', '', 'A card of last year does not count.', ''],
			...['## Cases', '', '### c1', 'Outcome: correct', ''],
			...['#### Question', '', 'May I?', '', '#### Answer', '', 'No', ''],
		]);
	});

	it('gives back exactly what it was made of, whatever the texts hold', () => {
		for (let seed = 0; seed < 600; seed++) {
			const before = withUniqueIds(someExperience(seed));
			expect(parseEditForm(formatEditForm(before), before), `seed ${seed}`).toEqual(before);
		}
	});

	it('survives an editor that ends all lines in the way of Windows', () => {
		expect(parseEditForm(formatEditForm(sample).replaceAll('\n', '\r\n'), sample)).toEqual(sample);
	});

	it('takes what a person changed: texts, fields, parts that are new and parts that are gone', () => {
		const form = formatEditForm(sample)
			.replace('Ask for the voucher form first.', 'Ask for the voucher form.\n\nThen for the card.')
			.replace('priority: 3', 'priority: 5')
			.replace('### ab12\n\nCheck the card.', '### new\nLearned from: support/p9\n\nCheck the date.')
			.replace(/## Cases[\s\S]*/u, '');
		const after = parseEditForm(form, sample);
		expect(after.strategy.text).toBe('Ask for the voucher form.\n\nThen for the card.');
		expect(after.priority).toBe(5);
		expect(after.cases).toEqual([]);
		expect(after.patterns).toMatchObject([{ rule: 'Check the date.', sources: [{ set: 'support', problem: 'p9' }] }]);
		expect(after.patterns[0]?.id).toMatch(/^[0-9a-f]{8}$/u);
	});
});

describe('mistakes in a form', () => {
	it('are all named, with their lines', () => {
		const form = formatEditForm(sample)
			.replace('zone: warning', 'zone: purple\ncolour: red\nstarred: true')
			.replace('## Strategy', '## Strategie')
			.replace('Outcome: correct\n', '');
		const issues = issuesOf(form, sample);
		const line = (text: string) => form.split('\n').indexOf(text) + 1;
		expect(issues.map((issue) => issue.line)).toEqual([
			line('colour: red'),
			form.split('\n').lastIndexOf('starred: false') + 1,
			line('## Strategie'),
			line('### c1'),
		]);
	});

	it('of a value are found where it stands', () => {
		const form = formatEditForm(sample).replace('zone: warning', 'zone: purple');
		expect(issuesOf(form, sample)).toEqual([
			{ line: form.split('\n').indexOf('zone: purple') + 1, message: expect.stringContaining('golden') },
		]);
	});

	it.each([
		['id: ad1bd9a73c19c312', 'id: ffffffffffffffff', "can't be changed"],
		['rev: 1', 'rev: 7', "can't be changed"],
		['rev: 1\n', '', 'is missing'],
		['reviewed: false', 'reviewed: [', 'neither'],
		['---\n', '', 'must begin'],
		['Learned from: support/p7', 'Learned from: somewhere', 'no source'],
		['Learned from: support/p7', 'Learned from: [["a"]]', 'pairs'],
		['Check the card.', '```\nCheck the card.', 'never closed'],
		['Check the card.', '```\nCheck\n```\nthe card.', 'ends with it'],
		['# Refunds of students', '', 'title is missing'],
		['### c1', '### ab12\n\n### c1', 'Outcome'],
		['#### Question', '##### Question', 'no place'],
	])('%j as %j: %s', (from, to, message) => {
		const form = formatEditForm(sample);
		expect(form).toContain(from);
		expect(
			issuesOf(form.replace(from, to), sample)
				.map((issue) => issue.message)
				.join('\n'),
		).toContain(message);
	});
});

/** Parts of one experience never share an id. */
function withUniqueIds(value: Experience): Experience {
	const unique = <P extends { readonly id: string }>(parts: readonly P[]) =>
		parts.map((part, index) => ({ ...part, id: `${part.id}.${index}` }));
	return { ...value, patterns: unique(value.patterns), cases: unique(value.cases) };
}
