/** Reads a consolidation plan back from the file that a person looked through, and perhaps thinned out. */
import * as v from 'valibot';
import { statuses, zones } from '../../experience/experience.js';
import { type ConsolidationPlan, stepKinds, stepReasons } from './plan.js';

/** A file is no plan, or one of a newer version; `message` says what is wrong with it. */
export class PlanError extends Error {
	override readonly name = 'PlanError';
}

const previewSchema = v.object({
	id: v.string(),
	rev: v.number(),
	zone: v.picklist(zones),
	status: v.picklist(statuses),
	title: v.string(),
	when: v.string(),
	strategy: v.string(),
	patterns: v.array(v.string()),
	cases: v.number(),
	sources: v.number(),
});

const planSchema = v.object({
	schema: v.literal(1, 'is not 1, the version that this program reads'),
	id: v.pipe(v.string(), v.regex(/^[0-9a-f]{12}$/u, 'is not the id of a plan')),
	basis: v.object({ experiences: v.number(), sha256: v.string() }),
	threshold: v.number(),
	steps: v.array(
		v.object({
			id: v.string(),
			kind: v.picklist(stepKinds, `is none of ${stepKinds.join(', ')}`),
			keep: v.string(),
			drop: v.array(v.string()),
			similarity: v.number(),
			reason: v.picklist(stepReasons),
			why: v.string(),
			before: v.array(previewSchema),
			after: v.optional(previewSchema),
		}),
	),
	unlisted: v.number(),
});

/** @throws {PlanError} naming the first wrong field */
export function parsePlan(text: string): ConsolidationPlan {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (cause) {
		throw new PlanError(`This plan is not valid JSON: ${cause instanceof Error ? cause.message : String(cause)}`, {
			cause,
		});
	}
	const result = v.safeParse(planSchema, value);
	if (result.success) return result.output;
	const [issue] = result.issues;
	const path = v.getDotPath(issue) ?? 'the whole';
	throw new PlanError(`This is not a plan as "dedupe --plan" writes it: ${path}: ${issue.message}`);
}
