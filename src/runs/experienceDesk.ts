/** What agents from outside do with the libraries of a workspace: search them as one, say what helped, propose. */
import { problemId } from '../core/experience/ids.js';
import type { ChangeRequest, ExperienceStore, RetrievalLimits, SearchHit, UseCount } from '../core/experience/store.js';
import {
	DeskError,
	type DeskSearch,
	type Feedback,
	type LessonProposal,
	type LibraryDesk,
	type ProposalAnswer,
} from '../core/learning/tools/libraryDesk.js';
import { redactSecrets } from '../core/redaction.js';
import { contentForm } from '../core/retrieval/contentForm.js';
import { type ProposalDraft, proposeExperience } from './proposeExperience.js';
import { newUlid } from './ulid.js';

/** One of the libraries behind a desk. */
export interface DeskLibrary {
	/** As people call it. */
	readonly name: string;
	readonly store: ExperienceStore;
	/** The user's own: it fills what the workspace leaves free. */
	readonly own: boolean;
	/** Why nothing may be written to it. */
	readonly closed?: DeskError | undefined;
}

export interface DeskPorts {
	/** All libraries that there are now, the folder that one works in first. @throws {LibraryError} */
	readonly libraries: () => Promise<readonly DeskLibrary[]>;
	/** The library that a proposal goes to, made where there is none. @throws {DeskError | LibraryError} */
	readonly libraryFor: (folder: string | undefined) => Promise<DeskLibrary>;
	/** Who asks, as the history shows it: `agent mode`, or the name of a program. */
	readonly agent: () => string;
}

const outcomes = { golden: 'correct', warning: 'incorrect', mixed: 'mixed' } as const;

/** Experiences whose last query is remembered. */
const mostRemembered = 1_000;

export class ExperienceDesk implements LibraryDesk {
	/** Of each experience that was shown, the problem that it was shown for. */
	private readonly shownFor = new Map<string, string>();
	private readonly session = `tool:${newUlid()}`;

	constructor(private readonly ports: DeskPorts) {}

	async search(text: string, limits: RetrievalLimits): Promise<DeskSearch> {
		const libraries = await this.ports.libraries();
		const answers = await Promise.all(
			libraries.map(async ({ store, own }) => {
				const [[result], stats] = await Promise.all([store.search([{ text, limits }]), store.stats()]);
				const hits = result?.hits ?? [];
				const uses = await store.uses(hits.map(({ experience }) => experience.id));
				return { own, hits, uses, searched: stats.byStatus.active.experiences };
			}),
		);
		const hits = inOneOrder(answers).slice(0, limits.experiences);
		for (const { experience } of hits) this.remember(experience.id, problemId(text));
		const uses = new Map<string, UseCount>();
		for (const answer of answers.toReversed()) for (const [id, count] of answer.uses) uses.set(id, count);
		return { hits, uses, searched: answers.reduce((sum, { searched }) => sum + searched, 0) };
	}

	async feedback({ id, helpful, solved, note }: Feedback): Promise<string> {
		const { library, title } = await this.inUse(id);
		if (library.closed) throw library.closed;
		const by = this.by();
		const said: ChangeRequest = {
			change: { op: 'feedback', id, helpful, ...(note ? { note: redactSecrets(note).text } : {}) },
			by,
		};
		const problem = this.shownFor.get(id) ?? 'unknown';
		// A use counts as solved or not; where nobody knows, it counts as nothing.
		const uses: readonly ChangeRequest[] =
			solved === undefined
				? []
				: [{ change: { op: 'use', id, use: { run: this.session, problem, epoch: 0, rollout: 0, solved } }, by }];
		await library.store.apply([said, ...uses]);
		return title;
	}

	async propose(proposal: LessonProposal): Promise<ProposalAnswer> {
		const library = await this.ports.libraryFor(proposal.folder);
		if (library.closed) throw library.closed;
		const { rules, example, folder: _, scope, ...lesson } = proposal;
		const outcome = outcomes[proposal.zone];
		const draft: ProposalDraft = {
			...lesson,
			...(scope ? { scope } : {}),
			patterns: rules.map((rule) => ({ rule })),
			cases: example ? [{ question: example.problem, answer: example.solution, outcome }] : [],
			origin: { set: '', run: '', model: this.ports.agent() },
		};
		const options = { by: this.by(), at: new Date().toISOString() };
		const { experience, written, duplicateOf, redacted } = await proposeExperience(library.store, draft, options);
		const alike = written ? duplicateOf?.experience.id : undefined;
		return { id: experience.id, written, alike, redacted, library: library.name };
	}

	/** @throws {DeskError} `unknown-id`, `not-usable` */
	private async inUse(id: string): Promise<{ readonly library: DeskLibrary; readonly title: string }> {
		let other: string | undefined;
		for (const library of await this.ports.libraries()) {
			const [experience] = await library.store.get([id]);
			if (experience?.status === 'active') return { library, title: experience.title };
			other ??= experience?.status;
		}
		if (other === undefined) {
			throw new DeskError('unknown-id', `There is no experience ${id}; give an id as a search showed it.`);
		}
		throw new DeskError('not-usable', `Experience ${id} is ${other}, not in use: no search gives it, so leave it be.`);
	}

	private by(): string {
		return `tool:${this.ports.agent()}`;
	}

	private remember(id: string, problem: string): void {
		// The newest is the last to go.
		this.shownFor.delete(id);
		this.shownFor.set(id, problem);
		for (const old of [...this.shownFor.keys()].slice(0, -mostRemembered)) this.shownFor.delete(old);
	}
}

/** Those of the workspace's folders by how much of the query they match, then those of the own library; none twice. */
function inOneOrder(
	answers: readonly { readonly own: boolean; readonly hits: readonly SearchHit[] }[],
): readonly SearchHit[] {
	const of = (own: boolean): readonly SearchHit[] =>
		answers.filter((answer) => answer.own === own).flatMap(({ hits }) => hits);
	const several = answers.filter(({ own }) => !own).length > 1;
	const folders = several ? of(false).toSorted((a, b) => b.match - a.match) : of(false);
	const seen = new Set<string>();
	return [...folders, ...of(true)].filter(({ experience }) => {
		const content = contentForm(experience);
		const fresh = !seen.has(experience.id) && !seen.has(content);
		seen.add(experience.id).add(content);
		return fresh;
	});
}
