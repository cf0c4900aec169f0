/** The placebo: experience of the same form and length that has nothing to do with the problem. */
import { blankExperience, type Experience } from '../experience/experience.js';
import { type RenderedExperience, type RenderingOptions, renderExperience } from '../experience/rendering.js';
import { answerForm } from '../learning/actor.js';
import { estimateTokens } from '../models/tokenEstimate.js';
import { hashSeed, seededRandom, shuffled } from '../random.js';
import { taskKind } from '../tasks/registry.js';
import type { Problem, ProblemSet } from '../tasks/task.js';
import { placeboQuestions, placeboRules } from './placeboTexts.js';
import { hitOf } from './rawExamples.js';

/** Where its answers are drawn from. */
export interface PlaceboSource {
	readonly set: ProblemSet;
	readonly train: readonly Problem[];
}

export interface PlaceboOptions {
	readonly seed: number;
	readonly rendering: RenderingOptions;
}

/**
 * Unrelated experience of the same form and length as `real`: as many turns and rules, rendered by the same code, with
 * answers drawn as often as they stand in train.
 */
export function placeboFor(
	real: RenderedExperience,
	problem: string,
	{ set, train }: PlaceboSource,
	options: PlaceboOptions,
): RenderedExperience {
	const fixed = seededRandom(hashSeed(options.seed, 'placebo'));
	const own = seededRandom(hashSeed(options.seed, 'placebo', problem));
	const leading = placeboExperiences(set, train, fixed).slice(
		0,
		Math.max(real.ruleCount, options.rendering.leadingCases),
	);
	const retrieved = real.turns.filter((turn) => turn.role === 'user').slice(real.leadingTurns);
	const pool = placeboExperiences(set, train, own);
	const hits = retrieved.map((turn) => hitOf(takeClosest(pool, turn.content.length))).reverse();
	const turnTokens = retrieved.reduce((sum, turn) => sum + estimateTokens(turn.content), 0);
	// All of its rules lead, so they need the room that retrieved rules took as well.
	const prefixTokens = Math.max(options.rendering.prefixTokens, options.rendering.budgetTokens - turnTokens);
	const rendering = real.ruleCount > 0 ? { ...options.rendering, prefixTokens } : options.rendering;
	return renderExperience(leading, hits, rendering, answerForm(set));
}

/** The shipped unrelated rules and questions as experiences, with answers drawn from train. */
function placeboExperiences(set: ProblemSet, train: readonly Problem[], random: () => number): Experience[] {
	const questions = shuffled(placeboQuestions, random);
	const { written } = taskKind(set.kind);
	return shuffled(placeboRules, random).map(({ when, rule }, index) => {
		const drawn = pick(train, random);
		const { answer } = drawn;
		// An answer that needs its question to be whole, as the rest of a function does, is whole here, too.
		const solution = written?.(drawn, set);
		const text = set.answerSpace ? answer : rule.replace('{answer}', () => (written ? 'the usual way' : answer));
		const question = questions[index] ?? when;
		return blankExperience(`placebo-${index}`, {
			when: { text: when, sources: [] },
			strategy: { text, sources: [] },
			cases: [{ id: 'case', question, answer, solution, outcome: 'correct', sources: [] }],
		});
	});
}

/** Takes the experience whose question is nearest in length, of the first few: the choice stays random. */
function takeClosest(pool: Experience[], length: number): Experience {
	const distance = (experience: Experience) => Math.abs((experience.cases[0]?.question.length ?? 0) - length);
	const closest = pool.slice(0, 6).sort((a, b) => distance(a) - distance(b))[0];
	if (!closest) throw new RangeError('No unrelated questions are left for the placebo arm.');
	pool.splice(pool.indexOf(closest), 1);
	return closest;
}

function pick<T>(items: readonly T[], random: () => number): T {
	const item = items[Math.floor(random() * items.length)];
	if (item === undefined) throw new RangeError('Nothing to pick from: the train split is empty.');
	return item;
}
