/** `flex-learn utility`: what single experiences are worth, from the same problems with and without each. */
import type { Command } from 'commander';
import { Utilities } from '../../runs/utilities.js';
import { startUtility } from '../../runs/utilityRun.js';
import { defined } from '../defined.js';
import { evidenceLine } from '../evidencePage.js';
import { exitCodes } from '../exitCodes.js';
import { findExperiences } from '../ids.js';
import { number, withSession } from '../options.js';
import { oneLine } from '../page.js';
import { showRun } from '../progress.js';
import { runIdOf } from '../runId.js';
import { endOf, portsFor, settingsFor } from '../runSetup.js';
import type { Session } from '../session.js';

interface UtilityFlags {
	readonly model?: string;
	readonly limit: number;
	readonly maxCalls?: number;
	readonly resume?: string;
}

export function registerUtility(program: Command): void {
	program
		.command('utility')
		.argument('<set>', 'folder of a problem set, or name of an added dataset')
		.argument('[id...]', 'experiences in question (default: all that are found, the most frequent first)')
		.description('Find out what single experiences are worth: ask dev problems with and without each.')
		.option('-m, --model <id>', 'model that answers')
		.option('--limit <n>', 'only the first n dev problems (0: all)', number, 0)
		.option('--max-calls <n>', 'stop after so many model calls (default 500; 0: no cap)', number)
		.option('--resume <ulid>', 'go on with a run that was stopped')
		.addHelpText(
			'after',
			`
Each dev problem is answered with what the library has for it, then once more for each experience in that, which is left
out. The pairs say whether it helps; nothing is said under ten of them. "show" and the library's views tell the result.
Without ids, those of which enough is known are passed over.

Examples:
  flex-learn utility examples/company-conventions --max-calls 300
  flex-learn utility my-set ad1b 47d1`,
		)
		.action(withSession(utility));
}

async function utility(
	session: Session,
	folder: string,
	names: readonly string[],
	flags: UtilityFlags,
): Promise<number> {
	const { terminal, workspace } = session;
	const run = runIdOf(flags.resume);
	const set = await session.problemSet(folder);
	const { config, pool, opened } = await settingsFor(session, set, {
		models: defined({ default: flags.model }),
		budget: flags.maxCalls === undefined ? {} : { calls: flags.maxCalls === 0 ? null : flags.maxCalls },
	});
	const store = await session.library(undefined, true);
	const ids = (await findExperiences(store, names)).map(({ id }) => id);
	const before = await new Utilities().of(workspace.runs);
	const enough = [...before].filter(([, { basis, verdict }]) => basis === 'replays' && verdict !== 'unknown');
	const ports = await portsFor(session, store, pool);
	terminal.say(`Worth of experiences on ${set.name} with ${opened.model.id} (run ${run}).`);
	const request = { set, limit: flags.limit, ids, known: new Set(enough.map(([id]) => id)) };
	const started = await startUtility(ports, request, config, run, session.signal);
	const outcome = await showRun(started.events, terminal);
	const found = await new Utilities().of(workspace.runs);
	const asked = (await store.get(started.asked)).map(({ id, title }) => ({
		id,
		title,
		evidence: found.get(id) ?? null,
	}));
	terminal.data({ run, set: set.name, status: outcome.status, experiences: asked });
	for (const { id, title, evidence } of asked) {
		terminal.say(`  ${id.slice(0, 8)}  ${oneLine(title, 60)}`);
		terminal.say(`            ${evidence ? evidenceLine(evidence) : 'It was found for none of the problems.'}`);
	}
	if (asked.length === 0 && outcome.status === 'done') terminal.say('Enough is known of all that is found.');
	return outcome.status === 'done' ? exitCodes.done : endOf(session, run, outcome);
}
