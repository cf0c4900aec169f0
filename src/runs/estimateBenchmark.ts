/** What a benchmark will take: every arm's prompts are put together as in the run, only nobody is asked. */

import { type ArmInput, type ArmName, createArm, usesLibrary } from '../core/evaluation/arms.js';
import { drawn, type Sampling } from '../core/evaluation/benchmark.js';
import type { Experience } from '../core/experience/experience.js';
import { Actor, answersDirectly } from '../core/learning/actor.js';
import type { RunConfig } from '../core/learning/runConfig.js';
import { canonicalJson } from '../core/models/canonicalJson.js';
import type { ChatRequest } from '../core/models/chatModel.js';
import type { ModelCalls } from '../core/models/modelCalls.js';
import { estimatePrompt } from '../core/models/tokenEstimate.js';
import { taskKind } from '../core/tasks/registry.js';
import type { Problem, ProblemSet } from '../core/tasks/task.js';
import { armOptions, type BenchRequest, librariesOf } from './benchRun.js';
import { CallSizes } from './callSizes.js';
import { type Estimate, estimateOf, type Likely, type ModelFacts, type RoleFacts, type Work } from './estimate.js';
import { splitProblems, withinContext } from './openRun.js';
import type { PastCalls } from './pastCalls.js';

export interface BenchmarkToEstimate {
	readonly request: BenchRequest;
	readonly config: RunConfig;
	/** Facts of the models, where they are known; without them the ranges are wider. */
	readonly models?: RoleFacts | undefined;
	/** What past runs of these models tell; without it there is no time, and no likely value but for labels. */
	readonly past?: PastCalls | undefined;
}

/**
 * The estimate of a benchmark. Its libraries are searched as the run will search them; where experience is found by the
 * kind that a model names, by the question instead, and the range is wider. Equal prompts are one call.
 * @throws {TaskError | LibraryError}
 */
export async function estimateBenchmark(benchmark: BenchmarkToEstimate): Promise<Estimate> {
	const { request, config, models, past } = benchmark;
	const problems = splitProblems(request.set, request.split, request.limit);
	const shape = new BenchmarkShape(benchmark, problems, await activeIn(request));
	const cells = request.arms.flatMap((arm) =>
		librariesOf(arm, request).map(({ seed, store }) => ({ arm, seed, store })),
	);
	for (const cell of cells) await shape.add(cell.arm, cell.seed, cell.store);
	return estimateOf(shape.works(cells.length), { kind: 'bench', problems: problems.length, config, models, past });
}

async function activeIn({ libraries }: BenchRequest): Promise<readonly Experience[]> {
	return (await Promise.all(libraries.map(({ store }) => store.list({ statuses: ['active'] })))).flat();
}

type Store = BenchRequest['libraries'][number]['store'];

/** What the answers take; a plain prompt is known, experience that a named kind will find is not. */
interface Answers {
	calls: [number, number];
	tokensIn: [number, number];
	tokensOut: [number, number];
	likelyIn: number;
	/** With tools it is the model that decides how often it is called. */
	open: boolean;
}

class BenchmarkShape {
	private readonly sizes: CallSizes;
	private readonly dry: DryActor;
	private readonly asked = new Set<string>();
	private readonly answers: Answers = { calls: [0, 0], tokensIn: [0, 0], tokensOut: [0, 0], likelyIn: 0, open: false };
	private readonly set: ProblemSet;
	private names = false;

	constructor(
		private readonly benchmark: BenchmarkToEstimate,
		private readonly problems: readonly Problem[],
		library: readonly Experience[],
	) {
		const { config, models, past, request } = benchmark;
		this.set = request.set;
		this.sizes = new CallSizes({ set: request.set, problems, config, models, past, library });
		this.dry = new DryActor(request.set, config, models?.actor);
	}

	/** The calls of one arm with one library. */
	async add(name: ArmName, seed: number, store: Store): Promise<void> {
		const { config, models, request } = this.benchmark;
		const contextTokens = models?.actor?.contextTokens;
		const rendering = contextTokens === undefined ? config.retrieval : withinContext(config.retrieval, contextTokens);
		const train = splitProblems(request.set, 'train', config.training.limit);
		const named = rendering.named && usesLibrary(name);
		this.names ||= named;
		const ports = { set: this.set, train, store, nameKind: async () => undefined };
		const options = armOptions(config, seed, { rendering, concurrency: 1 });
		const inputs = await createArm(promptsOf[name] ?? name, ports, options).inputs(this.problems);
		for (const [index, problem] of this.problems.entries()) {
			const input = inputs[index];
			if (input?.kind === 'prompt') await this.addAnswer(name, seed, problem, input, named);
		}
	}

	works(cells: number): readonly Work[] {
		const { calls, tokensIn, tokensOut } = this.answers;
		const actor: Work = { role: 'actor', calls, tokensIn, tokensOut, likely: this.likely() };
		const distinct = new Set(this.problems.map(({ question }) => question)).size;
		const kinds = this.names ? [this.sizes.naming('actor', this.problems, [distinct, distinct * 2])] : [];
		const answers = this.problems.length * cells * this.benchmark.config.evaluation.samples;
		const judged = this.set.kind === 'judge' ? [this.sizes.judging(this.problems, answers, answers)] : [];
		return [actor, ...kinds, ...judged];
	}

	private async addAnswer(
		name: ArmName,
		seed: number,
		problem: Problem,
		{ experience }: Extract<ArmInput, { kind: 'prompt' }>,
		named: boolean,
	): Promise<void> {
		const { answers, sizes } = this;
		const { margin } = sizes;
		const { samples } = this.benchmark.config.evaluation;
		const request = await this.dry.request(problem, experience, seed, this.benchmark.config.evaluation);
		const tools = name in promptsOf;
		const key = canonicalJson(tools ? { name, request } : request);
		if (this.asked.has(key)) return;
		this.asked.add(key);
		const read = estimatePrompt(request.messages);
		const bare = named ? Math.min(read, sizes.leastPrompt(problem.question)) : read;
		const shown = experience?.tokens ?? 0;
		const most = named ? read - shown + Math.max(sizes.shown, shown * 1.5) : read;
		const steps = tools ? this.toolSteps(most * margin.high) : undefined;
		answers.calls[0] += samples;
		answers.calls[1] += samples * (steps?.calls ?? 1);
		answers.tokensIn[0] += samples * bare * margin.low;
		answers.tokensIn[1] += samples * (steps?.tokensIn ?? sizes.within('actor', most * margin.high));
		answers.tokensOut[0] += samples * sizes.answer[0];
		answers.tokensOut[1] += samples * (steps?.tokensOut ?? sizes.answer[1]);
		answers.likelyIn += samples * read;
		answers.open ||= tools;
	}

	/** Every step a tool call with a long observation, and the answer demanded at the end. */
	private toolSteps(prompt: number): { readonly calls: number; readonly tokensIn: number; readonly tokensOut: number } {
		const { toolSteps, maxAnswerTokens } = this.benchmark.config.training;
		const written = Math.max(maxAnswerTokens, stepTokens);
		const calls = toolSteps + 1;
		const each = Array.from({ length: calls }, (_, step) =>
			this.sizes.within('actor', prompt + toolTokens + step * (written + observedTokens)),
		);
		return { calls, tokensIn: each.reduce((sum, tokens) => sum + tokens, 0), tokensOut: calls * written };
	}

	private likely(): Likely | undefined {
		const { calls, likelyIn, open } = this.answers;
		const { past, models } = this.benchmark;
		const label = answersDirectly(this.set) && models?.actor?.supports.choices === true ? 2 : undefined;
		const each = past?.perCall.actor?.tokensOut ?? label;
		if (open || each === undefined) return undefined;
		return { calls: calls[0], tokensIn: likelyIn, tokensOut: calls[0] * each };
	}
}

/** Arms with tools begin with the prompt of another one. */
const promptsOf: Readonly<Partial<Record<ArmName, ArmName>>> = { agent: 'llm', 'flex-agent': 'flex' };

/** What a tool brings back at most in one step, in tokens: four calls of 800. */
const observedTokens = 3200;
/** Tokens that a step may write in any case. */
const stepTokens = 400;
/** Tokens of what is said of the tools. */
const toolTokens = 900;

/** Puts the actor's requests together without asking anybody. */
class DryActor {
	private readonly actor: Actor;
	private last: ChatRequest = { messages: [] };

	constructor(set: ProblemSet, config: RunConfig, facts: ModelFacts | undefined) {
		const calls: ModelCalls = {
			model: {
				...(facts ?? unknownModel),
				identity: '',
				complete: () => Promise.reject(new Error('Nobody is asked for an estimate.')),
				close: async () => {},
			},
			complete: async (request) => {
				this.last = request;
				const usage = { tokensIn: 0, tokensOut: 0 };
				return { text: '', toolCalls: [], usage, finish: 'stop', cached: false };
			},
		};
		this.actor = new Actor(calls, set, taskKind(set.kind), config.training.maxAnswerTokens);
	}

	/** As a benchmark asks it (see `runBenchmark`). */
	async request(
		problem: Problem,
		experience: Extract<ArmInput, { kind: 'prompt' }>['experience'],
		seed: number,
		sampling: Sampling,
	): Promise<ChatRequest> {
		await this.actor.attempt({ problem, experience, ...drawn(sampling, seed, problem.id, 0) }, never);
		return this.last;
	}
}

const never = new AbortController().signal;

const unknownModel: ModelFacts = {
	id: '',
	contextTokens: Number.MAX_SAFE_INTEGER,
	supports: { tools: false, schema: false, choices: false, seed: false, system: true },
	concurrency: 1,
};
