/** Reads the fields of a reference entry as far as they can be read, and notes what was odd about them. */
import { type Zone, zones } from '../../core/experience/experience.js';
import { canonicalJson } from '../../core/models/canonicalJson.js';
import { isObject, type OriginalMethod } from './referenceOriginal.js';

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

export interface Rule {
	readonly rule: string;
	readonly examples: readonly string[];
}

export interface Method {
	readonly text: string;
	/** Where the method was an object: its category and its other fields. */
	readonly category?: string;
	readonly rest?: OriginalMethod;
}

/** Reads fields leniently, and remembers what was odd. */
export class EntryReader {
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

function without({ general_method: _, ...rest }: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
	return rest;
}
