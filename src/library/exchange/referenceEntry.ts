/** One entry of the reference's JSON as experiences: what is odd about it is mended and told. */
import {
	type Experience,
	type Link,
	maxPatternsImported,
	maxPatternsWritten,
	type Pattern,
	type Zone,
} from '../../core/experience/experience.js';
import { partId } from '../../core/experience/ids.js';
import { ExperienceError, parseExperience } from '../../core/experience/validation.js';
import { sha256Hex } from '../../core/hash.js';
import { canonicalJson } from '../../core/models/canonicalJson.js';
import { type EntryContext, EntryReader, type Oddity, type Rule } from './entryReader.js';
import { splitMethod, titleOf } from './methodText.js';
import { isObject, type Original, writeOriginal } from './referenceOriginal.js';

export interface ReadEntry {
	/** One, or the parts of an entry that had to be cut; empty where nothing of it can be used. */
	readonly experiences: readonly Experience[];
	readonly rules: number;
	readonly odd: readonly Oddity[];
}

/** @throws {ExperienceError} where the entry is too large, or holds nothing */
export function readEntry(entry: unknown, context: EntryContext): ReadEntry {
	if (!isObject(entry)) throw new ExperienceError('malformed', '', 'It is not an object.');
	const reader = new EntryReader(context);
	const content = contentOf(entry, reader);
	const chunks = chunksOf(content.rules);
	const ids = idsOf(content, chunks.length);
	const whole = wholeOf(entry, content, reader, context);
	const experiences = chunks.map((chunk, index) => {
		const id = ids[index] ?? '';
		const isCut = chunks.length > 1;
		const original = { ...content.original, part: index, parts: chunks.length };
		return parseExperience({
			...whole,
			id,
			title: isCut ? `${content.title} (part ${index + 1} of ${chunks.length})` : content.title,
			patterns: patternsOf(id, chunk),
			cases: index === 0 && content.trajectory !== '' ? [caseOf(id, content)] : [],
			links: linksOf(ids, index),
			origin: { ...whole.origin, original: writeOriginal(original) },
		});
	});
	return { experiences, rules: content.rules.length, odd: reader.odd };
}

/** What an entry says. */
interface Content {
	readonly zone: Zone;
	readonly title: string;
	readonly when: string;
	readonly strategy: string;
	readonly rules: readonly Rule[];
	readonly trajectory: string;
	/** The whole method text. */
	readonly method: string;
	readonly original: Original;
}

function contentOf(entry: Readonly<Record<string, unknown>>, reader: EntryReader): Content {
	const zone = reader.zone(entry.memory_type);
	const { text: method, category, rest } = reader.method(entry.method);
	const rules = reader.rules(entry.rules);
	const trajectory = reader.text('revised_trajectory', entry.revised_trajectory);
	const parts = category === undefined ? splitMethod(method) : { lead: '', strategy: method, ...titled(category) };
	if (parts.strategy.trim() === '' && rules.length === 0 && trajectory === '') {
		throw new ExperienceError('malformed', '', 'It holds neither a method nor rules nor a trajectory.');
	}
	const { created_at, usage_count, last_used, problem_category } = entry;
	const original: Original = {
		created_at,
		usage_count,
		last_used,
		problem_category,
		...(rest ? { methodFields: rest } : {}),
		...(parts.lead === '' ? {} : { lead: parts.lead }),
	};
	const { title, when, strategy } = parts;
	return { zone, title, when, strategy, rules, trajectory, method, original };
}

/** Condition and title from a category that stood in a field of its own. */
function titled(category: string): { readonly when: string; readonly title: string } {
	return { when: category.trim(), title: titleOf(category) };
}

/** Usage and times are left out, so that the entry is known again after it was used. */
function idsOf({ zone, method, rules, trajectory }: Content, count: number): readonly string[] {
	const content = sha256Hex(canonicalJson([zone, method, rules, trajectory]));
	return Array.from({ length: count }, (_, index) => sha256Hex(`reference\u0000${content}\u0000${index}`).slice(0, 16));
}

/** What all parts of an entry have in common. */
function wholeOf(
	entry: Readonly<Record<string, unknown>>,
	{ zone, when, strategy }: Content,
	reader: EntryReader,
	{ set, file }: EntryContext,
): Omit<Experience, 'id' | 'title' | 'patterns' | 'cases' | 'links'> {
	const createdAt = reader.time('created_at', entry.created_at);
	return {
		rev: 1,
		zone,
		status: 'quarantined',
		reviewed: false,
		starred: false,
		pinned: false,
		priority: reader.priority(entry.priority),
		when: { text: when, sources: [] },
		strategy: { text: strategy, sources: [] },
		domains: reader.domains(entry.problem_category),
		origin: { set, run: '', model: '', imported: file },
		createdAt,
		updatedAt: createdAt,
	};
}

/** Whole up to 16 rules, else in order in parts of at most 12. */
function chunksOf(rules: readonly Rule[]): readonly (readonly Rule[])[] {
	if (rules.length <= maxPatternsImported) return [rules];
	const count = Math.ceil(rules.length / maxPatternsWritten);
	return Array.from({ length: count }, (_, index) =>
		rules.slice(index * maxPatternsWritten, (index + 1) * maxPatternsWritten),
	);
}

function patternsOf(experience: string, rules: readonly Rule[]): readonly Pattern[] {
	return rules.map(({ rule, examples }, index) => {
		const earlier = rules.slice(0, index).filter((other) => other.rule === rule).length;
		// A rule that is there twice still needs an id of its own.
		const text = earlier === 0 ? rule : `${rule}\u0000${earlier}`;
		return { id: partId(experience, 'pattern', text), rule, examples, sources: [] };
	});
}

function caseOf(experience: string, { zone, trajectory }: Content): Experience['cases'][number] {
	const outcome = zone === 'golden' ? 'correct' : zone === 'warning' ? 'incorrect' : 'mixed';
	const id = partId(experience, 'case', trajectory);
	return { id, question: '', answer: '', solution: trajectory, outcome, sources: [] };
}

/** The first part knows all others, and each of them the first. */
function linksOf(ids: readonly string[], index: number): readonly Link[] {
	const others = index === 0 ? ids.slice(1) : ids.slice(0, 1);
	return others.map((id) => ({ kind: 'part', id }));
}
