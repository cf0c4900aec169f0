/** `gate.json` in a run's folder: states of the library with what each solved of `dev`, and which of them passed. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { runIds } from './runSummary.js';

const stateSchema = v.object({
	/** Epochs finished, in a training; 0 elsewhere. */
	epochs: v.number(),
	/** Revision by experience. */
	library: v.array(v.tuple([v.string(), v.number()])),
	/** Whether each problem was solved. */
	solved: v.array(v.tuple([v.string(), v.boolean()])),
});

const fileSchema = v.object({
	v: v.literal(1),
	set: v.string(),
	/** Of the split. */
	sha256: v.string(),
	/** Hash of the model. */
	model: v.string(),
	states: v.array(stateSchema),
	/** Which of the states passed last; absent where none did. */
	passing: v.optional(v.number()),
	/** What a rollback changed, to be taken back. */
	undo: v.optional(v.array(v.object({ id: v.string(), to: v.number(), rev: v.number() }))),
});

export type GateState = v.InferOutput<typeof stateSchema>;
export type GateFile = v.InferOutput<typeof fileSchema>;

/** What states must share to be compared. */
export type GateSubject = Pick<GateFile, 'set' | 'sha256' | 'model'>;

const fileName = 'gate.json';

/** Undefined where there is none, or none of this version. */
export function readGate(folder: string): GateFile | undefined {
	const file = join(folder, fileName);
	if (!existsSync(file)) return undefined;
	try {
		const parsed = v.safeParse(fileSchema, JSON.parse(readFileSync(file, 'utf8')));
		return parsed.success ? parsed.output : undefined;
	} catch {
		// Half-written by a crash: what it recorded is asked again.
		return undefined;
	}
}

export function writeGate(folder: string, gate: GateFile): void {
	writeFileSync(join(folder, fileName), `${JSON.stringify(gate)}\n`);
}

/** The newest state that passed, of any run but `except`. */
export function lastPassing(runs: string, subject: GateSubject, except: string): GateState | undefined {
	for (const id of runIds(runs)) {
		if (id === except) continue;
		const gate = readGate(join(runs, id));
		const same = gate?.set === subject.set && gate.sha256 === subject.sha256 && gate.model === subject.model;
		if (!same || gate.passing === undefined) continue;
		const state = gate.states[gate.passing];
		if (state) return state;
	}
	return undefined;
}

/** The newest run whose rollback can be taken back. */
export function lastRollback(runs: string, set: string): { readonly run: string; readonly gate: GateFile } | undefined {
	for (const run of runIds(runs)) {
		const gate = readGate(join(runs, run));
		if (gate?.set === set && gate.undo && gate.undo.length > 0) return { run, gate };
	}
	return undefined;
}
