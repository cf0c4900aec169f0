/** The contamination lint: lessons that hold an answer together with its problem, and words of the harness (docs/architecture.md). */
import type { Experience } from '../experience/experience.js';
import { harnessWordsIn } from '../learning/harnessWords.js';
import { holdsUnknown } from '../learning/leakGuard.js';
import type { AnswerTraces, Problem } from '../tasks/task.js';
import type { LintCode, LintFinding } from './lintFindings.js';
import { type OriginCount, originsOf } from './lintOrigins.js';

export type { LintCode, LintFinding } from './lintFindings.js';

export interface Lint {
	readonly findings: readonly LintFinding[];
	readonly counts: Readonly<Record<LintCode, number>>;
	/** Experiences with at least one finding of the code. */
	readonly experiences: Readonly<Record<LintCode, number>>;
	/** Share of experiences that would "leak" answers of problems nobody trained on: the same test by chance. */
	readonly chanceRate: number;
	/** The same by where they come from, each published entry once; reports of older versions lack it. */
	readonly origins?: readonly OriginCount[];
}

export interface LintOptions {
	/** Closed label sets are exempt from `answer-leak`: their answers are known to everybody. */
	readonly answerSpace?: readonly string[] | undefined;
	/** Problems that were never trained on, for the chance rate. */
	readonly neverTrained?: readonly Problem[];
	/** How answers are recognised, where the task's kind has its own way. */
	readonly traces?: AnswerTraces | undefined;
}

const gramWords = 8;
const excerptLength = 120;

/** Looks through every strategy and pattern; cases may hold worked answers, but no words of the harness. */
export function lintLibrary(
	experiences: readonly Experience[],
	trained: readonly Problem[],
	options: LintOptions = {},
): Lint {
	const index = new ProblemIndex(options.answerSpace ? [] : trained);
	const chance = new ProblemIndex(options.answerSpace ? [] : (options.neverTrained ?? []));
	const leaks = (experience: Experience, of: ProblemIndex) => answerLeaks(experience, of, options.traces);
	const findings = experiences.flatMap((experience) => [...leaks(experience, index), ...harness(experience)]);
	const byChance = experiences.filter((experience) => leaks(experience, chance).length > 0).length;
	const of = (code: LintCode) => findings.filter((finding) => finding.code === code);
	const holders = (code: LintCode) => new Set(of(code).map((finding) => finding.experience)).size;
	return {
		findings,
		counts: { 'answer-leak': of('answer-leak').length, 'harness-words': of('harness-words').length },
		experiences: { 'answer-leak': holders('answer-leak'), 'harness-words': holders('harness-words') },
		chanceRate: experiences.length === 0 ? 0 : byChance / experiences.length,
		origins: originsOf(experiences, findings),
	};
}

interface Part {
	readonly name: string;
	readonly text: string;
	/** The question that belongs to the text, whose words are no harness words. */
	readonly question: string;
}

function lessonParts(experience: Experience): readonly Part[] {
	const part = (name: string, text: string): Part => ({ name, text, question: '' });
	return [
		part('when', experience.when.text),
		part('strategy', experience.strategy.text),
		...experience.patterns.map((item) => part(item.id, [item.rule, ...item.examples].join('\n'))),
	].filter(({ text }) => text !== '');
}

function answerLeaks(
	experience: Experience,
	index: ProblemIndex,
	traces: AnswerTraces | undefined,
): readonly LintFinding[] {
	return lessonParts(experience).flatMap(({ name, text }) =>
		index
			.identifiedIn(text)
			.filter(({ question, answer }) => holdsUnknown(text, answer, [question], traces))
			.map((problem) => ({
				code: 'answer-leak' as const,
				experience: experience.id,
				part: name,
				excerpt: excerpt(text),
				problem: problem.id,
			})),
	);
}

function harness(experience: Experience): readonly LintFinding[] {
	const cases = experience.cases.map(({ id, solution, question }) => ({ name: id, text: solution ?? '', question }));
	return [...lessonParts(experience), ...cases].flatMap(({ name, text, question }) => {
		const words = harnessWordsIn(text, question);
		if (words.length === 0) return [];
		const at = text.toLowerCase().indexOf(words[0]?.split(' ')[0] ?? '');
		return [{ code: 'harness-words' as const, experience: experience.id, part: name, excerpt: excerpt(text, at) }];
	});
}

/** Problems by the 8-word runs of their questions, so that a text names the few it may be about. */
class ProblemIndex {
	private readonly byGram = new Map<string, Set<Problem>>();

	constructor(private readonly problems: readonly Problem[]) {
		for (const problem of problems) {
			for (const gram of grams(problem.question)) {
				const holders = this.byGram.get(gram);
				if (holders) holders.add(problem);
				else this.byGram.set(gram, new Set([problem]));
			}
		}
	}

	/** Problems of which the text holds a run of words, or the id. */
	identifiedIn(text: string): readonly Problem[] {
		const found = new Set<Problem>();
		for (const gram of grams(text)) for (const problem of this.byGram.get(gram) ?? []) found.add(problem);
		for (const problem of this.problems) if (problem.id.length >= 6 && text.includes(problem.id)) found.add(problem);
		return [...found];
	}
}

function grams(text: string): readonly string[] {
	const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
	return Array.from({ length: Math.max(0, words.length - gramWords + 1) }, (_, i) =>
		words.slice(i, i + gramWords).join(' '),
	);
}

function excerpt(text: string, at = 0): string {
	const start = Math.max(0, at - excerptLength / 2);
	const cut = text.slice(start, start + excerptLength).replace(/\s+/gu, ' ');
	return `${start > 0 ? '…' : ''}${cut}${start + excerptLength < text.length ? '…' : ''}`;
}
