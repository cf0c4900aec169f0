/** What a run remembers of itself, so that it can go on after any kill: the port, and its in-memory twin. */
import type { Experience } from '../experience/experience.js';
import type { UseRecord } from '../experience/store.js';
import type { ChatMessage } from '../models/chatModel.js';
import type { Verdict } from '../tasks/task.js';
import type { RunEvent } from './events.js';

/** One attempt as it is written: a line of `rollouts.jsonl`. */
export interface RolloutLine {
	readonly problem: string;
	readonly epoch: number;
	readonly rollout: number;
	readonly round: number;
	readonly arm?: string | undefined;
	readonly messages: readonly ChatMessage[];
	readonly text: string;
	readonly answer: string | undefined;
	readonly verdict: Verdict;
	/** Where the kind grades by degree. */
	readonly score?: number | undefined;
	readonly advice?: string | undefined;
	readonly retrieved: readonly string[];
}

/** What came of the lesson that one problem taught. */
export type LessonOutcome =
	| { readonly kept: true; readonly mended?: string | undefined }
	| { readonly kept: false; readonly reason: string };

/** A problem that was explored to its end in one epoch: all that the update needs. */
export interface ProblemRecord {
	readonly problem: string;
	readonly epoch: number;
	readonly firstAttempt: boolean;
	readonly solved: boolean;
	/** Absent where nothing was to be learned. */
	readonly candidate?: Experience | undefined;
	/** Absent where no lesson was asked for. */
	readonly lesson?: LessonOutcome | undefined;
	readonly uses: readonly ({ readonly id: string } & UseRecord)[];
	/** What was found, by the coin that withheld some of it; absent where nothing is withheld. */
	readonly drawn?: { readonly given: readonly string[]; readonly withheld: readonly string[] } | undefined;
}

/** What the updater did with a problem's candidate. */
export interface UpdateRecord {
	readonly problem: string;
	readonly epoch: number;
	readonly op: 'insert' | 'merge' | 'discard' | 'none';
	readonly id: string;
	readonly rev: number;
	readonly reason: string;
}

/** One answer in a benchmark: of an arm, with a seed, the so many-th of its samples. */
export interface SampleRecord {
	readonly arm: string;
	readonly problem: string;
	readonly seed: number;
	/** From 0; absent in the only or first sample. */
	readonly sample?: number | undefined;
	readonly verdict: Verdict;
	/** Where the kind grades by degree. */
	readonly score?: number | undefined;
	readonly answer: string | undefined;
	/** The one writing of the answer, where the kind has another one than the answer itself. */
	readonly canonical?: string | undefined;
	readonly tokensIn: number;
	readonly tokensOut: number;
	readonly ms: number;
	/** Ids of the experiences in the prompt. */
	readonly retrieved: readonly string[];
}

export interface RunLog {
	/** Number that the next event gets. */
	readonly nextSeq: number;
	problem(epoch: number, problem: string): ProblemRecord | undefined;
	update(epoch: number, problem: string): UpdateRecord | undefined;
	/** Whether it holds this sample, from 0, of an arm's answers to a problem. */
	hasSample(arm: string, problem: string, seed: number, sample: number): boolean;
	/** Every answer, in the order in which they came; read anew each time, so that they need not lie in memory. */
	samples(): Iterable<SampleRecord>;
	/** Whether its events hold the evaluation after so many epochs. */
	evaluated(epochs: number): boolean;
	/** Written soon; an event may be lost with a killed process, never half-written. */
	event(event: RunEvent): void;
	/** Durable when they resolve. */
	addProblem(record: ProblemRecord, rollouts: readonly RolloutLine[]): Promise<void>;
	addUpdate(record: UpdateRecord): Promise<void>;
	addSample(record: SampleRecord, rollout?: RolloutLine): Promise<void>;
	close(): Promise<void>;
}

/** The records of a run, by what they are about; shared by every implementation of the port. */
export class RunRecords {
	private readonly problems = new Map<string, ProblemRecord>();
	private readonly updates = new Map<string, UpdateRecord>();
	/** Their keys alone: a benchmark of many problems would not fit. */
	private readonly answered = new Set<string>();
	private readonly evaluations = new Set<number>();

	problem(epoch: number, problem: string): ProblemRecord | undefined {
		return this.problems.get(`${epoch}/${problem}`);
	}
	update(epoch: number, problem: string): UpdateRecord | undefined {
		return this.updates.get(`${epoch}/${problem}`);
	}
	hasSample(arm: string, problem: string, seed: number, sample: number): boolean {
		return this.answered.has(sampleKey({ arm, problem, seed, sample }));
	}
	evaluated(epochs: number): boolean {
		return this.evaluations.has(epochs);
	}
	setProblem(record: ProblemRecord): void {
		this.problems.set(`${record.epoch}/${record.problem}`, record);
	}
	setUpdate(record: UpdateRecord): void {
		this.updates.set(`${record.epoch}/${record.problem}`, record);
	}
	noteSample(record: SampleRecord): void {
		this.answered.add(sampleKey(record));
	}
	/** Of an event that is its own record. */
	noteEvent(event: RunEvent): void {
		if (event.type === 'evaluated') this.evaluations.add(event.epoch);
	}
	allProblems(): readonly ProblemRecord[] {
		return [...this.problems.values()];
	}
	allUpdates(): readonly UpdateRecord[] {
		return [...this.updates.values()];
	}
}

/** What tells one answer of a run from every other. */
export function sampleKey({
	arm,
	problem,
	seed,
	sample = 0,
}: Pick<SampleRecord, 'arm' | 'problem' | 'seed' | 'sample'>): string {
	return `${arm}/${seed}/${sample}/${problem}`;
}

/** A run log that lives as long as its process: for tests, and for runs that nobody wants to keep. */
export class MemoryRunLog extends RunRecords implements RunLog {
	readonly events: RunEvent[] = [];
	readonly rollouts: RolloutLine[] = [];
	private readonly kept: SampleRecord[] = [];

	get nextSeq(): number {
		return this.events.length;
	}
	event(event: RunEvent): void {
		this.events.push(event);
		this.noteEvent(event);
	}
	async addProblem(record: ProblemRecord, rollouts: readonly RolloutLine[]): Promise<void> {
		this.rollouts.push(...rollouts);
		this.setProblem(record);
	}
	async addUpdate(record: UpdateRecord): Promise<void> {
		this.setUpdate(record);
	}
	async addSample(record: SampleRecord, rollout?: RolloutLine): Promise<void> {
		if (rollout) this.rollouts.push(rollout);
		this.kept.push(record);
		this.noteSample(record);
	}
	samples(): Iterable<SampleRecord> {
		return this.kept;
	}
	async close(): Promise<void> {}
}
