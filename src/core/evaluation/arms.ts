/** The arms of a benchmark: what each gives the model beside the task, on the same problems and at the same budget. */
import { blankExperience, type Experience } from '../experience/experience.js';
import { type RenderedExperience, type RenderingOptions, renderExperience } from '../experience/rendering.js';
import type { ExperienceStore, RetrievalLimits, SearchHit } from '../experience/store.js';
import { answerForm } from '../learning/actor.js';
import { queryText } from '../learning/kinds.js';
import { mapConcurrently } from '../learning/mapConcurrently.js';
import { leadingLimit } from '../learning/shownExperience.js';
import { agentTools } from '../learning/tools/agentTools.js';
import type { Tool } from '../learning/tools/tool.js';
import { estimateTokens } from '../models/tokenEstimate.js';
import { hashSeed, seededRandom, shuffled } from '../random.js';
import { StagedRetriever } from '../retrieval/retriever.js';
import type { Sandbox } from '../tasks/sandbox.js';
import type { Problem, ProblemSet } from '../tasks/task.js';
import { placeboQuestions, placeboRules } from './placeboTexts.js';

/**
 * `nearest` and `majority` ask no model; `flex` is the library; every other arm is what it must beat. `agent` has tools
 * and no experience; `flex-agent` has experience before and during its reasoning with the same tools.
 */
export const armNames = [
	'majority',
	'nearest',
	'llm',
	'icl',
	'icl-similar',
	'placebo',
	'flex',
	'agent',
	'flex-agent',
] as const;
export type ArmName = (typeof armNames)[number];

const libraryArms: readonly ArmName[] = ['placebo', 'flex', 'flex-agent'];

/** Whether an arm looks into the library, so that it runs once for each training seed. */
export function usesLibrary(name: ArmName): boolean {
	return libraryArms.includes(name);
}

/** Answers of an arm to one problem with one seed, where so many are drawn: what asks no model answers once. */
export function answersPerProblem(name: string, samples: number): number {
	return name === 'majority' || name === 'nearest' ? 1 : samples;
}

/** What an arm brings to one problem: an answer without any model, or what stands in the prompt. */
export type ArmInput =
	| { readonly kind: 'answer'; readonly answer: string | undefined }
	| {
			readonly kind: 'prompt';
			readonly experience: RenderedExperience | undefined;
			readonly named?: string | undefined;
	  };

export interface Arm {
	/** Keeps its answers apart in a run: the arm's name, with more where one arm runs in several ways. */
	readonly name: string;
	/** Inputs for all problems, in their order. */
	inputs(problems: readonly Problem[]): Promise<readonly ArmInput[]>;
	/** What may be called while reasoning on `problem`; `onShown` gets the ids of the experiences that it brings up. */
	readonly tools?: ArmTools | undefined;
}

export type ArmTools = (problem: Problem, onShown: (ids: readonly string[]) => void) => readonly Tool[];

export interface ArmOptions {
	readonly seed: number;
	readonly retrieval: RetrievalLimits;
	/** Of `flex` and of its placebo. */
	readonly rendering: RenderingOptions;
	/** Left out of whatever is found, to see what it is worth. */
	readonly omit?: string | undefined;
	/** Turns of `icl`; the same for every problem. */
	readonly iclShots: number;
	/** Turns of `icl-similar` at most, within the same token budget as `flex`. */
	readonly iclSimilarShots: number;
	/** Calls at once while kinds are named. */
	readonly concurrency: number;
}

export interface ArmPorts {
	readonly set: ProblemSet;
	/** What the library was trained on: raw examples for `icl`, `icl-similar` and `nearest`. */
	readonly train: readonly Problem[];
	readonly store: ExperienceStore;
	/** Names the kind of a problem, for experience that is found by it. */
	readonly nameKind: (problem: Problem) => Promise<string | undefined>;
	/** Where the agents' code runs. */
	readonly sandbox?: Sandbox | undefined;
}

/** @throws {TaskError} `missing-port` where an agent has no sandbox */
export function createArm(name: ArmName, ports: ArmPorts, options: ArmOptions): Arm {
	return {
		name,
		inputs: (problems) => builders[name](problems, ports, options),
		tools: toolsOf(name, ports, options),
	};
}

function toolsOf(name: ArmName, { set, store, sandbox }: ArmPorts, { retrieval }: ArmOptions): ArmTools | undefined {
	if (name !== 'agent' && name !== 'flex-agent') return undefined;
	const plain = agentTools({ sandbox });
	if (name === 'agent') return () => plain;
	return ({ id, question }, onShown) => {
		const exclude = { set: set.name, problem: id, question };
		return agentTools({ sandbox, experience: { store, limits: retrieval, exclude, onShown } });
	};
}

type Builder = (problems: readonly Problem[], ports: ArmPorts, options: ArmOptions) => Promise<readonly ArmInput[]>;

const builders: Readonly<Record<ArmName, Builder>> = {
	majority: async (problems, { train }) => {
		const answer = mostFrequent(train.map((problem) => problem.answer));
		return problems.map(() => ({ kind: 'answer', answer }));
	},
	nearest: async (problems, { set, train }) => {
		const examples = exampleIndex(set, train);
		return problems.map((problem) => ({
			kind: 'answer',
			answer: similar(examples, set, problem, 1)[0]?.experience.cases[0]?.answer,
		}));
	},
	llm: async (problems) => problems.map(() => ({ kind: 'prompt', experience: undefined })),
	icl: async (problems, { set, train }, options) => {
		const chosen = shuffled(train, seededRandom(hashSeed(options.seed, 'icl'))).slice(0, options.iclShots);
		const experience = asTurns(
			chosen.map((problem) => exampleHit(set, problem)),
			set,
			options,
		);
		return problems.map(() => ({ kind: 'prompt', experience }));
	},
	'icl-similar': async (problems, { set, train }, options) => {
		const examples = exampleIndex(set, train);
		return problems.map((problem) => ({
			kind: 'prompt',
			experience: asTurns(similar(examples, set, problem, options.iclSimilarShots), set, options),
		}));
	},
	placebo: async (problems, ports, options) => {
		const real = await flexInputs(problems, ports, options);
		return real.map(({ experience, named }, index) => ({
			kind: 'prompt',
			experience: placeboFor(experience, problems[index]?.id ?? '', ports, options),
			named,
		}));
	},
	flex: async (problems, ports, options) => {
		const inputs = await flexInputs(problems, ports, options);
		return inputs.map((input) => ({ kind: 'prompt', ...input }));
	},
	agent: (problems, ports, options) => builders.llm(problems, ports, options),
	'flex-agent': (problems, ports, options) => builders.flex(problems, ports, options),
};

interface FlexInput {
	readonly experience: RenderedExperience;
	readonly named: string | undefined;
}

/** What the library gives each problem; what the problem itself taught is left out. */
async function flexInputs(
	problems: readonly Problem[],
	{ set, store, nameKind }: ArmPorts,
	options: ArmOptions,
): Promise<readonly FlexInput[]> {
	const isGiven = ({ id }: Experience): boolean => id !== options.omit;
	const leading = options.rendering.prefixTokens > 0 ? (await store.leading(leadingLimit)).filter(isGiven) : [];
	const kinds = await mapConcurrently(problems, options.concurrency, (problem) =>
		options.rendering.named ? nameKind(problem) : Promise.resolve(undefined),
	);
	const results = await store.search(
		problems.map((problem, index) => ({
			text: queryText(problem.question, kinds[index]),
			limits: options.retrieval,
			exclude: { set: set.name, problem: problem.id, question: problem.question },
		})),
	);
	return results.map(({ hits }, index) => ({
		experience: renderExperience(
			leading,
			hits.filter(({ experience }) => isGiven(experience)),
			options.rendering,
			answerForm(set),
		),
		named: kinds[index],
	}));
}

/** Raw train problems behind the same retriever, each an experience that is only its case. */
function exampleIndex(set: ProblemSet, train: readonly Problem[]): StagedRetriever {
	const index = new StagedRetriever();
	for (const problem of train) index.put(example(set, problem));
	return index;
}

function similar(index: StagedRetriever, set: ProblemSet, problem: Problem, shots: number): readonly SearchHit[] {
	return index.search({
		text: problem.question,
		limits: { experiences: shots, patterns: 0, cases: shots, minMatch: 0 },
		exclude: { set: set.name, problem: problem.id, question: problem.question },
	}).hits;
}

function asTurns(hits: readonly SearchHit[], set: ProblemSet, options: ArmOptions): RenderedExperience {
	const { budgetTokens } = options.rendering;
	return renderExperience(
		[],
		hits,
		{ style: 'turns', budgetTokens, prefixTokens: 0, leadingCases: 0, named: false },
		answerForm(set),
	);
}

function example(set: ProblemSet, problem: Problem): Experience {
	return blankExperience(problem.id, {
		cases: [
			{
				id: 'case',
				question: problem.question.trim(),
				answer: problem.answer,
				solution: problem.solution,
				outcome: 'correct',
				sources: [{ set: set.name, problem: problem.id }],
			},
		],
	});
}

function exampleHit(set: ProblemSet, problem: Problem): SearchHit {
	return hitOf(example(set, problem));
}

function hitOf(experience: Experience): SearchHit {
	return { experience, score: 0, match: 0, terms: [], patterns: [], cases: ['case'], strategy: true };
}

/**
 * Unrelated experience of the same form and length as `real`: as many turns and rules, rendered by the same code, with
 * answers drawn as often as they stand in train.
 */
function placeboFor(
	real: RenderedExperience,
	problem: string,
	ports: ArmPorts,
	options: ArmOptions,
): RenderedExperience {
	const { set, train } = ports;
	const answers = train.map((item) => item.answer);
	const fixed = seededRandom(hashSeed(options.seed, 'placebo'));
	const own = seededRandom(hashSeed(options.seed, 'placebo', problem));
	const leading = placeboExperiences(set, answers, fixed).slice(
		0,
		Math.max(real.ruleCount, options.rendering.leadingCases),
	);
	const retrieved = real.turns.filter((turn) => turn.role === 'user').slice(real.leadingTurns);
	const pool = placeboExperiences(set, answers, own);
	const hits = retrieved.map((turn) => hitOf(takeClosest(pool, turn.content.length))).reverse();
	const turnTokens = retrieved.reduce((sum, turn) => sum + estimateTokens(turn.content), 0);
	// All of its rules lead, so they need the room that retrieved rules took as well.
	const prefixTokens = Math.max(options.rendering.prefixTokens, options.rendering.budgetTokens - turnTokens);
	const rendering = real.ruleCount > 0 ? { ...options.rendering, prefixTokens } : options.rendering;
	return renderExperience(leading, hits, rendering, answerForm(set));
}

/** The shipped unrelated rules and questions as experiences, with answers drawn from train. */
function placeboExperiences(set: ProblemSet, answers: readonly string[], random: () => number): Experience[] {
	const questions = shuffled(placeboQuestions, random);
	return shuffled(placeboRules, random).map(({ when, rule }, index) => {
		const answer = pick(answers, random);
		const text = set.answerSpace ? answer : rule.replace('{answer}', answer);
		const question = questions[index] ?? when;
		return blankExperience(`placebo-${index}`, {
			when: { text: when, sources: [] },
			strategy: { text, sources: [] },
			cases: [{ id: 'case', question, answer, outcome: 'correct', sources: [] }],
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

function mostFrequent(values: readonly string[]): string | undefined {
	const counts = new Map<string, number>();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
