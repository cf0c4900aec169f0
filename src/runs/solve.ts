/** Answers one question outside of any run, with the library or without it: what a model makes of what was learned. */
import { performance } from 'node:perf_hooks';
import type { Experience } from '../core/experience/experience.js';
import { renderExperience } from '../core/experience/rendering.js';
import type { ExperienceStore, SearchHit } from '../core/experience/store.js';
import { Actor, answerForm } from '../core/learning/actor.js';
import { kindOf, queryText } from '../core/learning/kinds.js';
import type { RunConfig } from '../core/learning/runConfig.js';
import { RunStream } from '../core/learning/runStream.js';
import { leadingLimit } from '../core/learning/shownExperience.js';
import { agentTools } from '../core/learning/tools/agentTools.js';
import type { ToolStep } from '../core/learning/tools/workshop.js';
import type { Ledger } from '../core/models/ledger.js';
import type { RequestCache } from '../core/models/requestCache.js';
import type { Chemistry } from '../core/tasks/chemistry.js';
import { taskKind } from '../core/tasks/registry.js';
import type { Sandbox } from '../core/tasks/sandbox.js';
import type { Grade, Problem, ProblemSet, TaskKind } from '../core/tasks/task.js';
import { openAssays } from '../providers/assays.js';
import { judgePort } from './judge.js';
import type { ModelPool } from './modelPool.js';
import { withinContext } from './openRun.js';
import { openRoles } from './roles.js';
import { newUlid } from './ulid.js';

export interface SolvePorts {
	readonly store: ExperienceStore;
	readonly cache: RequestCache;
	readonly pool: ModelPool;
	/** For problems whose answers are code; whoever opened it closes it. */
	readonly sandbox?: Sandbox | undefined;
	/** For problems whose answers are molecules; whoever opened it closes it. */
	readonly chemistry?: Chemistry | undefined;
	/** Of several questions under one cap (default: each question has the whole of it). */
	readonly ledger?: Ledger | undefined;
}

export interface SolveRequest {
	/** Says the task and the form of its answers; absent for a free question. */
	readonly set?: ProblemSet | undefined;
	/** Graded where it is one of the set; a free question has an empty answer. */
	readonly problem: Problem;
	readonly graded: boolean;
	/** One attempt each. */
	readonly withExperience: readonly boolean[];
	/** Lets the model run JavaScript and, with experience, search the library while it thinks. */
	readonly agent?: boolean | undefined;
}

export interface SolveAttempt {
	readonly withExperience: boolean;
	readonly text: string;
	readonly answer: string | undefined;
	readonly grade?: Grade | undefined;
	/** What stood in the prompt of the library, and why. */
	readonly hits: readonly SearchHit[];
	/** What stood in it besides, as in every prompt. */
	readonly leading: readonly Experience[];
	/** What an agent did on the way. */
	readonly steps: readonly ToolStep[];
	readonly tokensIn: number;
	readonly tokensOut: number;
	readonly ms: number;
}

/** @throws {ModelError | BudgetError | TaskError | LibraryError} */
export async function solve(
	{ store, cache, pool, sandbox, chemistry, ledger }: SolvePorts,
	{ set, problem, graded, withExperience, agent = false }: SolveRequest,
	config: RunConfig,
	signal: AbortSignal,
): Promise<readonly SolveAttempt[]> {
	const stream = new RunStream({ run: newUlid(), clock: () => new Date().toISOString(), firstSeq: 0, write: () => {} });
	const { calls, models } = await openRoles(config, pool, cache, stream, { ledger });
	const fitting = withinContext(config.retrieval, models.actor.contextTokens);
	// Whoever asks freely wants to know where an answer comes from; answers of a set have their own form.
	const rendering = set ? fitting : { ...fitting, cited: true };
	const task = set ?? freeSet;
	const kind = set ? taskKind(set.kind) : freeKind;
	if (graded) await kind.prepare?.({ sandbox, chemistry });
	const actor = new Actor(calls.actor, task, kind, config.training.maxAnswerTokens);

	const retrieve = async () => {
		const named = rendering.named ? await kindOf(calls.actor, problem.question, signal) : undefined;
		const leading = rendering.prefixTokens > 0 ? await store.leading(leadingLimit) : [];
		const query = { text: queryText(problem.question, named), limits: config.retrieval };
		const hits = (await store.search([query]))[0]?.hits ?? [];
		const experience = renderExperience(leading, hits, rendering, answerForm(task));
		const shown = new Set(experience.ids);
		const found = hits.filter((hit) => shown.has(hit.experience.id));
		const foundIds = new Set(found.map((hit) => hit.experience.id));
		return {
			named,
			experience,
			hits: found,
			leading: leading.filter(({ id }) => shown.has(id) && !foundIds.has(id)),
		};
	};

	const attempts: SolveAttempt[] = [];
	for (const useLibrary of withExperience) {
		const started = performance.now();
		const found = useLibrary ? await retrieve() : undefined;
		const tools = agent && {
			tools: agentTools({ sandbox, ...(useLibrary && { experience: { store, limits: config.retrieval } }) }),
			steps: config.training.toolSteps,
		};
		const made = await actor.attempt(
			{
				problem,
				experience: found?.experience,
				kind: found?.named,
				...(tools && { agent: tools }),
				temperature: 0,
				seed: 0,
				sample: 'greedy',
			},
			signal,
		);
		const assays = openAssays({ reveal: false });
		const ports = { judge: judgePort(calls.judge), sandbox, chemistry, assays };
		attempts.push({
			withExperience: useLibrary,
			...made.attempt,
			grade: graded ? await kind.grade(problem, made.attempt, task, ports, signal) : undefined,
			hits: found?.hits ?? [],
			leading: found?.leading ?? [],
			steps: made.steps ?? [],
			tokensIn: made.usage.tokensIn,
			tokensOut: made.usage.tokensOut,
			ms: Math.round(performance.now() - started),
		});
	}
	return attempts;
}

/** A free question brings no form for its answer, and nothing to grade it by. */
const freeKind: TaskKind = {
	kind: 'free',
	instructions: () => '',
	extract: (text) => (text.trim() === '' ? undefined : text.trim()),
	grade: async () => ({ verdict: 'invalid', detail: 'A free question has no expected answer.' }),
};

const freeSet: ProblemSet = {
	name: 'question',
	kind: 'free',
	description: 'Answer the question.',
	levels: 'hierarchical',
	grader: {},
	exploration: {},
	rendering: {},
	splits: {},
	sha256: {},
	source: '',
};
