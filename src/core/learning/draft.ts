/** What the distilling critic writes: a proposal, not yet an experience. */
import * as v from 'valibot';
import type { JsonSchema } from '../models/chatModel.js';

const line = (most: number) => v.pipe(v.string(), v.trim(), v.maxLength(most));

/** Of a closed answer space: who or what, and about what. The answer itself is known by computation. */
const kindDraft = v.object({ who: line(60), about: line(100) });

const flatDraft = v.object({ when: line(240), strategy: line(600) });

const hierarchicalDraft = v.object({
	when: line(240),
	strategy: line(600),
	patterns: v.optional(
		v.pipe(v.array(v.object({ rule: line(300), example: v.optional(line(300), '') })), v.maxLength(4)),
		[],
	),
});

export interface DraftPattern {
	readonly rule: string;
	readonly example: string;
}

export interface Draft {
	readonly when: string;
	readonly strategy: string;
	readonly patterns: readonly DraftPattern[];
}

/** Lengths are bounded in the schema, too: a small model that repeats itself would else run to its token limit. */
function text(maxLength: number): JsonSchema {
	return { type: 'string', minLength: 1, maxLength };
}

const kindJson: JsonSchema = {
	type: 'object',
	properties: { who: text(40), about: text(70) },
	required: ['who', 'about'],
	additionalProperties: false,
};

const flatJson: JsonSchema = {
	type: 'object',
	properties: { when: text(200), strategy: text(400) },
	required: ['when', 'strategy'],
	additionalProperties: false,
};

const hierarchicalJson: JsonSchema = {
	type: 'object',
	properties: {
		when: text(200),
		strategy: text(400),
		patterns: {
			type: 'array',
			maxItems: 3,
			items: {
				type: 'object',
				properties: { rule: text(200), example: text(200) },
				required: ['rule', 'example'],
				additionalProperties: false,
			},
		},
	},
	required: ['when', 'strategy', 'patterns'],
	additionalProperties: false,
};

/** What to ask the model for, and how to check it: the kind of case, a rule, or a rule with patterns. */
export const draftForms = {
	kind: { name: 'kind', schema: kindDraft, jsonSchema: kindJson },
	flat: { name: 'lesson', schema: flatDraft, jsonSchema: flatJson },
	hierarchical: { name: 'lesson', schema: hierarchicalDraft, jsonSchema: hierarchicalJson },
} as const;
