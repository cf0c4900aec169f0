/** Checks every message that comes from the panel: what does not fit is refused before anything is done. */
import * as v from 'valibot';
import type { CallName, Params, Question } from './panel.js';

/** No text that a person types or picks is longer. */
const text = v.pipe(v.string(), v.maxLength(200_000));
const short = v.pipe(v.string(), v.maxLength(2_000));
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10_000_000));
const ids = v.pipe(v.array(short), v.maxLength(20_000));
const values = v.pipe(v.array(short), v.maxLength(500));

const shelf = { shelf: short };
const experience = { ...shelf, id: short };
const place = { folder: short, run: short };
const revision = v.strictObject({ id: short, rev: count });
const nothing = v.strictObject({});

const facets = v.strictObject({
	zone: v.optional(values),
	status: v.optional(values),
	utility: v.optional(values),
	mark: v.optional(values),
	part: v.optional(values),
	domain: v.optional(values),
	set: v.optional(values),
	model: v.optional(values),
	run: v.optional(values),
});

const draft = v.strictObject({
	title: text,
	when: text,
	strategy: text,
	patterns: v.pipe(
		v.array(v.strictObject({ id: short, rule: text, examples: v.pipe(v.array(text), v.maxLength(200)) })),
		v.maxLength(100),
	),
	domains: values,
	priority: count,
});

const plan = v.strictObject({
	set: short,
	split: v.picklist(['train', 'dev', 'test']),
	arms: values,
	model: short,
	library: short,
	limit: count,
	samples: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(64)),
	seed: count,
});

const target = v.variant('what', [
	v.strictObject({ what: v.literal('document'), ...experience }),
	v.strictObject({ what: v.literal('compare'), ...experience, rev: count }),
	v.strictObject({ what: v.literal('problem'), set: short, problem: short }),
	v.strictObject({ what: v.picklist(['log', 'settings', 'train', 'import', 'example', 'models']) }),
]);

type Schemas = { readonly [Name in CallName]: v.GenericSchema<unknown, Params<Name>> };

const schemas: Schemas = {
	shelves: nothing,
	browse: v.strictObject({
		...shelf,
		text: short,
		facets,
		sort: v.picklist(['relevance', 'newest', 'changed', 'title', 'used', 'utility', 'priority']),
		offset: count,
		limit: v.pipe(count, v.maxValue(500)),
	}),
	experience: v.strictObject(experience),
	neighbours: v.strictObject(experience),
	history: v.strictObject(experience),
	growth: v.strictObject(shelf),
	decide: v.strictObject({
		...shelf,
		ids,
		decision: v.picklist(['accept', 'reject', 'retire', 'pin', 'unpin', 'star', 'unstar']),
	}),
	save: v.strictObject({ ...experience, baseRev: count, draft }),
	mergePreview: v.strictObject({ ...shelf, keep: short, drop: short }),
	merge: v.strictObject({ ...shelf, keep: revision, drop: revision }),
	retag: v.strictObject({ ...shelf, ids, add: values, remove: values }),
	restore: v.strictObject({ ...experience, rev: count }),
	undo: v.strictObject({ token: count }),
	runs: nothing,
	watch: v.strictObject({ run: v.nullable(v.strictObject(place)) }),
	board: v.strictObject({ ...place, epoch: v.optional(count) }),
	transcripts: v.strictObject({ ...place, problem: short, epoch: v.optional(count), arms: v.optional(values) }),
	steer: v.strictObject({ ...place, action: v.picklist(['pause', 'continue', 'stop', 'resume']) }),
	benchOptions: v.strictObject({ models: v.boolean() }),
	benchEstimate: plan,
	benchStart: plan,
	report: v.strictObject(place),
	comparisons: v.strictObject({ set: short }),
	exportReport: v.strictObject({ ...place, format: v.picklist(['csv', 'markdown', 'html']) }),
	open: target,
	draw: v.strictObject({ texts: v.pipe(v.array(short), v.maxLength(50)) }),
	copy: v.strictObject({ text }),
	keep: v.strictObject({ state: v.unknown() }),
};

const envelope = v.strictObject({
	kind: v.literal('ask'),
	number: count,
	name: v.picklist(Object.keys(schemas).filter(isName)),
	params: v.unknown(),
});

/** The question that the message is, or why it is none. */
export function parseQuestion(message: unknown): Question | { readonly fault: string; readonly number: number } {
	const outer = v.safeParse(envelope, message);
	if (!outer.success) return { fault: v.summarize(outer.issues), number: numberOf(message) };
	const { name, number } = outer.output;
	const inner = v.safeParse(schemas[name], outer.output.params);
	if (!inner.success) return { fault: `${name}: ${v.summarize(inner.issues)}`, number };
	return { kind: 'ask', number, name, params: inner.output };
}

function isName(name: string): name is CallName {
	return name in schemas;
}

function numberOf(message: unknown): number {
	const number = typeof message === 'object' && message !== null ? Reflect.get(message, 'number') : undefined;
	return typeof number === 'number' ? number : -1;
}
