/** `flex-learn show`: one experience, to be read like a page of a handbook. */
import type { Command } from 'commander';
import { difference } from '../../core/experience/difference.js';
import { formatEditForm } from '../../core/experience/editForm.js';
import type { Case, Experience, Source } from '../../core/experience/experience.js';
import { sourcesOf } from '../../core/experience/experience.js';
import type { Revision, UseCount } from '../../core/experience/store.js';
import { type ExperienceEvidence, Utilities } from '../../runs/utilities.js';
import { evidenceLine, withheldLine } from '../evidencePage.js';
import { findExperiences } from '../ids.js';
import { withSession } from '../options.js';
import type { Terminal } from '../output.js';
import { counted, oneLine, printable, wrapped } from '../page.js';
import { used } from './search.js';

interface ShowFlags {
	readonly history?: boolean;
	readonly full?: boolean;
	readonly form?: boolean;
}

/** Lines of a worked solution that are shown without --full. */
const shownLines = 8;

export function registerShow(program: Command): void {
	program
		.command('show')
		.argument('<id>', 'of an experience, or its first 4 digits or more')
		.description('Read one experience: when it applies, its strategy, patterns, cases, sources and uses.')
		.option('--history', 'what it was before: every revision, who made it, and why')
		.option('--full', 'worked solutions to their end')
		.option('--form', 'as Markdown with all of its fields, the way "edit" takes it')
		.action(
			withSession(async (session, id: string, flags: ShowFlags) => {
				const store = await session.library(undefined, true);
				const known = await new Utilities().of(session.workspace.runs);
				for (const experience of await findExperiences(store, [id])) {
					const evidence = known.get(experience.id);
					const uses = (await store.uses([experience.id])).get(experience.id);
					const revisions = await store.history(experience.id);
					const history = flags.history ? { history: revisions } : {};
					const form = flags.form ? { form: formatEditForm(experience) } : {};
					session.terminal.data({ experience, uses, evidence, revisions: revisions.length, ...history, ...form });
					if (form.form !== undefined) {
						session.terminal.raw(form.form);
						continue;
					}
					const page = new Page(session.terminal, flags.full === true);
					page.experience(experience, uses);
					page.evidence(evidence);
					if (flags.history) page.history(revisions);
					else session.terminal.note(`\n${counted(revisions.length, 'revision')}; see them with --history.`);
				}
				return 0;
			}),
		);
}

class Page {
	constructor(
		private readonly terminal: Terminal,
		private readonly full: boolean,
	) {}

	experience(experience: Experience, uses: UseCount | undefined): void {
		const { id, rev, zone, status, title, when, strategy } = experience;
		this.terminal.say(this.terminal.bold(oneLine(title, 96)));
		const marks = markNames.filter((name) => experience[name]);
		this.line([id, `revision ${rev}`, zone, status, ...marks, `priority ${experience.priority}`].join(' · '));
		this.line([experience.domains.join(', '), used(uses), feedback(uses)].filter((part) => part !== '').join(' · '));
		if (when.text !== '') this.section('When', when.text);
		if (strategy.text !== '') this.section('Strategy', strategy.text);
		this.patterns(experience);
		this.cases(experience);
		this.sources(experience);
	}

	/** What benchmarks, replays and withholding say; nothing where nobody asked. */
	evidence(evidence: ExperienceEvidence | undefined): void {
		if (!evidence) return;
		this.heading('Worth');
		for (const line of [evidenceLine(evidence), withheldLine(evidence)]) if (line !== undefined) this.item('–', line);
	}

	history(revisions: readonly Revision[]): void {
		this.heading('History');
		for (const [index, { rev, op, by, at, reason, experience }] of revisions.entries()) {
			const why = reason ? `: ${oneLine(reason, 200)}` : '';
			this.terminal.say(`  ${rev}. ${at.slice(0, 16).replace('T', ' ')}  ${op} by ${printable(by)}${why}`);
			const what = difference(revisions[index - 1]?.experience, experience);
			if (what.length > 0) this.line(`     ${what.join(', ')}`);
		}
	}

	private patterns({ patterns }: Experience): void {
		if (patterns.length === 0) return;
		this.heading('Patterns');
		for (const { rule, examples } of patterns) {
			this.item('–', rule);
			for (const example of examples) this.item('  e.g.', example);
		}
	}

	private cases({ cases }: Experience): void {
		if (cases.length === 0) return;
		this.heading('Cases');
		for (const item of cases) this.case(item);
	}

	private case({ question, answer, solution, outcome }: Case): void {
		const sign = outcome === 'correct' ? '✓' : outcome === 'incorrect' ? '✗' : '~';
		if (question !== '') this.item(sign, question);
		if (answer !== '') this.item(question === '' ? sign : '  →', answer);
		if (solution === undefined || solution.trim() === '') return;
		const { text, comments } = withoutComments(solution);
		this.excerpt(question === '' && answer === '' ? sign : ' ', text);
		for (const comment of comments) this.item('  Comment:', comment);
	}

	/** The first lines of a long text, behind a sign. */
	private excerpt(sign: string, text: string): void {
		const lines = wrapped(text, '    ');
		const shown = this.full ? lines : lines.slice(0, shownLines);
		for (const [index, line] of shown.entries())
			this.terminal.say(index === 0 ? `  ${sign} ${line.trimStart()}` : line);
		if (shown.length < lines.length) this.line(`    … ${lines.length - shown.length} more lines; see them with --full`);
	}

	private sources(experience: Experience): void {
		const { origin, links, createdAt } = experience;
		this.heading('Learned from');
		for (const [set, problems] of bySet(sourcesOf(experience))) {
			this.item(
				'–',
				`${set}: ${counted(problems.length, 'problem')} (${problems.slice(0, 6).join(', ')}${problems.length > 6 ? ', …' : ''})`,
			);
		}
		const how = origin.imported ? `imported from ${origin.imported}` : `run ${origin.run}`;
		this.item('–', `${how}${origin.model === '' ? '' : `, written by ${origin.model}`}, ${createdAt.slice(0, 10)}`);
		for (const { kind, id } of links)
			this.item('–', kind === 'part' ? `goes together with ${id}` : `was merged into ${id}`);
	}

	private section(title: string, text: string): void {
		this.heading(title);
		for (const line of wrapped(text, '  ')) this.terminal.say(line);
	}

	private heading(title: string): void {
		this.terminal.say();
		this.terminal.say(this.terminal.bold(title));
	}

	/** A text behind a sign, its further lines below the first. */
	private item(sign: string, text: string): void {
		const [first = '', ...others] = wrapped(text, ' '.repeat(sign.length + 3));
		this.terminal.say(`  ${sign} ${first.trimStart()}`);
		for (const line of others) this.terminal.say(line);
	}

	private line(text: string): void {
		this.terminal.say(this.terminal.dim(printable(text)));
	}
}

const markNames = ['reviewed', 'starred', 'pinned'] as const;

function feedback(uses: UseCount | undefined): string {
	return uses && uses.helpful + uses.unhelpful > 0 ? `helpful ${uses.helpful}, not ${uses.unhelpful}` : '';
}

function bySet(sources: readonly Source[]): ReadonlyMap<string, readonly string[]> {
	const sets = new Map<string, string[]>();
	for (const { set, problem } of sources) {
		const problems = sets.get(set);
		if (problems) problems.push(problem);
		else sets.set(set, [problem]);
	}
	return sets;
}

/** An imported trajectory carries its critic's words in `<comments>`; they stand apart from it. */
function withoutComments(solution: string): { readonly text: string; readonly comments: readonly string[] } {
	const pattern = /<comments>([\s\S]*?)<\/comments>/gu;
	const comments = [...solution.matchAll(pattern)].map(([, comment]) => comment?.trim() ?? '');
	return { text: solution.replace(pattern, '').trim(), comments };
}
