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
	readonly temperature: number;
	readonly concurrency: number;
	/** Steps in which an arm with tools may call them, at most. */
	readonly toolSteps: number;
}

/**
 * Runs the cells one after another, so that a prompt's stable part stays evaluated; what the log holds is not asked again.
 * @returns every answer, in order of cells and problems
 * @throws {ModelError | BudgetError | LibraryError} the benchmark can be resumed after each of them
 */
export async function runBenchmark(
	ports: BenchmarkPorts,
	cells: readonly BenchmarkCell[],
	options: BenchmarkOptions,
	signal: AbortSignal,
): Promise<readonly SampleRecord[]> {
	const actor = new Actor(ports.calls, ports.set, ports.kind, options.maxAnswerTokens);
	const samples: SampleRecord[] = [];
	for (const cell of cells) {
		const inputs = await cell.arm.inputs(ports.problems);
		const records = await mapConcurrently(ports.problems, options.concurrency, (problem, index) =>
			runSample(ports, actor, cell, problem, inputs[index], options, signal),
		);
		samples.push(...records);
	}
	return samples;
}

async function runSample(
	ports: BenchmarkPorts,
	actor: Actor,
	cell: BenchmarkCell,
	problem: Problem,
	input: ArmInput | undefined,
	options: BenchmarkOptions,
	signal: AbortSignal,
): Promise<SampleRecord> {
	const { log, stream, set, kind, graders, now } = ports;
	const arm = cell.arm.name;
	const done = log.sample(arm, problem.id, cell.seed);
	if (done) return done;
	signal.throwIfAborted();
	const started = now();
	const made = await answer(actor, problem, input, cell, options, signal);
	const grade = await kind.grade(problem, made.attempt, set, graders, signal);
	const record: SampleRecord = {
		arm,
		problem: problem.id,
		seed: cell.seed,
		verdict: grade.verdict,
		score: grade.score,
		answer: made.attempt.answer,
		tokensIn: made.usage.tokensIn,
		tokensOut: made.usage.tokensOut,
		ms: Math.round(now() - started),
		retrieved: made.retrieved,
	};
	await log.addSample(record, {
		problem: problem.id,
		epoch: 0,
		rollout: 0,
		round: 0,
		arm,
		messages: made.messages,
		text: made.attempt.text,
		answer: made.attempt.answer,
		verdict: grade.verdict,
		retrieved: made.retrieved,
	});
	const place = { problem: problem.id, epoch: 0, rollout: 0, round: 0, arm };
	stream.emit({
		type: 'sample',
		...place,
		seed: cell.seed,
		verdict: grade.verdict,
		score: grade.score,
		answer: record.answer,
	});
	return record;
}

async function answer(
	actor: Actor,
	problem: Problem,
	input: ArmInput | undefined,
	{ arm, seed }: BenchmarkCell,
	options: BenchmarkOptions,
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
			temperature: options.temperature,
			seed: hashSeed(seed, problem.id),
			sample: options.temperature === 0 ? 'greedy' : `sample.${seed}`,
			agent: tools && { tools, steps: options.toolSteps },
		},
		signal,
	);
	return { ...made, retrieved: [...retrieved] };
}
