/** A benchmark: every arm on the same problems, paired, resumable answer by answer. */
import { Actor } from '../learning/actor.js';
import { mapConcurrently } from '../learning/mapConcurrently.js';
import type { RunLog, SampleRecord } from '../learning/runLog.js';
import type { RunStream } from '../learning/runStream.js';
import type { ModelCalls } from '../models/modelCalls.js';
import { hashSeed } from '../random.js';
import type { GraderPorts, Problem, ProblemSet, TaskKind } from '../tasks/task.js';
import type { Arm, ArmInput } from './arms.js';

/** One arm with one seed: for `flex` the seed of the training run behind its library. */
export interface BenchmarkCell {
	readonly arm: Arm;
	readonly seed: number;
}

export interface BenchmarkPorts {
	readonly set: ProblemSet;
	readonly kind: TaskKind;
	readonly problems: readonly Problem[];
	readonly graders: GraderPorts;
	readonly calls: ModelCalls;
	readonly log: RunLog;
	readonly stream: RunStream;
	/** Milliseconds, monotonic. */
	readonly now: () => number;
}

export interface BenchmarkOptions {
	readonly maxAnswerTokens: number;
	/** Answers to a problem in each arm that asks a model, with a temperature where they are several. */
	readonly sampling: Sampling;
	readonly concurrency: number;
	/** Steps in which an arm with tools may call them, at most. */
	readonly toolSteps: number;
}

export interface Sampling {
	readonly samples: number;
	readonly temperature: number;
}

/** One answer a problem, always the same. */
export const greedy: Sampling = { samples: 1, temperature: 0 };

/** Problems whose prompts lie in memory at once. */
const chunkSize = 256;

/** One answer that is to be given. */
interface Asked {
	readonly problem: Problem;
	readonly input: ArmInput | undefined;
	readonly sample: number;
}

/**
 * Runs the cells one after another, so that a prompt's stable part stays evaluated; what the log holds is not asked
 * again. Answers go to the log and nowhere else: however many problems there are, only a part of them is in memory.
 * @throws {ModelError | BudgetError | LibraryError} the benchmark can be resumed after each of them
 */
export async function runBenchmark(
	ports: BenchmarkPorts,
	cells: readonly BenchmarkCell[],
	options: BenchmarkOptions,
	signal: AbortSignal,
): Promise<void> {
	const actor = new Actor(ports.calls, ports.set, ports.kind, options.maxAnswerTokens);
	for (const cell of cells) {
		for (let start = 0; start < ports.problems.length; start += chunkSize) {
			const open = await openAnswers(ports, cell, ports.problems.slice(start, start + chunkSize), options);
			await mapConcurrently(open, options.concurrency, (asked) =>
				runSample(ports, actor, cell, asked, options, signal),
			);
		}
	}
}

/** What of these problems is still to be answered, with what the arm brings to each. */
async function openAnswers(
	{ log }: BenchmarkPorts,
	{ arm, seed }: BenchmarkCell,
	problems: readonly Problem[],
	{ sampling }: BenchmarkOptions,
): Promise<readonly Asked[]> {
	const missing = (id: string, samples: number): readonly number[] =>
		Array.from({ length: samples }, (_, sample) => sample).filter(
			(sample) => !log.hasSample(arm.name, id, seed, sample),
		);
	const open = problems.filter(({ id }) => missing(id, sampling.samples).length > 0);
	const inputs = open.length > 0 ? await arm.inputs(open) : [];
	return open.flatMap((problem, index) => {
		const input = inputs[index];
		const samples = input?.kind === 'answer' ? 1 : sampling.samples;
		return missing(problem.id, samples).map((sample) => ({ problem, input, sample }));
	});
}

async function runSample(
	ports: BenchmarkPorts,
	actor: Actor,
	cell: BenchmarkCell,
	asked: Asked,
	options: BenchmarkOptions,
	signal: AbortSignal,
): Promise<void> {
	const { log, stream, set, kind, graders, now } = ports;
	const { problem, sample } = asked;
	const arm = cell.arm.name;
	signal.throwIfAborted();
	const started = now();
	const made = await answer(actor, asked, cell, options, signal);
	const grade = await kind.grade(problem, made.attempt, set, graders, signal);
	const record: SampleRecord = {
		arm,
		problem: problem.id,
		seed: cell.seed,
		...(sample > 0 ? { sample } : {}),
		verdict: grade.verdict,
		score: grade.score,
		answer: made.attempt.answer,
		canonical: grade.canonical,
		tokensIn: made.usage.tokensIn,
		tokensOut: made.usage.tokensOut,
		ms: Math.round(now() - started),
		retrieved: made.retrieved,
	};
	const place = { problem: problem.id, epoch: 0, rollout: sample, round: 0, arm };
	await log.addSample(record, {
		...place,
		messages: made.messages,
		text: made.attempt.text,
		answer: made.attempt.answer,
		verdict: grade.verdict,
		score: grade.score,
		retrieved: made.retrieved,
	});
	stream.emit({
		type: 'sample',
		...place,
		seed: cell.seed,
		verdict: grade.verdict,
		score: grade.score,
		answer: record.answer,
	});
}

async function answer(
	actor: Actor,
	{ problem, input, sample }: Asked,
	{ arm, seed }: BenchmarkCell,
	{ sampling, toolSteps }: BenchmarkOptions,
	signal: AbortSignal,
) {
	if (input?.kind === 'answer') {
		const attempt = { text: input.answer ?? '', answer: input.answer };
		return { attempt, messages: [], usage: { tokensIn: 0, tokensOut: 0 }, retrieved: [] };
	}
	const experience = input?.experience;
	const retrieved = new Set(experience?.ids);
	const tools = arm.tools?.(problem, (ids) => {
		for (const id of ids) retrieved.add(id);
	});
	const made = await actor.attempt(
		{
			problem,
			experience,
			kind: input?.named,
			...drawn(sampling, seed, problem.id, sample),
			agent: tools && { tools, steps: toolSteps },
		},
		signal,
	);
	return { ...made, retrieved: [...retrieved] };
}

/** How one answer is asked for: greedy, or one of several that are drawn, each with a seed and a name of its own. */
export function drawn({ samples, temperature }: Sampling, seed: number, problem: string, sample: number) {
	if (samples === 1) return { temperature: 0, seed: hashSeed(seed, problem), sample: 'greedy' };
	return { temperature, seed: hashSeed(seed, problem, sample), sample: `sample.${seed}.${sample}` };
}
