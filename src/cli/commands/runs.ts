/** `flex-learn runs`: what ran and runs in the workspace; one run in full, watched live from another terminal, or removed. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import type { RunEvent } from '../../core/learning/events.js';
import { runOwner } from '../../providers/runFolder.js';
import { type FollowEnd, followRun } from '../../providers/runFollower.js';
import { size } from '../../runs/diskUse.js';
import { listRuns, type RunDetail, readRun, runBytes, runIds } from '../../runs/runSummary.js';
import { exitCodeOfStatus, exitCodes, UsageError } from '../exitCodes.js';
import { withSession } from '../options.js';
import { showRun } from '../progress.js';
import { runCalled } from '../runIds.js';
import { resumeCommandOf, showRunPage, showRuns } from '../runPage.js';
import type { Session } from '../session.js';

interface RunsFlags {
	readonly follow?: boolean;
}

interface DeleteFlags {
	readonly yes?: boolean;
}

export function registerRuns(program: Command): void {
	const runs = program
		.command('runs')
		.description('List the runs of this workspace, look at one, watch one live, or delete one.')
		.addHelpText(
			'after',
			`
An id may be shortened to its beginning, as long as no other begins so.

Examples:
  flex-learn runs
  flex-learn runs --follow                         watch the run that goes on, from another terminal
  flex-learn runs show 01K…                        one run: settings, figures, warnings, what it learned
  flex-learn runs delete 01K…`,
		);
	runs
		.command('show', { isDefault: true })
		.argument('[id]', 'of a run, or its beginning (default: list all runs)')
		.option('--follow', 'watch it until it ends; without an id, the newest one that goes on')
		.description('List all runs, or show one. "runs <id>" is the same as "runs show <id>".')
		.action(
			withSession((session, id: string | undefined, flags: RunsFlags) => {
				if (flags.follow) return follow(session, id);
				return id === undefined ? list(session) : show(session, id);
			}),
		);
	runs
		.command('delete')
		.argument('<id>', 'of a run that does not go on, or its beginning')
		.option('--yes', 'do not ask')
		.description("Delete a run's folder: its log, answers and report. What it taught the library stays.")
		.action(withSession(remove));
}

async function list({ terminal, workspace }: Session): Promise<number> {
	const runs = await listRuns(workspace.runs);
	terminal.data({ folder: workspace.runs, runs });
	if (runs.length > 0) showRuns(runs, terminal);
	else terminal.say(`No runs in ${workspace.runs} yet; "flex-learn train <set>" makes one.`);
	return exitCodes.done;
}

async function show(session: Session, text: string): Promise<number> {
	const { terminal, workspace } = session;
	const run = await readRun(workspace.runs, runCalled(text, workspace.runs));
	const titles = await titlesOf(session, run);
	terminal.data({ run: { ...run, resume: resumeCommandOf(run) ?? null } });
	showRunPage(run, titles, terminal);
	return exitCodes.done;
}

/** Of what a training taught, where the library is there. */
async function titlesOf(session: Session, { experiences }: RunDetail): Promise<ReadonlyMap<string, string>> {
	if (experiences.length === 0 || !existsSync(join(session.workspace.flex, 'library.sqlite'))) return new Map();
	const store = await session.library(undefined, true);
	return new Map((await store.get(experiences)).map(({ id, title }) => [id, title]));
}

async function follow({ terminal, workspace, signal }: Session, text: string | undefined): Promise<number> {
	const id = text === undefined ? newestRunning(workspace.runs) : runCalled(text, workspace.runs);
	terminal.note(`Watching run ${id}; Ctrl-C ends the watching, not the run.`);
	let end: FollowEnd = 'left';
	async function* events(): AsyncGenerator<RunEvent, void> {
		end = yield* followRun(join(workspace.runs, id), signal);
	}
	const outcome = await showRun(events(), terminal);
	return sayEnd(end);

	function sayEnd(how: FollowEnd): number {
		if (how === 'left') {
			terminal.note('No longer watching; the run is left as it is.');
			return exitCodes.cancelled;
		}
		if (how === 'abandoned') {
			terminal.warn(`The process of run ${id} is gone, and did not end it; "flex-learn runs ${id}" says how to go on.`);
			return exitCodes.failed;
		}
		terminal.say(`Run ${id} ended: ${outcome.status}${outcome.message === undefined ? '' : `. ${outcome.message}`}`);
		return exitCodeOfStatus(outcome.status);
	}
}

function newestRunning(folder: string): string {
	const id = runIds(folder).find((run) => runOwner(join(folder, run))?.alive);
	if (id !== undefined) return id;
	throw new UsageError(
		'No run goes on in this workspace; "flex-learn runs" lists them, "runs <id> --follow" replays one.',
	);
}

async function remove(session: Session, text: string, { yes = false }: DeleteFlags): Promise<number> {
	const { terminal, workspace } = session;
	const id = runCalled(text, workspace.runs);
	const folder = join(workspace.runs, id);
	const owner = runOwner(folder);
	if (owner?.alive) {
		throw new UsageError(`Run ${id} goes on, in process ${owner.pid} on ${owner.host}; stop it first, then delete it.`);
	}
	const bytes = runBytes(folder);
	if (!yes && !(await confirmed(session, `Delete run ${id} (${size(bytes)})?`))) {
		terminal.note('Nothing was deleted.');
		return exitCodes.cancelled;
	}
	rmSync(folder, { recursive: true, force: true });
	terminal.data({ deleted: id, bytes });
	terminal.say(`Deleted run ${id} (${size(bytes)}).`);
	return exitCodes.done;
}

/** @throws {UsageError} where nobody is there to be asked */
async function confirmed({ terminal }: Session, question: string): Promise<boolean> {
	if (!stdin.isTTY || !stdout.isTTY || terminal.json) {
		throw new UsageError('Nobody is here to confirm it; add --yes to delete the run.');
	}
	const prompt = createInterface({ input: stdin, output: stdout });
	const refused = new AbortController();
	// The prompt takes Ctrl-C and the input's end for itself; both mean no.
	prompt.once('SIGINT', () => refused.abort()).once('close', () => refused.abort());
	try {
		const answer = await prompt.question(`${question} [y/N] `, { signal: refused.signal });
		return /^y(es)?$/iu.test(answer.trim());
	} catch (error) {
		if (refused.signal.aborted) return false;
		throw error;
	} finally {
		prompt.close();
	}
}
