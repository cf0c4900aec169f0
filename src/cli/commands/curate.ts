/** `flex-learn accept | reject | retire | pin | unpin | star | unstar`: what a person decides about experiences. */
import type { Command } from 'commander';
import type { Experience } from '../../core/experience/experience.js';
import { type Decision as DecisionName, decide } from '../../runs/decisions.js';
import { UsageError } from '../exitCodes.js';
import { findExperiences } from '../ids.js';
import { withSession } from '../options.js';
import { counted, oneLine } from '../page.js';
import type { Session } from '../session.js';

interface Decision {
	readonly name: DecisionName;
	readonly description: string;
	/** What it is afterwards, in a word or two. */
	readonly becomes: string;
	/** Offers to decide about all quarantined experiences at once. */
	readonly forAll?: boolean;
}

const decisions: readonly Decision[] = [
	{
		name: 'accept',
		description: 'Take experiences into use that wait for a person (quarantined, proposed), or were put aside.',
		becomes: 'active',
		forAll: true,
	},
	{
		name: 'reject',
		description: 'Put experiences aside that wait for a person; their history is kept.',
		becomes: 'retired',
		forAll: true,
	},
	{
		name: 'retire',
		description: 'Take experiences out of use; "accept" brings them back.',
		becomes: 'retired',
	},
	{
		name: 'pin',
		description: 'Let experiences lead every prompt.',
		becomes: 'pinned',
	},
	{
		name: 'unpin',
		description: 'Let experiences come only where they fit.',
		becomes: 'not pinned',
	},
	{
		name: 'star',
		description: 'Mark experiences for yourself.',
		becomes: 'starred',
	},
	{
		name: 'unstar',
		description: 'Remove the mark.',
		becomes: 'not starred',
	},
];

interface CurateFlags {
	readonly allQuarantined?: boolean;
}

export function registerCurate(program: Command): void {
	for (const decision of decisions) {
		const command = program
			.command(decision.name)
			.argument(decision.forAll ? '[ids...]' : '<ids...>', 'of experiences, or their first 4 digits or more')
			.description(decision.description);
		if (decision.forAll) command.option('--all-quarantined', 'all that came from outside and wait');
		command.action(
			withSession((session, ids: readonly string[], flags: CurateFlags) => decideAbout(session, decision, ids, flags)),
		);
	}
}

async function decideAbout(
	session: Session,
	decision: Decision,
	ids: readonly string[],
	{ allQuarantined = false }: CurateFlags,
): Promise<number> {
	if (ids.length === 0 && !allQuarantined) {
		throw new UsageError(`Say which experiences to ${decision.name}: their ids, or --all-quarantined.`);
	}
	const { terminal } = session;
	const store = await session.library();
	const named = await findExperiences(store, ids);
	const quarantined = allQuarantined ? await store.list({ statuses: ['quarantined'] }) : [];
	const chosen = [...new Map([...named, ...quarantined].map((experience) => [experience.id, experience])).values()];
	const decided = await decide(store, decision.name, chosen);
	const { unchanged } = decided;
	const open = decided.changed.map(({ before }) => before);
	const after = new Map((await store.get(open.map(({ id }) => id))).map((experience) => [experience.id, experience]));
	const changed = open.map((before) => changeOf(before, after.get(before.id) ?? before));
	terminal.data({ op: decision.name, changed, unchanged: unchanged.map(({ id }) => id) });
	for (const { id, was, status, title } of changed) {
		const what = was === status ? decision.becomes : `${was} → ${status}`;
		terminal.say(`${id}  ${what}  ${oneLine(title)}`);
	}
	for (const { id } of unchanged) terminal.note(`${id} was ${decision.becomes} already.`);
	terminal.note(`${counted(changed.length, 'experience')} changed.`);
	return 0;
}

function changeOf(before: Experience, { id, title, status, rev, pinned, starred }: Experience) {
	return { id, title, was: before.status, status, rev, pinned, starred };
}
