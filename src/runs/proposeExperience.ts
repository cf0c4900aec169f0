/** The one way by which anything captured enters a library: checked, without secrets, not twice, and waiting for a person. */
import {
	blankExperience,
	type Experience,
	maxPatternsWritten,
	type Outcome,
	type Scope,
	type Source,
	type Zone,
} from '../core/experience/experience.js';
import { experienceId, partId } from '../core/experience/ids.js';
import type { ExperienceStore } from '../core/experience/store.js';
import { ExperienceError, parseExperience } from '../core/experience/validation.js';
import { sha256Hex } from '../core/hash.js';
import { redactSecrets } from '../core/redaction.js';
import { contentForm } from '../core/retrieval/contentForm.js';
import { lessonText, similarity, similarityThresholds } from '../core/retrieval/nearDuplicates.js';
import type { UndoRecord } from './curation.js';

/** What somebody or something wants the library to keep. Texts may hold secrets; they are taken out. */
export interface ProposalDraft {
	readonly zone: Zone;
	readonly title: string;
	/** When it applies. */
	readonly when: string;
	readonly strategy: string;
	readonly patterns?: readonly { readonly rule: string; readonly examples?: readonly string[] }[];
	readonly cases?: readonly ProposedCase[];
	readonly domains?: readonly string[];
	readonly scope?: Scope;
	/** What each part is credited to, so that it can be left out again for that very problem. */
	readonly sources?: readonly Source[];
	readonly origin: Experience['origin'];
}

export interface ProposedCase {
	readonly question: string;
	readonly answer: string;
	readonly solution?: string;
	readonly outcome: Outcome;
}

export interface ProposalOptions {
	/** Who proposes, as the journal names it: `user`, `tool:<name>`, `capture`. */
	readonly by: string;
	/** ISO 8601, UTC. */
	readonly at: string;
	/** A person wrote it: it is written even where another one that waits, or was put aside, is like it. */
	readonly wanted?: boolean;
}

export interface DuplicateOf {
	readonly experience: Experience;
	/** 0–1; 1 where both say the same, word for word. */
	readonly similarity: number;
}

export interface Proposal {
	/** What now waits in the library; where nothing was written, what says it already. */
	readonly experience: Experience;
	/** False where the library had it: word for word, or much alike and waiting still. */
	readonly written: boolean;
	/** The stored experience that is most like it, where it is so like that both may be one. */
	readonly duplicateOf?: DuplicateOf;
	/** Secrets that were taken out. */
	readonly redacted: number;
	/** For `Curation.undo`; empty where nothing was written. */
	readonly undo: UndoRecord;
}

/**
 * Writes `draft` as `proposed`: never retrieved before a person accepts it. One that the library has already, word for
 * word, in whatever status, isn't written again, so that what was rejected doesn't come back; nor is one that is much
 * like another that still waits.
 * @throws {ExperienceError} naming the field that is missing or too large
 * @throws {LibraryError} as `apply` does
 */
export async function proposeExperience(
	store: ExperienceStore,
	draft: ProposalDraft,
	options: ProposalOptions,
): Promise<Proposal> {
	const { experience, redacted } = experienceOf(draft, options.at);
	const known = await knownAs(store, experience, options);
	if (known) return { experience: known.experience, written: false, duplicateOf: known, redacted, undo: [] };
	const alike = await mostAlike(store, experience);
	const waits = alike && alike.experience.status === 'proposed' && options.wanted !== true;
	if (waits) return { experience: alike.experience, written: false, duplicateOf: alike, redacted, undo: [] };
	const [applied] = await store.apply([
		{
			change: { op: 'insert', experience },
			by: options.by,
			...(options.wanted === true ? {} : { key: keyOf(experience) }),
		},
	]);
	const [stored = experience] = await store.get([applied?.id ?? experience.id]);
	return {
		experience: stored,
		written: true,
		...(alike ? { duplicateOf: alike } : {}),
		redacted,
		undo: [{ id: stored.id, to: 0, rev: stored.rev }],
	};
}

/** The experience that a draft would become, without secrets. @throws {ExperienceError} */
export function experienceOf(
	draft: ProposalDraft,
	at: string,
): { readonly experience: Experience; readonly redacted: number } {
	let redacted = 0;
	const clean = (text: string): string => {
		const rest = redactSecrets(text);
		redacted += rest.found;
		return rest.text.trim();
	};
	const { zone, origin, scope, sources = [] } = draft;
	const [title, when, strategy] = [clean(draft.title), clean(draft.when), clean(draft.strategy)];
	const patterns = (draft.patterns ?? []).map(({ rule, examples = [] }) => ({
		rule: clean(rule),
		examples: examples.map(clean).filter((example) => example !== ''),
	}));
	const cases = (draft.cases ?? []).map(({ question, answer, solution, outcome }) => ({
		question: clean(question),
		answer: clean(answer),
		...(solution === undefined ? {} : { solution: clean(solution) }),
		outcome,
	}));
	refuseEmpty(title, strategy, cases.length);
	if (patterns.length > maxPatternsWritten) {
		const message = `It has ${patterns.length} patterns, more than ${maxPatternsWritten}; propose several experiences.`;
		throw new ExperienceError('too-large', 'patterns', message);
	}
	const content = sha256Hex(JSON.stringify([at, title, when, strategy, patterns, cases, scope ?? {}]));
	const id = experienceId(origin.run, content, zone, 0);
	const written = (text: string) => ({ text, sources: text === '' ? [] : sources });
	const experience = parseExperience(
		blankExperience(id, {
			zone,
			status: 'proposed',
			title,
			when: written(when),
			strategy: written(strategy),
			patterns: distinct(patterns, ({ rule }) => rule).map((pattern) => ({
				id: partId(id, 'pattern', pattern.rule),
				...pattern,
				sources,
			})),
			cases: distinct(cases, ({ question }) => question).map((item) => ({
				id: partId(id, 'case', item.question),
				...item,
				sources,
			})),
			domains: [...new Set(draft.domains ?? [])],
			...(scope ? { scope } : {}),
			origin,
			createdAt: at,
			updatedAt: at,
		}),
	);
	return { experience, redacted };
}

function refuseEmpty(title: string, strategy: string, cases: number): void {
	if (title === '') throw new ExperienceError('malformed', 'title', 'It has no title; say in a few words what it is.');
	if (strategy === '' && cases === 0) {
		const message = 'It has neither a strategy nor a case; say what to do, or show how it was done.';
		throw new ExperienceError('malformed', 'strategy', message);
	}
}

function distinct<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
	return items.filter((item, at) => key(item) !== '' && items.findIndex((other) => key(other) === key(item)) === at);
}

/** The same content gives the same key, whoever captured it and when. */
function keyOf(experience: Experience): string {
	return `propose:${sha256Hex(contentForm(experience)).slice(0, 32)}`;
}

/** A stored experience with the same words; for a person's own, only one that is in use or waits. */
async function knownAs(
	store: ExperienceStore,
	experience: Experience,
	options: ProposalOptions,
): Promise<DuplicateOf | undefined> {
	const before = await store.appliedBy(keyOf(experience));
	const [captured] = before ? await store.get([before.id]) : [];
	if (captured && !(options.wanted === true && captured.status === 'retired')) {
		return { experience: captured, similarity: 1 };
	}
	const form = contentForm(experience);
	const near = await store.neighbours(experience, 3);
	const waiting = await store.list({ statuses: ['proposed'] });
	const same = [...near.map((neighbour) => neighbour.experience), ...waiting].find((one) => contentForm(one) === form);
	return same ? { experience: same, similarity: 1 } : undefined;
}

/** Among those in use and those that wait. Those of another zone say the opposite, however alike they sound. */
async function mostAlike(store: ExperienceStore, experience: Experience): Promise<DuplicateOf | undefined> {
	const text = lessonText(experience);
	const waiting = (await store.list({ statuses: ['proposed'], zones: [experience.zone] })).map((one) => ({
		experience: one,
		similarity: similarity(text, lessonText(one)),
	}));
	const inUse = (await store.neighbours(experience, 3)).filter((one) => one.experience.zone === experience.zone);
	const [best] = [...inUse, ...waiting].sort((a, b) => b.similarity - a.similarity);
	return best && best.similarity >= similarityThresholds.nearDuplicate ? best : undefined;
}
