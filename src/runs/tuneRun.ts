/** One tuning run: every way of the grid on `dev`, each answer kept as it comes. */
import { createArm } from '../core/evaluation/arms.js';
import { type TuneResult, tuneCandidates } from '../core/evaluation/tune.js';
import type { RunEvent } from '../core/learning/events.js';
import type { RunConfig } from '../core/learning/runConfig.js';
import type { ProblemSet } from '../core/tasks/task.js';
import { armOptions, kindNamer, runCells } from './benchRun.js';
import { openRun, type RunPorts, splitProblems } from './openRun.js';

export interface TuneRun {
	readonly events: AsyncGenerator<RunEvent, void>;
	/** Filled way by way. */
	readonly results: TuneResult[];
}

/** Starts or resumes tuning. @throws {TaskError | ModelError | RunFolderError} before the first event */
export async function startTuning(
	ports: RunPorts,
	set: ProblemSet,
	config: RunConfig,
	limit: number,
	run: string,
	signal: AbortSignal,
): Promise<TuneRun> {
	const problems = splitProblems(set, 'dev', limit);
	const train = splitProblems(set, 'train', config.training.limit);
	const candidates = tuneCandidates(config.retrieval.budgetTokens, config.retrieval.minMatch);
	const record = { split: 'dev', candidates };
	const opened = await openRun(ports, { kind: 'tune', run, set, config, problems: problems.length, epochs: 0, record });
	const results: TuneResult[] = [];
	const events = opened.follow(signal, async () => {
		for (const [index, candidate] of candidates.entries()) {
			const { rendering, retrieval, iclSimilarShots } = candidate;
			const options = {
				...armOptions(config, config.training.seed, opened),
				rendering,
				retrieval,
				iclSimilarShots,
			};
			const arm = createArm(
				candidate.arm,
				{ set, train, store: ports.store, nameKind: kindNamer(opened, signal) },
				options,
			);
			// The way's number stands for the seed, so that the log keeps the ways apart.
			await runCells(opened, set, problems, [{ arm, seed: index }], config, signal);
			const samples = [...opened.log.samples()].filter(({ seed }) => seed === index);
			const solved = samples.filter((sample) => sample.verdict === 'correct').length;
			const tokens = samples.reduce((sum, sample) => sum + sample.tokensIn, 0) / Math.max(1, samples.length);
			results.push({ candidate, n: samples.length, solved, tokens });
		}
	});
	return { events, results };
}
