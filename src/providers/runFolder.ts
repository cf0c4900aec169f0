/** A run's folder `.flex/runs/<ulid>/`: its config, event log and records on disk, with one owner at a time. */
import {
	closeSync,
	fdatasyncSync,
	mkdirSync,
	openSync,
	readFileSync,
	rmSync,
	statSync,
	truncateSync,
	utimesSync,
	writeFileSync,
	writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { RunEvent } from '../core/learning/events.js';
import {
	type ProblemRecord,
	type RolloutLine,
	type RunLog,
	RunRecords,
	type SampleRecord,
	type UpdateRecord,
} from '../core/learning/runLog.js';
import { lineFeed, linesOf } from './jsonLines.js';

/** A line of `rollouts.jsonl`: an attempt, or a record that says what is finished. */
type RecordLine =
	| { readonly type: 'rollout'; readonly rollout: RolloutLine }
	| { readonly type: 'problem'; readonly record: ProblemRecord }
	| { readonly type: 'update'; readonly record: UpdateRecord }
	| { readonly type: 'sample'; readonly record: SampleRecord };

export type RunFolderErrorReason = 'owned' | 'missing' | 'damaged' | 'unwatchable';

/** A run's folder can't be used; `message` says why and what to do. */
export class RunFolderError extends Error {
	override readonly name = 'RunFolderError';
	constructor(
		readonly reason: RunFolderErrorReason,
		message: string,
	) {
		super(message);
	}
}

/** The run's log on disk: records are fsync'd before they count, events are written at once but not waited for. */
export class RunFolder extends RunRecords implements RunLog {
	private seq = 0;
	private readonly events: number;
	private readonly records: number;
	private readonly heartbeat: NodeJS.Timeout;

	/**
	 * Opens or creates the folder and takes ownership.
	 * @throws {RunFolderError} `owned` where a living process has it
	 */
	constructor(readonly folder: string) {
		super();
		mkdirSync(folder, { recursive: true });
		this.takeOwnership();
		for (const name of ['events.jsonl', 'rollouts.jsonl']) cutTornLine(this.path(name));
		for (const line of recordLines(folder)) rememberLine(this, line);
		for (const event of parsedLines<RunEvent>(linesOf(this.path('events.jsonl')))) {
			this.noteEvent(event);
			this.seq = event.seq + 1;
		}
		this.events = openSync(this.path('events.jsonl'), 'a');
		this.records = openSync(this.path('rollouts.jsonl'), 'a');
		this.heartbeat = setInterval(() => beat(this.path('owner.lock')), heartbeatMs).unref();
	}

	get nextSeq(): number {
		return this.seq;
	}

	event(event: RunEvent): void {
		this.seq = event.seq + 1;
		writeSync(this.events, `${JSON.stringify(event)}\n`);
		this.noteEvent(event);
	}

	async addProblem(record: ProblemRecord, rollouts: readonly RolloutLine[]): Promise<void> {
		this.append([...rollouts.map((rollout) => ({ type: 'rollout' as const, rollout })), { type: 'problem', record }]);
		this.setProblem(record);
	}

	async addUpdate(record: UpdateRecord): Promise<void> {
		this.append([{ type: 'update', record }]);
		this.setUpdate(record);
	}

	async addSample(record: SampleRecord, rollout?: RolloutLine): Promise<void> {
		this.append([...(rollout ? [{ type: 'rollout' as const, rollout }] : []), { type: 'sample', record }]);
		this.noteSample(record);
	}

	samples(): Iterable<SampleRecord> {
		return storedSamples(this.folder);
	}

	/** Writes `config.json` or `report.json`, whole or not at all. */
	writeJson(name: 'config.json' | 'report.json', value: unknown): void {
		writeFileSync(this.path(name), `${JSON.stringify(value, null, 2)}\n`);
	}

	async close(): Promise<void> {
		clearInterval(this.heartbeat);
		fdatasyncSync(this.events);
		closeSync(this.events);
		closeSync(this.records);
		rmSync(this.path('owner.lock'), { force: true });
	}

	private path(name: string): string {
		return join(this.folder, name);
	}

	private append(lines: readonly RecordLine[]): void {
		writeSync(this.records, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
		fdatasyncSync(this.records);
	}

	private takeOwnership(): void {
		const file = this.path('owner.lock');
		const owner = { pid: process.pid, host: hostname(), at: new Date().toISOString() };
		for (let attempt = 0; attempt < 2; attempt++) {
			try {
				writeFileSync(file, JSON.stringify(owner), { flag: 'wx' });
				return;
			} catch (error) {
				if (!isExistsError(error)) throw error;
			}
			if (runOwner(this.folder)?.alive) break;
			rmSync(file, { force: true });
		}
		throw new RunFolderError('owned', `Another process is running ${this.folder}; stop it first, or wait for its end.`);
	}
}

/** The records of a run, read without owning its folder. */
export function readRecords(folder: string): RunRecords {
	const records = new RunRecords();
	for (const line of recordLines(folder)) rememberLine(records, line);
	return records;
}

/** The answers in a run's folder, one by one, each time anew from its file. */
export function storedSamples(folder: string): Iterable<SampleRecord> {
	return {
		*[Symbol.iterator]() {
			for (const line of recordLines(folder, 'sample')) if (line.type === 'sample') yield line.record;
		},
	};
}

/** Without the attempts, which hold whole prompts: nobody but a reader of one problem needs them. */
function* recordLines(folder: string, only?: RecordLine['type']): Generator<RecordLine, void> {
	const wanted = only === undefined ? undefined : lineStart(only);
	const attempt = lineStart('rollout');
	const lines = linesOf(join(folder, 'rollouts.jsonl'));
	yield* parsedLines<RecordLine>(lines, (bytes) => (wanted ? startsWith(bytes, wanted) : !startsWith(bytes, attempt)));
}

function lineStart(type: RecordLine['type']): Buffer {
	return Buffer.from(`{"type":"${type}"`);
}

function startsWith(bytes: Buffer, start: Buffer): boolean {
	return bytes.subarray(0, start.length).equals(start);
}

function rememberLine(records: RunRecords, line: RecordLine): void {
	if (line.type === 'problem') records.setProblem(line.record);
	if (line.type === 'update') records.setUpdate(line.record);
	if (line.type === 'sample') records.noteSample(line.record);
}

/** A last line that a killed process left half-written. Only the owner may cut it: to others it may be under way. */
function cutTornLine(file: string): void {
	const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
	if (size === 0) return;
	let end = 0;
	for (const line of linesOf(file)) end += line.length + lineFeed;
	if (end < size) truncateSync(file, end);
}

function* parsedLines<T>(lines: Iterable<Buffer>, wanted: (bytes: Buffer) => boolean = () => true): Generator<T, void> {
	for (const bytes of lines) if (wanted(bytes)) yield* parseLine<T>(bytes.toString('utf8'));
}

function parseLine<T>(line: string): readonly T[] {
	if (line === '') return [];
	try {
		return [JSON.parse(line) as T];
	} catch {
		// A line that a crash of the machine left half-written: what it recorded is done again.
		return [];
	}
}

/** A living owner touches its lock this often; one of another machine is dead when its lock was not touched for long. */
export const heartbeatMs = 5_000;
const longestSilenceMs = 60_000;

function beat(lock: string): void {
	const now = new Date();
	try {
		utimesSync(lock, now, now);
	} catch {
		// The lock was removed by hand: the run goes on, and its records are whole either way.
	}
}

/** Who has a run's folder, or had it when it died. */
export interface RunOwner {
	readonly pid: number;
	readonly host: string;
	readonly alive: boolean;
}

/** The owner of a run's folder; undefined where nobody has it, or its lock can't be read. */
export function runOwner(folder: string): RunOwner | undefined {
	const lock = join(folder, 'owner.lock');
	try {
		const owner: unknown = JSON.parse(readFileSync(lock, 'utf8'));
		if (typeof owner !== 'object' || owner === null || !('pid' in owner) || typeof owner.pid !== 'number')
			return undefined;
		const { pid } = owner;
		const host = 'host' in owner && typeof owner.host === 'string' ? owner.host : hostname();
		if (host !== hostname()) return { pid, host, alive: Date.now() - statSync(lock).mtimeMs < longestSilenceMs };
		return { pid, host, alive: isAlive(pid) };
	} catch {
		return undefined;
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// It lives, and belongs to somebody else.
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}

function isExistsError(error: unknown): boolean {
	return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}
