/** A lesson that a change taught: what a model wrote, or what was computed where none could write. */
import * as v from 'valibot';
import type { Outcome, Scope, Zone } from '../../experience/experience.js';
import type { JsonSchema } from '../../models/chatModel.js';

/** Ready to be proposed to a library. */
export interface CapturedLesson {
	readonly zone: Zone;
	readonly title: string;
	readonly when: string;
	readonly strategy: string;
	readonly patterns: readonly { readonly rule: string; readonly examples: readonly string[] }[];
	readonly cases: readonly {
		readonly question: string;
		readonly answer: string;
		readonly solution?: string;
		readonly outcome: Outcome;
	}[];
	readonly scope: Scope;
}

const line = (most: number) => v.pipe(v.string(), v.trim(), v.maxLength(most));

/** Every place that shows it says "when" itself. */
const condition = v.pipe(
	line(400),
	v.transform((text) => text.replace(/^when(?:ever)? /iu, '')),
);

const kinds = ['fix', 'pitfall', 'convention'] as const;
export type LessonKind = (typeof kinds)[number];

const lessonSchema = v.object({
	kind: v.fallback(v.picklist(kinds), 'fix'),
	title: line(160),
	when: condition,
	advice: line(800),
});
export type WrittenLesson = v.InferOutput<typeof lessonSchema>;

/** What to ask the model for; strings and lists are bounded, as a small model that repeats itself would not end. */
export function lessonsForm(mostLessons: number) {
	const text = (maxLength: number): JsonSchema => ({ type: 'string', minLength: 1, maxLength });
	const jsonSchema: JsonSchema = {
		type: 'object',
		properties: {
			lessons: {
				type: 'array',
				minItems: 1,
				maxItems: mostLessons,
				items: {
					type: 'object',
					properties: { kind: { enum: [...kinds] }, title: text(80), when: text(200), advice: text(400) },
					required: ['kind', 'title', 'when', 'advice'],
					additionalProperties: false,
				},
			},
		},
		required: ['lessons'],
		additionalProperties: false,
	};
	const schema = v.object({ lessons: v.pipe(v.array(lessonSchema), v.minLength(1)) });
	return { name: 'lessons', schema, jsonSchema };
}

/** A convention is how it is done right; a pitfall warns; a fix went wrong first and right later. */
export const zoneOfKind: Readonly<Record<LessonKind, Zone>> = {
	convention: 'golden',
	pitfall: 'warning',
	fix: 'mixed',
};
