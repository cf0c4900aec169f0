/** The regression gate of a run: asks `dev` in each state of the library, compares with the last one that passed, and rolls back. */
import { join } from 'node:path';
import { createArm } from '../core/evaluation/arms.js';
import { type Regressions, regressions } from '../core/learning/regressions.js';
import type { RunConfig } from '../core/learning/runConfig.js';
import type { Problem, ProblemSet } from '../core/tasks/task.js';
import { splitHash } from './benchReport.js';
import { armOptions, kindNamer, runCells } from './benchRun.js';
import { type GateFile, type GateState, readGate, writeGate } from './gateFile.js';
import { markLibrary, type RolledBack, rollBack } from './libraryRollback.js';
import type { OpenedRun, RunPorts } from './openRun.js';

export interface GateVerdict extends Regressions {
	/** Absent where nothing was rolled back. */
	readonly rolledBack?: RolledBack | undefined;
}

export class Gate {
	private file: GateFile;
	private readonly folder: string;

	constructor(
		private readonly ports: Pick<RunPorts, 'store' | 'workspace'>,
		private readonly opened: OpenedRun,
		private readonly set: ProblemSet,
		private readonly problems: readonly Problem[],
		private readonly config: RunConfig,
		private readonly run: string,
	) {
		this.folder = join(ports.workspace.runs, run);
		const fresh: GateFile = {
			...{ v: 1, set: set.name, sha256: splitHash(set, 'dev'), model: opened.models.actor.identity, states: [] },
		};
		this.file = readGate(this.folder) ?? fresh;
	}

	get subject(): GateFile {
		return this.file;
	}

	/** Asks all problems with the library as it is; what this run knows of that state already is not asked again. */
	async ask(epochs: number, signal: AbortSignal): Promise<GateState> {
		const known = this.file.states.find((state) => state.epochs === epochs);
		if (known) return known;
		const { opened, set, problems, config } = this;
		const { store } = this.ports;
		const { seed } = config.training;
		const ports = { set, train: [], store, nameKind: kindNamer(opened, signal) };
		const arm = { ...createArm('flex', ports, armOptions(config, seed, opened)), name: gateArm(epochs) };
		await runCells(opened, set, problems, [{ arm, seed }], config, signal);
		const state: GateState = {
			epochs,
			library: (await markLibrary(store)).map(([id, rev]) => [id, rev]),
			solved: this.solvedIn(arm.name),
		};
		const right = state.solved.filter(([, solved]) => solved).length;
		const accuracy = right / Math.max(1, state.solved.length);
		opened.stream.emit({ type: 'evaluated', split: 'dev', epoch: epochs, accuracy, n: state.solved.length });
		this.keep({ ...this.file, states: [...this.file.states, state] });
		return state;
	}

	/**
	 * Compares the states of this run in order, each with the last one that passed, and says what the last one lost.
	 * @param earlier the state to begin with; without it the first one of this run passes as it is
	 * @throws {LibraryError}
	 */
	async judge(earlier: GateState | undefined, { allowed, rollback }: GateRules): Promise<GateVerdict> {
		let passing = earlier;
		let place: number | undefined;
		let last = regressions(new Map(), new Map(), allowed);
		for (const [at, state] of this.file.states.entries()) {
			last = regressions(new Map(passing?.solved ?? []), new Map(state.solved), allowed);
			if (!last.passed) continue;
			passing = state;
			place = at;
		}
		// A run that is resumed after its rollback has done it already.
		const rolledBack = !last.passed && rollback && passing && !this.file.undo ? await this.restore(passing) : undefined;
		const undo = rolledBack?.undo.map((one) => ({ ...one }));
		this.keep({ ...this.file, passing: place, ...(undo ? { undo } : {}) });
		const { compared, lost, gained, passed } = last;
		const restored = rolledBack?.undo.length ?? 0;
		this.opened.stream.emit({ type: 'gate', split: 'dev', compared, lost, gained, passed, restored });
		return { ...last, rolledBack };
	}

	private restore(state: GateState): Promise<RolledBack> {
		return rollBack(this.ports.store, state.library, `gate:${this.run}`);
	}

	private solvedIn(arm: string): [string, boolean][] {
		const own = [...this.opened.log.samples()].filter((sample) => sample.arm === arm);
		const right = new Map(own.map(({ problem, verdict }) => [problem, verdict === 'correct']));
		return this.problems.map(({ id }) => [id, right.get(id) ?? false]);
	}

	private keep(file: GateFile): void {
		this.file = file;
		writeGate(this.folder, file);
	}
}

export interface GateRules {
	/** Lost problems that still pass. */
	readonly allowed: number;
	readonly rollback: boolean;
}

function gateArm(epochs: number): string {
	return `gate@${epochs}`;
}
