/** `flex-learn history` and `undo`: what happened to the library, and taking it back. */
import type { Command } from 'commander';
import { difference, formDifference } from '../../core/experience/difference.js';
import type { Revision } from '../../core/experience/store.js';
import type { Library } from '../../library/library.js';
import { UsageError } from '../exitCodes.js';
import { findExperiences } from '../ids.js';
import { number, withSession } from '../options.js';
import type { Terminal } from '../output.js';
import { oneLine, printable } from '../page.js';
import type { Session } from '../session.js';

interface HistoryFlags {
	readonly diff?: boolean;
	readonly limit: number;
}

interface UndoFlags {
	readonly to?: number;
}

export function registerHistory(program: Command): void {
	program
		.command('history')
		.argument('[id]', 'of an experience, or its first 4 digits or more')
		.description('What changed, who changed it and why: one experience, or the newest changes of all.')
		.option('--diff', 'line by line what each revision changed')
		.option('--limit <n>', 'of the newest changes of all', number, 20)
		.action(withSession(history));
	program
		.command('undo')
		.argument('[what]', 'id of an experience; without it, the last change of the library')
		.description('Take back the last change, or bring an experience back to an earlier revision.')
		.option('--to <rev>', 'the revision to go back to (default: the one before the last change; 0: retire it)', number)
		.addHelpText(
			'after',
			`
Nothing is deleted: an undo is one more revision, and can be taken back with "undo <id> --to <rev>".
"undo" again goes one change further back. A whole "dedupe" is taken back with "dedupe --undo".

Examples:
  flex-learn undo
  flex-learn undo ad1b --to 2`,
		)
		.action(withSession(undo));
}

async function history(session: Session, id: string | undefined, flags: HistoryFlags): Promise<number> {
	const store = await session.library(undefined, true);
	const { terminal } = session;
	if (id === undefined) {
		const changes = await store.recent(flags.limit);
		terminal.data({ changes });
		if (changes.length === 0) {
			terminal.say('Nothing has happened to this library yet.');
			return 0;
		}
		terminal.table(
			['when', 'change', 'experience', 'title', 'by'],
			changes.map(({ at, op, rev, id, title, by }) => [
				when(at),
				`${op} (${rev})`,
				id.slice(0, 8),
				oneLine(title, 40),
				oneLine(by, 40),
			]),
		);
		return 0;
	}
	for (const experience of await findExperiences(store, [id])) {
		const revisions = await store.history(experience.id);
		terminal.data({ id: experience.id, title: experience.title, revisions });
		terminal.say(terminal.bold(oneLine(experience.title, 96)));
		for (const [index, revision] of revisions.entries())
			show(terminal, revision, revisions[index - 1], flags.diff === true);
	}
	return 0;
}

function show(terminal: Terminal, revision: Revision, before: Revision | undefined, diff: boolean): void {
	const { rev, op, by, at, reason, experience } = revision;
	const what = difference(before?.experience, experience);
	const why = reason ? `: ${oneLine(reason, 200)}` : '';
	terminal.say(
		`  ${rev}. ${when(at)}  ${op} by ${printable(by)}${why}${what.length > 0 ? `  (${what.join(', ')})` : ''}`,
	);
	if (!diff || !before) return;
	for (const { sign, text } of formDifference(before.experience, experience)) {
		const line = `     ${sign} ${printable(text)}`;
		terminal.say(sign === '+' ? terminal.good(line) : sign === '-' ? terminal.bad(line) : terminal.dim(line));
	}
}

async function undo(session: Session, what: string | undefined, { to }: UndoFlags): Promise<number> {
	const store = await session.library();
	if (what === undefined) {
		if (to !== undefined) throw new UsageError('Say of which experience: undo <id> --to <rev>.');
		const applied = await store.undoLast('user');
		if (!applied) {
			session.terminal.data({ undone: null });
			session.terminal.say('There is nothing to take back.');
			return 0;
		}
		return report(session, store, applied.id, applied.rev);
	}
	const [experience] = await findExperiences(store, [what]);
	if (!experience) throw new UsageError(`There is no experience ${what}.`);
	const revisions = await store.history(experience.id);
	const target = to ?? revisions.at(-2)?.rev ?? 0;
	if (target !== 0 && !revisions.some(({ rev }) => rev === target)) {
		const known = revisions.map(({ rev }) => rev).join(', ');
		throw new UsageError(`${experience.id} has no revision ${target}; it has ${known}.`);
	}
	const [applied] = await store.apply([{ change: { op: 'undo', id: experience.id, to: target }, by: 'user' }]);
	return report(session, store, experience.id, applied?.rev ?? experience.rev);
}

async function report(session: Session, store: Library, id: string, rev: number): Promise<number> {
	const revisions = await store.history(id);
	const [before, after] = revisions.slice(-2);
	const now = after ?? before;
	const changes = now && before && after ? difference(before.experience, after.experience) : [];
	session.terminal.data({
		undone: { id, rev, title: now?.experience.title ?? '', status: now?.experience.status, changes },
	});
	session.terminal.say(`${id}  ${oneLine(now?.experience.title ?? '')}: back to what it was (now revision ${rev}).`);
	if (changes.length > 0) session.terminal.note(`  ${changes.join(', ')}`);
	return 0;
}

function when(at: string): string {
	return at.slice(0, 16).replace('T', ' ');
}
