/** The original examples with open answers: what their README promises, checked on every problem. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { blankExperience } from '../../../src/core/experience/experience.js';
import { answerForm } from '../../../src/core/learning/actor.js';
import { taskKind } from '../../../src/core/tasks/registry.js';
import type { Problem, ProblemSet } from '../../../src/core/tasks/task.js';
import { loadProblemSet } from '../../../src/providers/problemSets.js';

const shipped = [
	{
		name: 'dates-and-quantities',
		sizes: [60, 60, 168],
		frozen: 'ce9aa6f6a806a580453c317aa2141c5fa1bc02e3373d5124ad0730498ffe7299',
	},
	{
		name: 'query-language',
		sizes: [60, 60, 160],
		frozen: 'd1b40f6821220ff994e5cbd0f355d67cd4888d4329b8e86adb80d29c094b9272',
	},
];
const load = (name: string) => loadProblemSet(join('examples', name));
const splitsOf = ({ splits }: ProblemSet) => [splits.train ?? [], splits.dev ?? [], splits.test ?? []];

describe.each(shipped)('the example $name', ({ name, sizes, frozen }) => {
	it('has splits of the promised sizes, short questions, and none of them twice', async () => {
		const splits = splitsOf(await load(name));
		expect(splits.map((problems) => problems.length)).toEqual(sizes);
		const all = splits.flat();
		expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
		expect(new Set(all.map(({ question }) => question.toLowerCase())).size).toBe(all.length);
		for (const { question } of all) expect(question.split(/\s+/u).length).toBeLessThan(60);
	});

	it('keeps its test split as it was frozen', () => {
		const text = readFileSync(join('examples', name, 'test.jsonl'));
		expect(createHash('sha256').update(text).digest('hex')).toBe(frozen);
	});

	it('asks nothing in dev or test that train nearly asks', async () => {
		const [train = [], ...held] = splitsOf(await load(name)).map((problems) => problems.map(grams));
		for (const one of held.flat()) for (const other of train) expect(cosine(one, other)).toBeLessThan(0.9);
	});

	it('cannot be solved by the answer of the closest train question, nor by the commonest one', async () => {
		const [train = [], dev = []] = splitsOf(await load(name));
		const known = train.map((problem) => ({ problem, runs: grams(problem) }));
		const closest = (asked: Problem) => {
			const runs = grams(asked);
			const scored = known.map((one) => ({ answer: one.problem.answer, score: cosine(runs, one.runs) }));
			return scored.sort((a, b) => b.score - a.score)[0];
		};
		const lookedUp = dev.filter((problem) => closest(problem)?.answer === problem.answer);
		expect(lookedUp.length).toBeLessThan(dev.length * 0.1);
		for (const { answer } of train) {
			expect(dev.filter((problem) => problem.answer === answer).length).toBeLessThan(dev.length * 0.1);
		}
	});

	it('grades the worked answer of every train problem as right, and another answer as wrong', async () => {
		const set = await load(name);
		const kind = taskKind(set.kind);
		const problems = set.splits.train ?? [];
		const verdict = async (problem: Problem, text: string) => {
			const attempt = { text, answer: kind.extract(text, set) };
			return (await kind.grade(problem, attempt, set, {}, new AbortController().signal)).verdict;
		};
		for (const [index, problem] of problems.entries()) {
			const item = { ...problem, outcome: 'correct' as const, sources: [] };
			expect(problem.solution, problem.id).toBeDefined();
			expect(await verdict(problem, answerForm(set)(item, blankExperience('e'))), problem.id).toBe('correct');
			const other = problems.slice(index).find(({ answer }) => answer !== problem.answer);
			if (other) expect(await verdict(problem, `Answer: ${other.answer}`), problem.id).toBe('incorrect');
		}
	});
});

describe('the dates and quantities of the pottery', () => {
	it('follow the conventions in its README, computed here once more from each question', async () => {
		for (const problem of splitsOf(await load('dates-and-quantities')).flat()) {
			const { convention = '', variant = '' } = tagsOf(problem);
			const expected = conventions[convention]?.(numberIn(problem), dateIn(problem), variant);
			expect(String(expected), problem.question).toBe(problem.answer);
		}
	});

	it('are balanced: every convention as often as the others in each split', async () => {
		for (const problems of splitsOf(await load('dates-and-quantities'))) {
			const counts = Object.keys(conventions).map(
				(name) => problems.filter((problem) => tagsOf(problem)['convention'] === name).length,
			);
			expect(new Set(counts).size, counts.join(' ')).toBe(1);
			expect(counts.reduce((sum, count) => sum + count)).toBe(problems.length);
		}
	});

	it('are worked with sums that are true', async () => {
		const { splits } = await load('dates-and-quantities');
		const sums = (splits.train ?? []).flatMap(({ solution = '' }) => [
			...solution.matchAll(/(\d+) ([×+−/]) (\d+) = (\d+)/gu),
		]);
		expect(sums.length).toBeGreaterThan(40);
		for (const [text, a, sign, b, result] of sums) {
			const [x, y] = [Number(a), Number(b)];
			const value = { '×': x * y, '+': x + y, '−': x - y, '/': x / y }[sign ?? ''];
			expect(value, text).toBe(Number(result));
		}
	});
});

describe('the queries of the tool shed', () => {
	it('have their parts in the one order, and no part that the request does not have', async () => {
		for (const problem of splitsOf(await load('query-language')).flat()) {
			const parts = shedline.exec(problem.answer)?.groups;
			expect(parts, problem.answer).toBeDefined();
			const used = Object.keys(parts ?? {}).filter((part) => parts?.[part] !== undefined);
			expect(used.sort(), problem.question).toEqual(constructsOf(problem).sort());
		}
	});

	it('are balanced over the eight constructs, and no query of dev or test stands in train', async () => {
		const splits = splitsOf(await load('query-language'));
		for (const problems of splits) {
			const used = problems.flatMap(constructsOf);
			const counts = [...new Set(used)].map((name) => used.filter((other) => other === name).length);
			expect(counts).toEqual(Array.from({ length: 8 }, () => used.length / 8));
		}
		const answers = splits.flat().map(({ answer }) => answer);
		expect(new Set(answers).size).toBe(answers.length);
	});

	it('use no code word that train does not teach at least twice', async () => {
		const [train = [], ...held] = splitsOf(await load('query-language'));
		const words = (problem: Problem) => problem.answer.match(/[=%]\w+|[#@/~<>!x](?=\w)/gu) ?? [];
		const taught = train.flatMap(words);
		for (const word of new Set(held.flat().flatMap(words))) {
			expect(taught.filter((other) => other === word).length, word).toBeGreaterThan(1);
		}
	});
});

/** The pottery's conventions, written a second time from its README: number in the question, day in it, variant. */
const conventions: Readonly<Record<string, (n: number, day: Date, variant: string) => number | string>> = {
	crate: (n, _, variant) => n * (variant === 'cups' ? 18 : 24),
	trays: (n) => Math.ceil(n / 10) + 1,
	shift: (n, _, variant) => n * (variant === 'early' ? 7 : 5),
	pair: (n) => n * 1.5,
	deposit: (n) => n / 10 + 20,
	spares: (n) => n + 2 * Math.ceil(n / 10),
	firing: (n) => 4 * n + 6,
	quarter: (_, day) => {
		const ends = [1, 4, 7, 10, 13].find((month) => month > day.getUTCMonth()) ?? 13;
		return isoDay(day, ends, 0);
	},
	invoice: (_, day, variant) => isoDay(day, day.getUTCMonth() + 1, variant === 'shop' ? 20 : 10),
	drying: (_, day, variant) => isoDay(day, day.getUTCMonth(), day.getUTCDate() + (variant === 'large' ? 14 : 9)),
	repair: (_, day) => {
		const opens = (date: Date) => date.getUTCDay() !== 0 && date.getUTCDay() !== 1;
		let ahead = 0;
		for (let left = 3; left > 0; ahead++) {
			if (opens(new Date(day.getTime() + (ahead + 1) * 86_400_000))) left--;
		}
		return isoDay(day, day.getUTCMonth(), day.getUTCDate() + ahead);
	},
	voucher: (_, day) => `${day.getUTCFullYear() + 2}-01-05`,
};

/** Day 0 is the last one of the month before, as in Date.UTC; months count from 0. */
function isoDay(year: Date, month: number, day: number): string {
	return new Date(Date.UTC(year.getUTCFullYear(), month, day)).toISOString().slice(0, 10);
}

/** The number that a question gives; "2 × the same mug" says a pair. */
function numberIn({ question }: Problem): number {
	return Number(question.replace('2 ×', '').match(/\d+/u)?.[0]);
}

function dateIn({ question }: Problem): Date {
	const found = /\d{4}-\d\d-\d\d|\d{1,2} [A-Z][a-z]+ \d{4}|[A-Z][a-z]+ \d{1,2}, \d{4}/u.exec(question)?.[0] ?? '';
	return new Date(found.includes('-') ? found : `${found} UTC`);
}

const shedline =
	/^#\w+(?: (?<state>=(?:nest|wing|owl|moss)))?(?: (?<borrower>@[a-z]+))?(?: (?<place>\/[a-z]+))?(?: (?<time>~\d+d))?(?: (?<deposit>[<>]\d+))?(?: (?<exclude>![a-z]+))?(?: (?<sort>%(?:new|low|abc)))?(?: (?<limit>x\d+))?$/u;

function constructsOf({ extra }: Problem): string[] {
	return tagList(extra['tags']).map((tag) => tag.replace('construct:', ''));
}

function tagsOf({ extra }: Problem): Readonly<Record<string, string>> {
	return Object.fromEntries(tagList(extra['tags']).map((tag) => tag.split(':')));
}

function tagList(tags: unknown): readonly string[] {
	return Array.isArray(tags) ? tags.map(String) : [];
}

/** How often each run of four characters stands in a question. */
function grams({ question }: Pick<Problem, 'question'>): ReadonlyMap<string, number> {
	const text = ` ${question.toLowerCase().replace(/\s+/gu, ' ')} `;
	const counts = new Map<string, number>();
	for (let i = 0; i + 4 <= text.length; i++) {
		const gram = text.slice(i, i + 4);
		counts.set(gram, (counts.get(gram) ?? 0) + 1);
	}
	return counts;
}

function cosine(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
	let dot = 0;
	for (const [gram, count] of a) dot += count * (b.get(gram) ?? 0);
	const length = (counts: ReadonlyMap<string, number>) => Math.hypot(...counts.values());
	return dot / (length(a) * length(b));
}
