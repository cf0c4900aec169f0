/** `flex-learn mcp`: serves the library to other agents, until the program at the other end hangs up. */
import { basename, dirname, resolve } from 'node:path';
import { stdin } from 'node:process';
import type { Command } from 'commander';
import { DeskError } from '../../core/learning/tools/libraryDesk.js';
import { defaultResultTokens, libraryTools } from '../../core/learning/tools/libraryTools.js';
import type { Library } from '../../library/library.js';
import { holdsLibrary } from '../../library/paths.js';
import { type DeskLibrary, ExperienceDesk } from '../../runs/experienceDesk.js';
import { UsageError } from '../exitCodes.js';
import { number, withSession } from '../options.js';
import { version } from '../program.js';
import type { Session } from '../session.js';

interface McpFlags {
	readonly readOnly?: boolean;
	readonly library?: readonly string[];
	readonly budget: number;
}

/** Tokens below which hardly any experience fits. */
const leastBudget = 200;

export function registerMcp(program: Command): void {
	program
		.command('mcp')
		.description('Serve the library to other agents over the Model Context Protocol.')
		.option('--read-only', 'offer the search alone, and write nothing')
		.option('--library <folders...>', "more libraries (.flex folders) to search behind the workspace's")
		.option('--budget <tokens>', 'tokens of a result at most', number, defaultResultTokens)
		.addHelpText(
			'after',
			`
It speaks on standard input and output, and is started by the agent, not by you: an entry in its settings names
the command, and --workspace where the agent starts programs elsewhere than in the folder. What an agent records
waits as a proposal until you accept it.

Examples:
  claude mcp add flex -- npx flex-learn mcp --workspace .
  flex-learn mcp --read-only --library ~/notes/.flex`,
		)
		.action(withSession(serve));
}

async function serve(session: Session, { readOnly = false, library = [], budget }: McpFlags): Promise<number> {
	if (budget < leastBudget) throw new UsageError(`--budget ${budget} is too little; give ${leastBudget} or more.`);
	let client = 'mcp';
	const others = await Promise.all(
		library.map(async (folder) => otherLibrary(folder, await session.givenLibrary(folder))),
	);
	const libraries = new McpLibraries(session, others, readOnly);
	const desk = new ExperienceDesk({
		libraries: () => libraries.all(),
		libraryFor: (folder) => libraries.forProposals(folder),
		agent: () => client,
	});
	// Heavy, and of use to this command alone.
	const { serveMcp } = await import('../mcpServer.js');
	const served = serveMcp({
		version,
		tools: libraryTools(desk, { readOnly }),
		budgetTokens: budget,
		onClient: (name) => {
			client = name;
		},
		onTrouble: (message) => session.terminal.warn(message),
	});
	await hangUp(session.signal);
	await served.close();
	return 0;
}

/** Resolves when the other end closes the pipe, or somebody stops the program. */
function hangUp(signal: AbortSignal): Promise<void> {
	return new Promise((done) => {
		stdin.once('end', done).once('close', done);
		signal.addEventListener('abort', () => done(), { once: true });
	});
}

/** The libraries that are served. The workspace's is opened when it is needed: a folder without one is left without one. */
class McpLibraries {
	private opened: Promise<Library> | undefined;

	constructor(
		private readonly session: Session,
		private readonly others: readonly DeskLibrary[],
		private readonly readOnly: boolean,
	) {}

	async all(): Promise<readonly DeskLibrary[]> {
		const here = this.opened || holdsLibrary(this.session.workspace.flex) ? [await this.here()] : [];
		return [...here, ...this.others];
	}

	/** @throws {DeskError} `unknown-folder` */
	async forProposals(folder: string | undefined): Promise<DeskLibrary> {
		const name = nameOf(this.session.workspace.flex);
		if (folder === undefined || folder === name) return this.here();
		throw new DeskError('unknown-folder', `There is no folder "${folder}" here; leave it out, or say "${name}".`);
	}

	private async here(): Promise<DeskLibrary> {
		const { flex } = this.session.workspace;
		const opening = this.opened ?? this.session.library(flex, this.readOnly);
		this.opened = opening;
		// What could not be opened may be mended meanwhile: the next call tries again.
		opening.catch(() => {
			this.opened = undefined;
		});
		const store = await opening;
		const name = nameOf(flex);
		return { name, store, own: false, ...(store.report.readOnly ? { closed: onlyRead(name) } : {}) };
	}
}

function otherLibrary(folder: string, store: Library): DeskLibrary {
	const name = nameOf(resolve(folder));
	return { name, store, own: true, closed: onlyRead(name) };
}

function nameOf(flex: string): string {
	return basename(flex) === '.flex' ? basename(dirname(flex)) : basename(flex);
}

function onlyRead(name: string): DeskError {
	return new DeskError('read-only', `The library of ${name} can only be read from here, so nothing was written.`);
}
