/** `flex-learn remember`: something that a person knows, kept as an experience. */
import { existsSync, readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { type Scope, type Zone, zones } from '../../core/experience/experience.js';
import { ExperienceError } from '../../core/experience/validation.js';
import { scopeOf } from '../../core/learning/capture/scope.js';
import { decide } from '../../runs/decisions.js';
import { proposeExperience } from '../../runs/proposeExperience.js';
import { rememberedDraft } from '../../runs/rememberedDraft.js';
import { UsageError } from '../exitCodes.js';
import { withSession } from '../options.js';
import { oneLine } from '../page.js';
import type { Session } from '../session.js';
import { proposalData } from './learn.js';

interface RememberFlags {
	readonly title?: string;
	readonly when?: string;
	readonly zone: Zone;
	readonly example?: string;
	readonly files?: readonly string[];
	readonly keep?: boolean;
}

export function registerRemember(program: Command): void {
	program
		.command('remember')
		.argument('<text>', 'what to do, or what to avoid (- for standard input)')
		.description('Keep something that you know as an experience.')
		.option('--title <text>', 'what it is, in a few words (default: the beginning of the text)')
		.option('--when <text>', 'in which situation it applies')
		.addOption(new Option('--zone <zone>', 'golden: do it so; warning: avoid it').choices([...zones]).default('golden'))
		.option('--example <file>', 'a piece of code or text that shows it')
		.option('--files <paths...>', 'it applies to files of these kinds, in their folder')
		.option('--keep', 'use it at once; else it waits for "accept"')
		.addHelpText(
			'after',
			`
Examples:
  flex-learn remember "Amounts go through formatMoney." --when "money is shown" --files src/invoice/render.ts --keep
  git log -1 --format=%b | flex-learn remember - --title "Why we pin the parser"`,
		)
		.action(withSession(remember));
}

async function remember(session: Session, text: string, flags: RememberFlags): Promise<number> {
	const { terminal } = session;
	const said = (text === '-' ? readFileSync(0, 'utf8') : text).trim();
	if (said === '') throw new UsageError('The text is empty.');
	if (flags.example !== undefined && !existsSync(flags.example)) {
		throw new UsageError(`There is no file ${flags.example}.`);
	}
	const scope: Scope = scopeOf(flags.files ?? []);
	const draft = rememberedDraft({
		text: said,
		title: flags.title,
		when: flags.when ?? '',
		zone: flags.zone,
		example: flags.example === undefined ? undefined : readFileSync(flags.example, 'utf8'),
		scope,
	});
	const store = await session.library();
	const options = { by: 'user', at: new Date().toISOString(), wanted: true };
	const proposal = await proposeExperience(store, draft, options).catch((error: unknown) => {
		if (error instanceof ExperienceError) throw new UsageError(error.message);
		throw error;
	});
	if (flags.keep && proposal.experience.status !== 'active') await decide(store, 'accept', [proposal.experience]);
	const [experience = proposal.experience] = await store.get([proposal.experience.id]);
	terminal.data(proposalData({ ...proposal, experience }));
	const { id, title, status } = experience;
	terminal.say(`${id}  ${status}  ${oneLine(title, 90)}`);
	if (proposal.redacted > 0) terminal.warn('What looked like a secret was taken out.');
	if (!proposal.written) terminal.note('The library had it already.');
	else if (proposal.duplicateOf) terminal.note(`Much like ${proposal.duplicateOf.experience.id}.`);
	if (status === 'proposed') terminal.note(`Not used before you accept: flex-learn accept ${id.slice(0, 8)}`);
	return 0;
}
