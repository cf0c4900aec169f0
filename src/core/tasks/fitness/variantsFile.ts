/** Reads a line of a variants file: `{ "mutant": "A2C", "features": { … }, "score": 0.3 }`. */
import * as v from 'valibot';
import type { MeasuredVariant } from './assay.js';

/** A file may hold no more: a prompt names every feature, and every grading goes through every variant. */
export const mostVariants = 100_000;
export const mostFeatures = 200;

const variantSchema = v.object({
	mutant: v.pipe(v.string('must be a text'), v.trim(), v.minLength(1, 'is empty'), v.maxLength(400, 'is too long')),
	score: v.pipe(v.number('must be a number'), v.finite('must be finite')),
	features: v.optional(
		v.pipe(
			v.record(
				v.pipe(v.string(), v.regex(/^[\p{L}\p{N}_ ().,+%/-]{1,80}$/u, 'has a name that is no name')),
				v.nullable(v.pipe(v.number('must be a number or null'), v.finite('must be finite'))),
				'must be an object of numbers',
			),
			v.check((features) => Object.keys(features).length <= mostFeatures, `has more than ${mostFeatures} entries`),
		),
		{},
	),
});

/** The variant, or what is wrong with the line. */
export function parseVariant(line: string): MeasuredVariant | { readonly message: string } {
	let value: unknown;
	try {
		value = JSON.parse(line);
	} catch (cause) {
		return { message: `Not valid JSON: ${cause instanceof Error ? cause.message : String(cause)}` };
	}
	const checked = v.safeParse(variantSchema, value);
	if (checked.success) return checked.output;
	const [issue] = checked.issues;
	const path = v.getDotPath(issue);
	return path === null
		? { message: 'A variant is an object: { "mutant": …, "features": {…}, "score": … }.' }
		: { message: `"${path}" ${issue.received === 'undefined' ? 'is missing' : issue.message}.` };
}
