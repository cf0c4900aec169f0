/** What single experiences are worth: dev problems asked again, each time with one experience left out of what was found. */
import { createArm } from '../core/evaluation/arms.js';
import type { RunEvent } from '../core/learning/events.js';
import type { RunConfig } from '../core/learning/runConfig.js';
import type { Ledger } from '../core/models/ledger.js';
import type { ProblemSet } from '../core/tasks/task.js';
import { armOptions, kindNamer, runCells } from './benchRun.js';
import { openRun, type RunPorts, splitProblems } from './openRun.js';
import { armWithout } from './runEvidence.js';

export interface UtilityRequest {
	readonly set: ProblemSet;
	/** The first so many dev problems (0: all). */
	readonly limit: number;
	/** Experiences in question; empty: all that are found, the most frequent first. */
	readonly ids: readonly string[];
	/** Those of which enough is known already. */
	readonly known: ReadonlySet<string>;
}

export interface UtilityRun {
	readonly events: AsyncGenerator<RunEvent, void>;
	readonly ledger: Ledger;
	/** Experiences that were asked about, in order; filled while the run goes on. */
	readonly asked: readonly string[];
}

/** Starts or resumes the run. @throws {TaskError | ModelError | RunFolderError} before the first event */
export async function startUtility(
	ports: RunPorts,
	{ set, limit, ids, known }: UtilityRequest,
	config: RunConfig,
	run: string,
	signal: AbortSignal,
): Promise<UtilityRun> {
	const problems = splitProblems(set, 'dev', limit);
	const record = { split: 'dev', limit };
	const opened = await openRun(ports, {
		...{ kind: 'utility', run, set, config, problems: problems.length, epochs: 0, record },
	});
	const { seed } = config.training;
	const arm = (omit?: string) =>
		createArm(
			'flex',
			{ set, train: [], store: ports.store, nameKind: kindNamer(opened, signal) },
			{ ...armOptions(config, seed, opened), omit },
		);
	const asked: string[] = [];
	const events = opened.follow(signal, async () => {
		await runCells(opened, set, problems, [{ arm: arm(), seed }], config, signal);
		const holders = new Map<string, Set<string>>();
		for (const sample of opened.log.samples()) {
			if (sample.arm !== 'flex') continue;
			for (const id of sample.retrieved) holders.set(id, (holders.get(id) ?? new Set()).add(sample.problem));
		}
		const frequent = [...holders.keys()].sort((a, b) => (holders.get(b)?.size ?? 0) - (holders.get(a)?.size ?? 0));
		const wanted = ids.length > 0 ? ids : frequent.filter((id) => !known.has(id));
		for (const id of wanted) {
			const own = problems.filter((problem) => holders.get(id)?.has(problem.id));
			asked.push(id);
			const cell = { arm: { ...arm(id), name: armWithout(id) }, seed };
			await runCells(opened, set, own, [cell], config, signal);
		}
	});
	return { events, ledger: opened.ledger, asked };
}
