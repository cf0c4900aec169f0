/** A planned benchmark as a run of this window. */
import { relative } from 'node:path';
import type { ArmName } from '../core/evaluation/arms.js';
import type { Report } from '../core/evaluation/report.js';
import type { ExperienceStore } from '../core/experience/store.js';
import type { PartialRunConfig } from '../core/learning/runConfig.js';
import type { PauseGate } from '../core/models/pause.js';
import type { ProblemSet, Split } from '../core/tasks/task.js';
import type { FoundSet } from './problemSets.js';
import { configFor, openPorts } from './runPorts.js';
import type { LiveRun, OpenedJob } from './runs.js';
import type { Services } from './services.js';

export interface BenchmarkPlan {
	readonly set: FoundSet;
	readonly problemSet: ProblemSet;
	readonly split: Split;
	readonly arms: readonly ArmName[];
	/** The first so many problems (0: all). */
	readonly limit: number;
	/** Over the user's settings. */
	readonly chosen: PartialRunConfig;
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
	const { set, problemSet, chosen } = plan;
	const { models } = await configFor(services, set.folder, problemSet, chosen);
	let report: Report | undefined;
	const run = services.runs.start({
		id,
		kind: 'bench',
		set: problemSet.name,
		model: models.actor ?? models.default,
		folder: set.folder,
		open: (signal, progress, pause) =>
			open(services, plan, id, signal, progress, pause, (written) => {
				report = written;
			}),
	});
	return { run, report: () => report };
}

async function open(
	services: Services,
	plan: BenchmarkPlan,
	id: string,
	signal: AbortSignal,
	progress: (text: string) => void,
	pause: PauseGate,
	done: (report: Report) => void,
): Promise<OpenedJob> {
	const { set, problemSet, split, arms, limit, chosen, library, seed = 1 } = plan;
	const [{ startBenchmark }, { writeReport }, { asLearned }, { splitProblems }, { answersPerProblem }] =
		await Promise.all([
			import('../runs/benchRun.js'),
			import('../runs/benchReport.js'),
			import('../runs/learnedLimit.js'),
			import('../runs/openRun.js'),
			import('../core/evaluation/arms.js'),
		]);
	const ported = await openPorts(services, set.folder, problemSet, chosen, signal, progress);
	const { opened, close } = ported;
	const other = library && { store: library.store, libraryId: library.id };
	const ports = { ...ported.ports, ...other, pause };
	try {
		const config = await asLearned(ported.config, set.folder.workspace.flex, problemSet, ports.store);
		const request = { set: problemSet, split, limit, arms, libraries: [{ seed, store: ports.store }] };
		const bench = await startBenchmark(ports, request, config, id, signal);
		const { version } = services.context.extension.packageJSON;
		const finish = async (): Promise<void> => {
			const command = commandOf(plan, config.evaluation.samples);
			const input = { ports, request, config, run: id, bench, opened, command, version: String(version) };
			done((await writeReport(input)).report);
		};
		const { samples } = config.evaluation;
		const answers = arms.reduce((sum, arm) => sum + answersPerProblem(arm, samples), 0);
		const total = splitProblems(problemSet, split, limit).length * answers;
		return { events: bench.events, ledger: bench.ledger, total, finish, close };
	} catch (error) {
		await close();
		throw error;
	}
}

/** How somebody else measures the same, from the command line. */
function commandOf({ set, split, arms, limit }: BenchmarkPlan, samples: number): string {
	const folder = relative(set.folder.uri.fsPath, set.uri.fsPath) || '.';
	const part = limit > 0 ? ` --limit ${limit}` : '';
	const drawn = samples > 1 ? ` --samples ${samples}` : '';
	return `flex-learn bench ${folder} --split ${split} --arms ${arms.join()}${part}${drawn}`;
}
