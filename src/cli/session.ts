/** What a command works with: the workspace, its settings, its library, its models; closed together at the end. */
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type ConfigLayer, type PartialRunConfig, type RunConfig, resolveConfig } from '../core/learning/runConfig.js';
import type { Chemistry } from '../core/tasks/chemistry.js';
import type { Sandbox } from '../core/tasks/sandbox.js';
import type { ProblemSet } from '../core/tasks/task.js';
import { type Library, openLibrary } from '../library/library.js';
import { holdsLibrary } from '../library/paths.js';
import { FileRequestCache } from '../providers/fileCache.js';
import { loadProblemSet } from '../providers/problemSets.js';
import { openSandbox } from '../providers/sandbox.js';
import { chemistryFor } from '../runs/installChemistry.js';
import { ModelPool } from '../runs/modelPool.js';
import { Workspace } from '../runs/workspace.js';
import { configLayer } from './configLayer.js';
import { UsageError } from './exitCodes.js';
import { Terminal } from './output.js';
import { printable } from './page.js';

/** Flags that every command takes. */
export interface GlobalFlags {
	readonly workspace?: string;
	readonly json?: boolean;
}

export class Session {
	readonly terminal: Terminal;
	readonly workspace: Workspace;
	private readonly controller = new AbortController();
	private readonly closers: (() => Promise<void>)[] = [];

	constructor(flags: GlobalFlags) {
		this.terminal = new Terminal(flags.json === true);
		this.workspace = flags.workspace ? new Workspace(resolve(flags.workspace)) : Workspace.nearest(process.cwd());
		this.listenForCtrlC();
	}

	/** Aborts at Ctrl-C. */
	get signal(): AbortSignal {
		return this.controller.signal;
	}

	/** Settings: the given layers over `.flex/config.json` over the defaults. @throws {ConfigError} */
	config(flags: PartialRunConfig, below: readonly ConfigLayer[] = []): RunConfig {
		return resolveConfig([...below, configLayer(this.workspace), { name: 'the flags', values: flags }]);
	}

	/** The workspace's library, or the one in another `.flex` folder. @throws {LibraryError} */
	async library(folder: string = this.workspace.flex, readOnly = false): Promise<Library> {
		if (!readOnly) mkdirSync(folder, { recursive: true });
		const library = await openLibrary(folder, { workerFile: join(__dirname, 'libraryWorker.js'), readOnly });
		for (const message of library.report.messages) this.terminal.warn(message);
		this.closers.push(() => library.close());
		return library;
	}

	/** The library that a flag names, to be read. @throws {UsageError} where the folder has none, {LibraryError} */
	async givenLibrary(folder: string): Promise<Library> {
		const flex = resolve(folder);
		if (holdsLibrary(flex)) return this.library(flex, true);
		throw new UsageError(
			`${printable(folder)} holds no library; name the .flex folder of a workspace that was trained.`,
		);
	}

	/**
	 * The problem set in a folder, a dataset by its name, or an example that ships, with `examples/` or without.
	 * @throws {UsageError} where there is none
	 * @throws {TaskError} where it can't be used as it is
	 */
	async problemSet(folderOrName: string): Promise<ProblemSet> {
		const shipped = join(__dirname, '..');
		const folder = this.workspace.problemSet(folderOrName, [shipped, join(shipped, 'examples')]);
		if (existsSync(folder)) return loadProblemSet(folder);
		throw new UsageError(
			`There is no problem set "${printable(folderOrName)}": give a folder with flex-task.json, an example such as examples/company-conventions, or a dataset of "flex-learn dataset list".`,
		);
	}

	async cache(): Promise<FileRequestCache> {
		const cache = await FileRequestCache.open(join(this.workspace.cache, 'requests.jsonl'));
		this.closers.push(() => cache.close());
		return cache;
	}

	pool(config: RunConfig): ModelPool {
		const pool = new ModelPool({
			config,
			bundleFolder: __dirname,
			environment: process.env,
			onProgress: (text) => this.terminal.status(text),
			signal: this.signal,
		});
		this.closers.push(() => pool.close());
		return pool;
	}

	/** Where code runs; nothing is started before something does. */
	sandbox(): Sandbox {
		const sandbox = openSandbox({ workerFile: join(__dirname, 'sandboxWorker.js') });
		this.closers.push(() => sandbox.close());
		return sandbox;
	}

	/** What reads molecules; RDKit is installed and started when something does. */
	chemistry(): Chemistry {
		const chemistry = chemistryFor({
			bundleFolder: __dirname,
			environment: process.env,
			onProgress: (text) => this.terminal.status(text),
			signal: this.signal,
		});
		this.closers.push(() => chemistry.close());
		return chemistry;
	}

	/** Closes what was opened, last first. */
	async close(): Promise<void> {
		for (const close of this.closers.reverse()) await close();
		this.closers.length = 0;
	}

	/** The first Ctrl-C stops the work cleanly, or nothing where all is done; a second one ends the process. */
	private listenForCtrlC(): void {
		const stop = (): void => {
			if (this.signal.aborted) process.exit(130);
			this.terminal.note('Stopping… (Ctrl-C once more ends at once; either way nothing acknowledged is lost)');
			this.controller.abort();
		};
		process.on('SIGINT', stop);
		process.on('SIGTERM', stop);
	}
}
