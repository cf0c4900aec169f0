/** A planned benchmark as a run of this window. */
import { relative } from 'node:path';
import type { ArmName } from '../core/evaluation/arms.js';
import type { Report } from '../core/evaluation/report.js';
import type { ExperienceStore } from '../core/experience/store.js';
import type { Split } from '../core/tasks/task.js';
import type { LiveRun } from './runs.js';
import type { Services } from './services.js';
import { type BeginJob, type JobPlan, startJob } from './startJob.js';

export interface BenchmarkPlan extends JobPlan {
	readonly split: Split;
	readonly arms: readonly ArmName[];
	/** The first so many problems (0: all). */
	readonly limit: number;
	/** Whose experience is used; default: that of the set's folder, with the user's own behind it. */
	readonly library?: { readonly id: string; readonly store: ExperienceStore } | undefined;
	/** Draws what is random: fixed examples and unrelated texts (default 1). */
	readonly seed?: number | undefined;
}

export interface StartedBenchmark {
	readonly run: LiveRun;
	/** Once the run has ended with status `done`. */
	report(): Report | undefined;
}

/** Starts `plan` as the run `id`; goes on with it where there is such a run. @throws {ConfigError} */
export async function startBench(services: Services, plan: BenchmarkPlan, id: string): Promise<StartedBenchmark> {
	const { set, problemSet, split, arms, limit, library, seed = 1 } = plan;
	let report: Report | undefined;
	const begin: BeginJob = async ({ ports: usual, config: settings, opened }, signal) => {
		const [{ startBenchmark }, { writeReport }, { asLearned }, { splitProblems }, { answersPerProblem }] =
			await Promise.all([
				import('../runs/benchRun.js'),
				import('../runs/benchReport.js'),
				import('../runs/learnedLimit.js'),
				import('../runs/openRun.js'),
				import('../core/evaluation/arms.js'),
			]);
		const ports = { ...usual, ...(library && { store: library.store, libraryId: library.id }) };
		const config = await asLearned(settings, set.folder.workspace.flex, problemSet, ports.store);
		const request = { set: problemSet, split, limit, arms, libraries: [{ seed, store: ports.store }] };
		const bench = await startBenchmark(ports, request, config, id, signal);
		const { samples } = config.evaluation;
		const finish = async (): Promise<void> => {
			const command = commandOf(plan, samples);
			const version = String(services.context.extension.packageJSON.version);
			report = (await writeReport({ ports, request, config, run: id, bench, opened, command, version })).report;
		};
		const answers = arms.reduce((sum, arm) => sum + answersPerProblem(arm, samples), 0);
		const total = splitProblems(problemSet, split, limit).length * answers;
		return { events: bench.events, ledger: bench.ledger, total, finish };
	};
	const run = await startJob(services, 'bench', plan, id, begin);
	return { run, report: () => report };
}

/** How somebody else measures the same, from the command line. */
function commandOf({ set, split, arms, limit }: BenchmarkPlan, samples: number): string {
	const folder = relative(set.folder.uri.fsPath, set.uri.fsPath) || '.';
	const part = limit > 0 ? ` --limit ${limit}` : '';
	const drawn = samples > 1 ? ` --samples ${samples}` : '';
	return `flex-learn bench ${folder} --split ${split} --arms ${arms.join()}${part}${drawn}`;
}
