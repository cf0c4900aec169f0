/** Checks what comes from outside (files, imports, tools): is it an experience, or a change of the library? */
import * as v from 'valibot';
import { type Experience, maxPatternsImported, statuses, zones } from './experience.js';
import type { LibraryOp } from './store.js';

/** Sizes above which an experience is refused: far more than a real one has, far less than what would hurt. */
export const experienceLimits = {
	/** Characters. */
	title: 500,
	when: 8_000,
	strategy: 64_000,
	rule: 16_000,
	example: 16_000,
	/** Of a case: question, answer and solution, each. */
	caseText: 256_000,
	name: 500,
	original: 64_000,
	/** Entries of a list. */
	patterns: maxPatternsImported,
	examples: 64,
	cases: 256,
	sources: 10_000,
	tags: 256,
	/** Characters of the whole, as JSON. */
	whole: 2_000_000,
} as const;

/** Something is not an experience; `path` says where, e.g. `patterns.2.rule`. */
export class ExperienceError extends Error {
	override readonly name = 'ExperienceError';
	constructor(
		readonly reason: 'malformed' | 'too-large',
		readonly path: string,
		message: string,
	) {
		super(message);
	}
}

export interface CheckedExperience {
	readonly experience: Experience;
	/** Paths of fields that an experience does not have; they were left out. */
	readonly unknownFields: readonly string[];
}

const limits = experienceLimits;

const text = (most: number) => v.pipe(v.string('is not a text'), v.maxLength(most, tooLong(`${most} characters`)));
const list = <Item extends v.GenericSchema>(item: Item, most: number) =>
	v.pipe(v.array(item, 'is not a list'), v.maxLength(most, tooLong(`${most} entries`)));
const flag = v.boolean('is neither true nor false');
const whole = (least: number, most: number) => {
	const message = `is not a whole number from ${least} to ${most}`;
	return v.pipe(v.number(message), v.integer(message), v.minValue(least, message), v.maxValue(most, message));
};
const oneOf = <const Values extends readonly string[]>(values: Values) =>
	v.picklist(values, `is none of ${values.join(', ')}`);
const time = v.pipe(
	text(64),
	v.check((value) => !Number.isNaN(Date.parse(value)), 'is not a time as 2026-01-31T12:00:00.000Z'),
);
/** Ids go into file names, addresses and prompts, so they are plain. */
const id = v.pipe(
	v.string('is not a text'),
	v.regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/, 'is not an id (letters, digits and . _ : - only, 128 at most)'),
);
const revision = whole(0, Number.MAX_SAFE_INTEGER);

const sources = list(v.object({ set: text(limits.name), problem: text(limits.name) }), limits.sources);
const tags = list(text(limits.name), limits.tags);

const patternSchema = v.object({
	id,
	rule: text(limits.rule),
	examples: list(text(limits.example), limits.examples),
	sources,
});

const caseSchema = v.object({
	id,
	question: text(limits.caseText),
	answer: text(limits.caseText),
	solution: v.optional(text(limits.caseText)),
	outcome: oneOf(['correct', 'incorrect', 'mixed']),
	sources,
});

const experienceSchema = v.object({
	id,
	rev: revision,
	zone: oneOf(zones),
	status: oneOf(statuses),
	reviewed: flag,
	starred: flag,
	pinned: flag,
	priority: whole(1, 5),
	title: text(limits.title),
	when: v.object({ text: text(limits.when), sources }),
	strategy: v.object({ text: text(limits.strategy), sources }),
	patterns: list(patternSchema, limits.patterns),
	cases: list(caseSchema, limits.cases),
	domains: tags,
	scope: v.optional(v.object({ kinds: v.optional(tags), languages: v.optional(tags), globs: v.optional(tags) })),
	links: list(v.object({ kind: oneOf(['part', 'mergedInto']), id }), limits.tags),
	origin: v.object({
		set: text(limits.name),
		run: text(limits.name),
		model: text(limits.name),
		imported: v.optional(text(limits.name)),
		original: v.optional(text(limits.original)),
	}),
	createdAt: time,
	updatedAt: time,
});

const useSchema = v.object({
	run: text(limits.name),
	problem: text(limits.name),
	epoch: whole(0, Number.MAX_SAFE_INTEGER),
	rollout: whole(0, Number.MAX_SAFE_INTEGER),
	solved: flag,
	withheld: v.optional(flag),
});

const note = v.optional(text(limits.when));

const changeSchema = v.variant(
	'op',
	[
		v.object({ op: v.literal('insert'), experience: experienceSchema }),
		v.object({ op: v.literal('merge'), experience: experienceSchema, baseRev: revision, reason: note }),
		v.object({ op: v.literal('edit'), experience: experienceSchema, baseRev: revision }),
		v.object({ op: v.literal('retire'), id, reason: note }),
		v.object({ op: v.literal('pin'), id, on: flag }),
		v.object({ op: v.literal('star'), id, on: flag }),
		v.object({ op: v.literal('accept'), id }),
		v.object({ op: v.literal('reject'), id }),
		v.object({ op: v.literal('use'), id, use: useSchema }),
		v.object({ op: v.literal('feedback'), id, helpful: flag, note }),
		v.object({ op: v.literal('undo'), id, to: revision }),
	],
	'is no change that a library knows',
);

/**
 * The experience in `value`. Texts are kept as they are, whatever characters they hold: they are data, and whoever
 * shows them escapes them.
 * @throws {ExperienceError} naming the first wrong field
 */
export function parseExperience(value: unknown): Experience {
	const experience = checked(experienceSchema, value, 'The experience');
	refuseTwins(experience);
	const size = JSON.stringify(experience).length;
	if (size > limits.whole) {
		const message = `The experience has ${size} characters as JSON, more than ${limits.whole}; split it.`;
		throw new ExperienceError('too-large', '', message);
	}
	return experience;
}

/** As `parseExperience`, and says which fields it did not know. @throws {ExperienceError} */
export function checkExperience(value: unknown): CheckedExperience {
	const experience = parseExperience(value);
	return { experience, unknownFields: fieldsBeyond(experience, value, '') };
}

/** The change in `value`, e.g. read from a journal. @throws {ExperienceError} */
export function parseChange(value: unknown): LibraryOp {
	const change = checked(changeSchema, value, 'The change');
	if ('experience' in change) refuseTwins(change.experience);
	return change;
}

function checked<Schema extends v.GenericSchema>(schema: Schema, value: unknown, what: string): v.InferOutput<Schema> {
	const result = v.safeParse(schema, value, { abortEarly: true });
	if (result.success) return result.output;
	const [issue] = result.issues;
	const path = v.getDotPath(issue) ?? '';
	const known = /^(is|has) /.test(issue.message);
	const missing = issue.received === 'undefined';
	const problem = missing ? 'is missing' : known ? issue.message : 'is not as an experience needs it';
	const reason = issue.type === 'max_length' ? 'too-large' : 'malformed';
	throw new ExperienceError(reason, path, `${path === '' ? what : `Field ${path}`} ${problem}.`);
}

/** Parts are addressed by id, so no two of an experience may share one. */
function refuseTwins(experience: Experience): void {
	for (const field of ['patterns', 'cases'] as const) {
		const ids = new Set(experience[field].map((part) => part.id));
		if (ids.size < experience[field].length) {
			throw new ExperienceError('malformed', field, `Field ${field} has two entries with one id.`);
		}
	}
}

/** Paths of the fields that `full` has beyond `kept`. */
function fieldsBeyond(kept: unknown, full: unknown, path: string): readonly string[] {
	if (!isRecord(kept) || !isRecord(full)) return [];
	return Object.keys(full).flatMap((key) => {
		const here = path === '' ? key : `${path}.${key}`;
		return Object.hasOwn(kept, key) ? fieldsBeyond(kept[key], full[key], here) : [here];
	});
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null;
}

function tooLong(most: string): string {
	return `has more than ${most}`;
}
