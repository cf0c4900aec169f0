/** Joins experiences that teach the same: every pattern, case and source of both, and equal ones once. */
import {
	type Case,
	type Experience,
	maxPatternsWritten,
	mergeSources,
	type Pattern,
	type SourcedText,
} from '../../experience/experience.js';
import { partId } from '../../experience/ids.js';
import { ExperienceError, parseExperience } from '../../experience/validation.js';
import { caseForm } from '../../retrieval/contentForm.js';
import { conditionForm, exactForm, plainForm } from '../../retrieval/plainForm.js';

/** The union, or why there is none. */
export type Union = { readonly merged: Experience } | { readonly refused: string };

/**
 * `keep` with what `drop` adds. The strategy is that of `keep`, since both are held to say the same. The sources are those of both
 * part by part, so that what one problem taught can still be left out.
 */
export function union(keep: Experience, drop: Experience): Union {
	const patterns = patternsOf(keep, drop);
	const most = Math.max(maxPatternsWritten, keep.patterns.length);
	if (patterns.length > most) return { refused: `together they have ${patterns.length} patterns, more than ${most}` };
	const links = [...keep.links, ...drop.links].filter(({ id }) => id !== keep.id && id !== drop.id);
	const merged: Experience = {
		...keep,
		...marksOf(keep, drop),
		when: withSources({ ...keep.when, text: conditionOf(keep, drop) }, drop.when),
		strategy: withSources(keep.strategy, drop.strategy),
		patterns,
		cases: casesOf(keep, drop),
		domains: [...new Set([...keep.domains, ...drop.domains])],
		links: [...new Map(links.map((link) => [`${link.kind} ${link.id}`, link])).values()],
	};
	try {
		return { merged: parseExperience(merged) };
	} catch (error) {
		if (error instanceof ExperienceError) return { refused: `together they are too large: ${error.message}` };
		throw error;
	}
}

/**
 * `keep` with the sources and marks of an exact duplicate. One that is not in use gives nothing: a file from outside
 * must not raise what it repeats.
 */
export function unionOfEquals(keep: Experience, drop: Experience): Union {
	return keep.status === drop.status ? union(keep, drop) : { merged: keep };
}

/** Equal for parts that say the same; what is equal stands in a union once. */
export function patternKey({ rule }: Pattern): string {
	return plainForm(rule).join(' ') || exactForm(rule);
}

function marksOf(keep: Experience, drop: Experience): Partial<Experience> {
	return {
		pinned: keep.pinned || drop.pinned,
		starred: keep.starred || drop.starred,
		reviewed: keep.reviewed && drop.reviewed,
		priority: Math.max(keep.priority, drop.priority),
	};
}

/** Where a person joins what the computer would not, the lesson holds under either condition, and says so. */
function conditionOf({ when: keep }: Experience, { when: drop }: Experience): string {
	if (drop.text.trim() === '' || conditionForm(keep.text) === conditionForm(drop.text)) return keep.text;
	return keep.text.trim() === '' ? drop.text : `${keep.text}; or: ${drop.text}`;
}

function withSources(keep: SourcedText, drop: SourcedText): SourcedText {
	return { text: keep.text, sources: mergeSources(keep.sources, drop.sources) };
}

function patternsOf(keep: Experience, drop: Experience): readonly Pattern[] {
	const join = (a: Pattern, b: Pattern): Pattern => {
		const known = new Set(a.examples.map(exactForm));
		const examples = [...a.examples, ...b.examples.filter((example) => !known.has(exactForm(example)))];
		return { ...a, examples, sources: mergeSources(a.sources, b.sources) };
	};
	return joined(keep.patterns, drop.patterns, patternKey, join, (id, { rule }) =>
		partId(id + keep.id, 'pattern', rule),
	);
}

function casesOf(keep: Experience, drop: Experience): readonly Case[] {
	const join = (a: Case, b: Case): Case => ({ ...a, sources: mergeSources(a.sources, b.sources) });
	return joined(keep.cases, drop.cases, caseForm, join, (id, item) => partId(id + keep.id, 'case', caseForm(item)));
}

/** All of both, equal ones joined; a part whose id is taken gets another. */
function joined<T extends { readonly id: string }>(
	kept: readonly T[],
	added: readonly T[],
	keyOf: (item: T) => string,
	join: (a: T, b: T) => T,
	newId: (id: string, item: T) => string,
): readonly T[] {
	const all = [...kept];
	const places = new Map(kept.map((item, at) => [keyOf(item), at]));
	const ids = new Set(kept.map(({ id }) => id));
	for (const item of added) {
		const place = places.get(keyOf(item)) ?? -1;
		const twin = all[place];
		if (twin) {
			all[place] = join(twin, item);
			continue;
		}
		let { id } = item;
		while (ids.has(id)) id = newId(id, item);
		ids.add(id);
		places.set(keyOf(item), all.length);
		all.push({ ...item, id });
	}
	return all;
}
