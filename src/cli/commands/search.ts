/** `flex-learn search`: which experiences fit a question, and why. */
import type { Command } from 'commander';
import { type Status, statuses } from '../../core/experience/experience.js';
import type { SearchHit, SearchQuery, UseCount } from '../../core/experience/store.js';
import { UsageError } from '../exitCodes.js';
import { number, withSession } from '../options.js';
import { percent, type Terminal } from '../output.js';
import { counted, oneLine, printable, wrapped } from '../page.js';
import type { Session } from '../session.js';

interface SearchFlags {
	readonly k: number;
	readonly status?: readonly string[];
}

interface RankedHit {
	readonly hit: SearchHit;
	readonly uses: UseCount | undefined;
}

/** Of a rule, so much is shown; "show" has all. */
const ruleCharacters = 360;

export function registerSearch(program: Command): void {
	program
		.command('search')
		.argument('<words...>', 'a question or a few words')
		.description('Show which experiences fit a question, best first, and why.')
		.option('-k <n>', 'hits at most', number, 5)
		.option('--status <names...>', `search these instead of what is in use: ${statuses.join(', ')}`)
		.addHelpText(
			'after',
			`
It is the search that prompts are filled with; no model is called. Only active experiences reach a prompt.

Examples:
  flex-learn search "customer wants a refund after 30 days"
  flex-learn search refund --status quarantined    what an import brought and waits for "accept"`,
		)
		.action(withSession(search));
}

async function search(session: Session, words: readonly string[], flags: SearchFlags): Promise<number> {
	const { terminal } = session;
	const statuses = statusesOf(flags.status);
	if (flags.k === 0) throw new UsageError('-k 0 asks for no hits; give 1 or more.');
	const text = words.join(' ');
	const { patterns, cases, minMatch } = session.config({}).retrieval;
	const query: SearchQuery = { text, limits: { experiences: flags.k, patterns, cases, minMatch } };
	const store = await session.library(undefined, true);
	const [found, waiting] = await store.search([
		{ ...query, statuses },
		{ ...query, statuses: ['quarantined', 'proposed'] },
	]);
	const hits = found?.hits ?? [];
	const uses = await store.uses(hits.map(({ experience }) => experience.id));
	const ranked = hits.map((hit) => ({ hit, uses: uses.get(hit.experience.id) }));
	terminal.data({ query: text, abstained: hits.length === 0, hits: ranked.map(asData) });
	for (const [index, entry] of ranked.entries()) showHit(index + 1, entry, terminal);
	if (store.report.experiences === 0) terminal.say('The library is empty: "train" or "import" fills it.');
	else if (ranked.length === 0) terminal.say(`Nothing in the library is relevant to "${printable(text)}".`);
	const others = waiting?.hits.length ?? 0;
	if (others > 0 && !flags.status) {
		const what = counted(others, 'experience that waits', 'experiences that wait');
		terminal.note(`${what} for a person would fit, too: add --status quarantined proposed.`);
	}
	return 0;
}

function statusesOf(names: readonly string[] = ['active']): readonly Status[] {
	return names.map((name) => {
		const status = statuses.find((known) => known === name);
		if (!status) throw new UsageError(`There is no status "${name}"; there are ${statuses.join(', ')}.`);
		return status;
	});
}

function showHit(rank: number, { hit, uses }: RankedHit, terminal: Terminal): void {
	const { experience, match, terms, patterns, strategy } = hit;
	const status = experience.status === 'active' ? '' : `, ${experience.status}`;
	if (rank > 1) terminal.say();
	terminal.say(`${String(rank).padStart(2)}. ${terminal.bold(oneLine(experience.title))}`);
	terminal.say(`    ${experience.id} · ${experience.zone}${status} · ${used(uses)}`);
	if (strategy && experience.strategy.text !== '') {
		const rule = ruleOf(experience.when.text, experience.strategy.text);
		for (const line of wrapped(oneLine(rule, ruleCharacters), '    ')) terminal.say(line);
	}
	for (const { id, rule } of experience.patterns) {
		if (patterns.includes(id)) terminal.say(`    – ${oneLine(rule, 90)}`);
	}
	const why = `why: ${percent(match)} of the question's weight: ${terms.slice(0, 8).map(printable).join(', ')}`;
	for (const line of wrapped(why, '    ')) terminal.say(terminal.dim(line));
}

function ruleOf(when: string, strategy: string): string {
	return when === '' ? strategy : `${when.replace(/[\s.:;,]+$/u, '')}: ${strategy}`;
}

/** `used 12, solved 9`: a count, and no verdict. */
export function used(uses: UseCount | undefined): string {
	return uses && uses.used > 0 ? `used ${uses.used}, solved ${uses.solved}` : 'not used yet';
}

function asData({ hit, uses }: RankedHit): unknown {
	const { experience, score, match, terms, patterns, cases, strategy } = hit;
	const { id, title, zone, status } = experience;
	const counts = { used: uses?.used ?? 0, solved: uses?.solved ?? 0 };
	return { id, title, zone, status, score, match, terms, ...counts, strategy, patterns, cases, experience };
}
