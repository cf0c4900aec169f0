/** From a command that failed to the same command passing: what failed, and what was changed in between. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { sha256Hex } from '../core/hash.js';
import type { Failure } from '../core/learning/capture/changeMaterial.js';
import { trimFailure } from '../core/learning/capture/failureText.js';
import { redactSecrets } from '../core/redaction.js';
import { dropSnapshot, type Git, GitError } from '../providers/git.js';

/** A failure and its remedy. */
export interface Remedy {
	readonly failure: Failure;
	/** From the files as they were when it first failed, to now; empty where nothing differs. */
	readonly diff: string;
}

const storedSchema = v.object({
	command: v.string(),
	exitCode: v.optional(v.number()),
	output: v.string(),
	at: v.number(),
	tree: v.string(),
	objects: v.string(),
});
type Stored = v.InferOutput<typeof storedSchema>;

/** Milliseconds after which a failure is told anew: between then and now lies more than its remedy. */
const longestWait = 24 * 60 * 60 * 1000;
/** Failures kept at once; the oldest goes. */
const mostKept = 8;
/** Tokens of output that are kept. */
const keptTokens = 3_000;

/** Keeps failures on disk, so that the remedy is recognised by another process, and after a restart. */
export class RedToGreen {
	/** @param folder of failures, `Workspace.failures` */
	constructor(
		private readonly folder: string,
		private readonly git: Git,
		private readonly now: () => number = Date.now,
	) {}

	/** Whether this command failed and has not passed since. */
	isRed(command: string): boolean {
		return this.read(command) !== undefined;
	}

	/**
	 * It failed. Of several failures in a row the first one counts for the files, the last one for the output: what was
	 * tried in between is part of the remedy.
	 * @throws {GitError}
	 */
	async failed(failure: Failure, signal?: AbortSignal): Promise<void> {
		const before = this.read(failure.command);
		const output = redactSecrets(trimFailure(failure.output, keptTokens)).text;
		if (before && this.now() - before.at < longestWait) {
			this.write({ ...before, exitCode: failure.exitCode, output });
			return;
		}
		this.drop(failure.command, before);
		mkdirSync(this.folder, { recursive: true });
		const { tree, objects } = await this.git.snapshot(signal, this.folder);
		const { command, exitCode } = failure;
		this.write({ command, exitCode, output, at: this.now(), tree, objects });
		this.dropOldest();
	}

	/** It passed: the remedy, where it failed before. The failure is forgotten by this. @throws {GitError} */
	async passed(command: string, signal?: AbortSignal): Promise<Remedy | undefined> {
		const stored = this.read(command);
		if (!stored) return undefined;
		const now = await this.git.snapshot(signal);
		try {
			const diff = await this.git.between(stored, now, signal);
			const { exitCode, output } = stored;
			return { failure: { command, exitCode, output }, diff };
		} catch (error) {
			// A picture that can't be read any more can't be read later, either.
			if (error instanceof GitError && error.reason === 'failed') return undefined;
			throw error;
		} finally {
			dropSnapshot(now);
			if (!signal?.aborted) this.drop(command, stored);
		}
	}

	/** Forgets the failure of a command. */
	forget(command: string): void {
		this.drop(command, this.read(command));
	}

	private fileOf(command: string): string {
		return join(this.folder, `${sha256Hex(command).slice(0, 16)}.json`);
	}

	private read(command: string): Stored | undefined {
		const stored = readStored(this.fileOf(command));
		return stored && stored.command === redactedCommand(command) && existsSync(stored.objects) ? stored : undefined;
	}

	private write(stored: Stored): void {
		const command = redactedCommand(stored.command);
		writeFileSync(this.fileOf(stored.command), JSON.stringify({ ...stored, command }), { mode: 0o600 });
	}

	private drop(command: string, stored: Stored | undefined): void {
		if (stored) dropSnapshot(stored);
		rmSync(this.fileOf(command), { force: true });
	}

	private dropOldest(): void {
		const files = readdirSync(this.folder)
			.filter((name) => name.endsWith('.json'))
			.map((name) => join(this.folder, name))
			.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
		for (const file of files.slice(mostKept)) {
			const stored = readStored(file);
			if (stored) dropSnapshot(stored);
			rmSync(file, { force: true });
		}
	}
}

/** What stands on disk of a command line that may hold a password. */
function redactedCommand(command: string): string {
	return redactSecrets(command).text;
}

function readStored(file: string): Stored | undefined {
	try {
		const parsed = v.safeParse(storedSchema, JSON.parse(readFileSync(file, 'utf8')));
		return parsed.success ? parsed.output : undefined;
	} catch {
		return undefined;
	}
}
