/** `flex-learn lint`: looks for answers and words of the harness in what was learned. */
import type { Command } from 'commander';
import { type Lint, type LintCode, type LintFinding, lintLibrary } from '../../core/evaluation/contamination.js';
import type { OriginCount } from '../../core/evaluation/lintOrigins.js';
import { lintCodes } from '../../core/evaluation/reportLint.js';
import { type Experience, statuses } from '../../core/experience/experience.js';
import { tracesOf } from '../../core/tasks/registry.js';
import type { ProblemSet } from '../../core/tasks/task.js';
import { exitCodes } from '../exitCodes.js';
import { number, withSession } from '../options.js';
import { percent, type Terminal } from '../output.js';
import { counted, oneLine, printable, wrapped } from '../page.js';

interface LintFlags {
	readonly strict?: boolean;
	readonly limit: number;
}

const meaning: Readonly<Record<LintCode, string>> = {
	'answer-leak': 'hold the answer of a train problem together with its question',
	'harness-words': 'speak of the test itself ("expected answer", "test set")',
};

export function registerLint(program: Command): void {
	program
		.command('lint')
		.argument('[set]', 'folder of the problem set that taught the library, to look for its answers, too')
		.description('Look for leaked answers and words of the test harness in what was learned.')
		.option('--strict', 'end with 1 where something is found')
		.option('--limit <n>', 'findings of each kind that are listed; --json has all', number, 10)
		.addHelpText(
			'after',
			`
Without a set only words of the harness can be found. The rate by chance says how many experiences the same test finds
with dev problems, which nobody trained on; test problems are not read.

Examples:
  flex-learn lint
  flex-learn lint examples/company-conventions --strict --json`,
		)
		.action(
			withSession(async (session, folder: string | undefined, flags: LintFlags) => {
				const { terminal } = session;
				const set = folder === undefined ? undefined : await session.problemSet(folder);
				const store = await session.library(undefined, true);
				const experiences = await store.list({ statuses: statuses.filter((status) => status !== 'retired') });
				const dev = set?.splits.dev;
				const lint = lintLibrary(experiences, set?.splits.train ?? [], {
					answerSpace: set?.answerSpace,
					traces: set && tracesOf(set.kind),
					...(dev ? { neverTrained: dev } : {}),
				});
				const { origins = [] } = lint;
				// By chance can be told only where there are answers that could leak.
				const chanceRate = dev && !set.answerSpace ? lint.chanceRate : null;
				terminal.data({
					set: set?.name ?? null,
					checked: experiences.length,
					counts: lint.counts,
					experiences: lint.experiences,
					chanceRate,
					origins,
					findings: lint.findings,
				});
				show(lint, experiences, set, chanceRate, origins, flags.limit, terminal);
				return flags.strict && lint.findings.length > 0 ? exitCodes.failed : exitCodes.done;
			}),
		);
}

function show(
	lint: Lint,
	experiences: readonly Experience[],
	set: ProblemSet | undefined,
	chanceRate: number | null,
	origins: readonly OriginCount[],
	limit: number,
	terminal: Terminal,
): void {
	const titles = new Map(experiences.map(({ id, title }) => [id, title]));
	terminal.say(`Looked at ${counted(experiences.length, 'experience')}; retired ones are left out.`);
	for (const code of lintCodes) {
		if (code === 'answer-leak' && (!set || set.answerSpace)) {
			terminal.say(
				`${terminal.bold(code)}: ${set ? 'does not apply to a closed set of answers, which everybody knows' : 'not checked; name the problem set to check it'}.`,
			);
			continue;
		}
		terminal.say(`${terminal.bold(code)}: ${counted(lint.experiences[code], 'experience')} ${meaning[code]}.`);
		if (code === 'answer-leak' && chanceRate !== null) {
			terminal.say(
				`  By chance: ${percent(chanceRate, 1)} of experiences, found with dev problems that nobody trained on.`,
			);
		}
		const found = lint.findings.filter((finding) => finding.code === code);
		for (const finding of found.slice(0, limit)) showFinding(finding, titles.get(finding.experience) ?? '', terminal);
		if (found.length > limit)
			terminal.note(`  … and ${found.length - limit} more; --limit ${found.length} lists them.`);
	}
	const named = origins.filter(({ imported }) => imported !== null);
	for (const { imported, entries, entriesWith } of named) {
		const parts = lintCodes.map((code) => `${entriesWith[code]} with ${code}`).join(', ');
		terminal.say(`From ${printable(imported ?? '')}: of ${counted(entries, 'entry', 'entries')} ${parts}.`);
	}
	if (lint.findings.length > 0) terminal.note('"show" an experience to read it, "retire" it to take it out of use.');
}

function showFinding({ experience, part, excerpt, problem }: LintFinding, title: string, terminal: Terminal): void {
	terminal.say(`  ${experience}  ${oneLine(title, 60)}`);
	const where = `${part}${problem === undefined ? '' : ` (problem ${problem})`}: ${excerpt}`;
	for (const line of wrapped(where, '    ')) terminal.say(line);
}
