/** `flex-learn gate`: whether the library lost anything that it solved before, and the way back. */
import { join } from 'node:path';
import type { Command } from 'commander';
import { Curation } from '../../runs/curation.js';
import { lastRollback, writeGate } from '../../runs/gateFile.js';
import { startGate } from '../../runs/gateRun.js';
import { defined } from '../defined.js';
import { exitCodes, UsageError } from '../exitCodes.js';
import { number, withSession } from '../options.js';
import { counted } from '../page.js';
import { commandLine } from '../program.js';
import { showRun } from '../progress.js';
import { runIdOf } from '../runId.js';
import { endOf, portsFor, settingsFor } from '../runSetup.js';
import type { Session } from '../session.js';

interface GateFlags {
	readonly model?: string;
	readonly limit: number;
	readonly allow?: number;
	readonly rollback?: boolean;
	readonly accept?: boolean;
	readonly undo?: boolean;
	readonly maxCalls?: number;
	readonly resume?: string;
}

export function registerGate(program: Command): void {
	program
		.command('gate')
		.argument('<set>', 'folder of a problem set, or name of an added dataset')
		.description('Check that no held-out problem that was solved before is lost now; go back where one is.')
		.option('-m, --model <id>', 'model that answers')
		.option('--limit <n>', 'only the first n dev problems (0: all)', number, 0)
		.option('--allow <n>', 'lost problems that still pass (default: training.gateAllows)', number)
		.option('--rollback', 'bring the library back to the last state that passed')
		.option('--accept', 'compare later checks with this state, whatever it lost')
		.option('--undo', 'take the last rollback back; asks no model')
		.option('--max-calls <n>', 'stop after so many model calls (0: no cap)', number)
		.option('--resume <ulid>', 'go on with a check that was stopped')
		.addHelpText(
			'after',
			`
The first check of a set and model records what the library solves; each later one is compared with the last state that
passed. What was gained never makes up for what was lost. A rollback deletes nothing, leaves alone what you changed
yourself, and "gate <set> --undo" takes it back as a whole. Trainings do the same at their end with training.gate.
Ends with 1 where something is lost.

Examples:
  flex-learn gate examples/company-conventions
  flex-learn gate my-set --allow 1 --rollback`,
		)
		.action(withSession(gate));
}

async function gate(session: Session, folder: string, flags: GateFlags): Promise<number> {
	const { terminal, signal } = session;
	const set = await session.problemSet(folder);
	if (flags.undo) return undo(session, set.name);
	const { accept = false, rollback = false } = flags;
	if (accept && rollback) throw new UsageError('Give one of --accept and --rollback.');
	const run = runIdOf(flags.resume);
	const { config, pool, opened } = await settingsFor(session, set, {
		models: defined({ default: flags.model }),
		budget: flags.maxCalls === undefined ? {} : { calls: flags.maxCalls === 0 ? null : flags.maxCalls },
	});
	const ports = await portsFor(session, await session.library(undefined, !rollback), pool);
	terminal.say(`Regression check of ${set.name} with ${opened.model.id} (run ${run}).`);
	const allowed = flags.allow ?? config.training.gateAllows;
	const check = await startGate(ports, { set, limit: flags.limit, allowed, rollback, accept }, config, run, signal);
	const outcome = await showRun(check.events, terminal);
	const verdict = check.verdict();
	if (outcome.status !== 'done' || !verdict) return endOf(session, run, outcome);
	const { rolledBack, ...found } = verdict;
	const kept = rolledBack?.kept ?? [];
	terminal.data({ run, set: set.name, ...found, restored: rolledBack?.undo.length ?? 0, kept });
	if (kept.length > 0) {
		terminal.say(
			`  ${counted(kept.length, 'experience')} that you changed last stayed as they are: ${kept.join(', ')}.`,
		);
	}
	if (rolledBack) terminal.say(`  Take it back with: ${commandLine(['gate', folder, '--undo'])}`);
	if (!found.passed && !rolledBack) {
		terminal.note('  Go back with --rollback, or take this state as it is with --accept; no model is asked again.');
	}
	return found.passed ? exitCodes.done : exitCodes.failed;
}

async function undo(session: Session, set: string): Promise<number> {
	const { terminal, workspace } = session;
	const found = lastRollback(workspace.runs, set);
	if (!found) throw new UsageError(`There is no rollback of ${set} to take back.`);
	const { undo: record = [], ...rest } = found.gate;
	await new Curation(await session.library()).undo(record);
	writeGate(join(workspace.runs, found.run), rest);
	terminal.data({ run: found.run, set, undone: record.length });
	terminal.say(`${counted(record.length, 'experience')} as they were before the rollback.`);
	return exitCodes.done;
}
