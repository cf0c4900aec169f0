/** One entry of the reference's JSON as experiences: what is odd about it is mended and told. */
import {
	type Experience,
	type Link,
	maxPatternsImported,
	maxPatternsWritten,
	type Pattern,
	type Zone,
	zones,
} from '../../core/experience/experience.js';
import { partId } from '../../core/experience/ids.js';
import { checkExperience, ExperienceError } from '../../core/experience/validation.js';
import { sha256Hex } from '../../core/hash.js';
import { canonicalJson } from '../../core/models/canonicalJson.js';
import { splitMethod } from './methodText.js';
import { isObject, type Original, type OriginalMethod, writeOriginal } from './referenceOriginal.js';

/** Something about an entry that is not as the format says; `field` is empty where it is about the whole. */
export interface Oddity {
	/** E.g. `golden[3]`. */
	readonly entry: string;
	readonly field: string;
	readonly what: string;
}

export interface EntryContext {
	/** E.g. `golden[3]`. */
	readonly place: string;
	/** Of the partition that it stands in; undefined in a bare list. */
	readonly zone: Zone | undefined;
	/** Name of the file. */
	readonly file: string;
	readonly set: string;
	/** ISO 8601 UTC; for entries without a time of their own. */
	readonly at: string;
}

export interface ReadEntry {
	/** One, or the parts of an entry that had to be cut; empty where nothing of it can be used. */
	readonly experiences: readonly Experience[];
	readonly rules: number;
	readonly odd: readonly Oddity[];
}

/** @throws {ExperienceError} where the entry is too large, or holds nothing */
export function readEntry(entry: unknown, context: EntryContext): ReadEntry {
	const reader = new EntryReader(context);
	if (!isObject(entry)) throw new ExperienceError('malformed', '', 'It is not an object.');
	const zone = reader.zone(entry.memory_type);
	const method = reader.method(entry.method);
	const rules = reader.rules(entry.rules);
	const trajectory = reader.text('revised_trajectory', entry.revised_trajectory);
	const parts = splitMethod(method.text);
	if (parts.strategy.trim() === '' && rules.length === 0 && trajectory === '') {
		throw new ExperienceError('malformed', '', 'It holds neither a method nor rules nor a trajectory.');
	}
	// Usage and times are left out, so that the entry is known again after it was used.
	const content = sha256Hex(canonicalJson([zone, method.text, rules, trajectory]));
	const chunks = chunksOf(rules);
	const ids = chunks.map((_, index) => sha256Hex(`reference\u0000${content}\u0000${index}`).slice(0, 16));
	const createdAt = reader.time('created_at', entry.created_at);
	const when = method.category === undefined ? parts.when : method.category.trim();
	const original: Original = {
		...leftOver(entry),
		...(method.rest ? { methodFields: method.rest } : {}),
		...(parts.lead === '' ? {} : { lead: parts.lead }),
	};
	const title = method.category === undefined ? parts.title : splitMethod(method.category).title;
	const experiences = chunks.map((chunk, index) => {
		const id = ids[index] ?? '';
		const suffix = chunks.length > 1 ? ` (part ${index + 1} of ${chunks.length})` : '';
		const experience: Experience = {
			id,
			rev: 1,
			zone,
			status: 'quarantined',
			reviewed: false,
			starred: false,
			pinned: false,
			priority: reader.priority(entry.priority),
			title: `${title}${suffix}`,
			when: { text: when, sources: [] },
			strategy: { text: parts.strategy, sources: [] },
			patterns: patternsOf(id, chunk),
			cases: index === 0 && trajectory !== '' ? [caseOf(id, zone, trajectory)] : [],
			domains: reader.domains(entry.problem_category),
			links: linksOf(ids, index),
			origin: {
				set: context.set,
				run: '',
				model: '',
				imported: context.file,
				original: writeOriginal({ ...original, part: index, parts: chunks.length }),
			},
			createdAt,
			updatedAt: createdAt,
		};
		return checkExperience(experience).experience;
	});
	return { experiences, rules: rules.length, odd: reader.odd };
}

interface Rule {
	readonly rule: string;
	readonly examples: readonly string[];
}

interface Method {
	readonly text: string;
	/** Where the method was an object: its category and its other fields. */
	readonly category?: string;
	readonly rest?: OriginalMethod;
}

/** Reads fields leniently, and remembers what was odd. */
class EntryReader {
	private readonly found = new Map<string, Oddity>();

	constructor(private readonly context: EntryContext) {}

	get odd(): readonly Oddity[] {
		return [...this.found.values()];
	}

	zone(value: unknown): Zone {
		const named = zones.find((zone) => zone === value);
		const { zone: partition } = this.context;
		if (partition) {
			if (named && named !== partition) this.note('memory_type', `says ${named}, but it stands under ${partition}`);
			if (!named) this.note('memory_type', `is none of ${zones.join(', ')}; taken as ${partition}`);
			return partition;
		}
		if (!named) this.note('memory_type', `is none of ${zones.join(', ')}; taken as mixed`);
		return named ?? 'mixed';
	}

	method(value: unknown): Method {
		if (!isObject(value)) return { text: this.text('method', value) };
		this.note('method', `is an object (${Object.keys(value).join(', ')}) instead of a text`);
		const { general_method: text, problem_category: category } = value;
		if (typeof text !== 'string') return { text: canonicalJson(value), rest: { whole: value } };
		return { text, category: typeof category === 'string' ? category : '', rest: { fields: without(value) } };
	}

	rules(value: unknown): readonly Rule[] {
		if (value === undefined || value === null) {
			this.note('rules', 'is missing');
			return [];
		}
		if (!Array.isArray(value)) {
			this.note('rules', 'is not a list');
			return [];
		}
		return value.flatMap((item: unknown, index) => this.rule(item, `rules[${index}]`));
	}

	text(field: string, value: unknown): string {
		if (typeof value === 'string') return value;
		if (value === undefined || value === null) {
			this.note(field, 'is missing');
			return '';
		}
		this.note(field, 'is not a text; kept as JSON');
		return canonicalJson(value);
	}

	priority(value: unknown): number {
		if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 5) return value;
		this.note('priority', 'is not a whole number from 1 to 5; taken as 3');
		return 3;
	}

	domains(value: unknown): readonly string[] {
		return typeof value === 'string' && value.trim() !== '' ? [value.trim()] : [];
	}

	/** Times of the reference have no zone; they are taken as UTC. */
	time(field: string, value: unknown): string {
		const text = typeof value === 'string' ? value : '';
		const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`;
		const time = Date.parse(zoned);
		if (!Number.isNaN(time)) return new Date(time).toISOString();
		this.note(field, 'is not a time; the time of import was taken');
		return this.context.at;
	}

	private rule(value: unknown, place: string): readonly Rule[] {
		if (typeof value === 'string') {
			this.note(place, 'is a text without examples');
			return [{ rule: value, examples: [] }];
		}
		if (!isObject(value) || typeof value.rule !== 'string') {
			this.note(place, 'holds no rule and was left out');
			return [];
		}
		return [{ rule: value.rule, examples: this.examples(value.examples, place) }];
	}

	private examples(value: unknown, place: string): readonly string[] {
		if (value === undefined || value === null) return [];
		const list: readonly unknown[] = Array.isArray(value) ? value : [value];
		if (!Array.isArray(value)) this.note(`${place}.examples`, 'is not a list');
		return list.map((example) => this.text(`${place}.examples`, example));
	}

	private note(field: string, what: string): void {
		this.found.set(`${field} ${what}`, { entry: this.context.place, field, what });
	}
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

function caseOf(experience: string, zone: Zone, trajectory: string): Experience['cases'][number] {
	const outcome = zone === 'golden' ? 'correct' : zone === 'warning' ? 'incorrect' : 'mixed';
	const id = partId(experience, 'case', trajectory);
	return { id, question: '', answer: '', solution: trajectory, outcome, sources: [] };
}

/** The first part knows all others, and each of them the first. */
function linksOf(ids: readonly string[], index: number): readonly Link[] {
	const others = index === 0 ? ids.slice(1) : ids.slice(0, 1);
	return others.map((id) => ({ kind: 'part', id }));
}

/** Fields of the entry that an experience has no place for. */
function leftOver(entry: Readonly<Record<string, unknown>>): Original {
	const { created_at, usage_count, last_used, problem_category } = entry;
	return { created_at, usage_count, last_used, problem_category };
}

function without({ general_method: _, ...rest }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
	return rest;
}
