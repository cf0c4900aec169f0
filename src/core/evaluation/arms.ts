/** The arms of a benchmark: what each gives the model beside the task, on the same problems and at the same budget. */
import type { Experience } from '../experience/experience.js';
import { type RenderedExperience, type RenderingOptions, renderExperience } from '../experience/rendering.js';
import type { ExperienceStore, RetrievalLimits } from '../experience/store.js';
import { answerForm } from '../learning/actor.js';
import { queryText } from '../learning/kinds.js';
import { mapConcurrently } from '../learning/mapConcurrently.js';
import { leadingLimit } from '../learning/shownExperience.js';
import { agentTools } from '../learning/tools/agentTools.js';
import type { Tool } from '../learning/tools/tool.js';
import { hashSeed, seededRandom, shuffled } from '../random.js';
import type { Sandbox } from '../tasks/sandbox.js';
import type { Problem, ProblemSet } from '../tasks/task.js';
import { placeboFor } from './placebo.js';
import { asTurns, exampleHit, exampleIndex, similar } from './rawExamples.js';

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
			options.rendering.budgetTokens,
		);
		return problems.map(() => ({ kind: 'prompt', experience }));
	},
	'icl-similar': async (problems, { set, train }, options) => {
		const examples = exampleIndex(set, train);
		return problems.map((problem) => ({
			kind: 'prompt',
			experience: asTurns(
				similar(examples, set, problem, options.iclSimilarShots),
				set,
				options.rendering.budgetTokens,
			),
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

function mostFrequent(values: readonly string[]): string | undefined {
	const counts = new Map<string, number>();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
