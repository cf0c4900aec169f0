/** The judge: a language model that compares answers where nothing can be computed. */
import * as v from 'valibot';
import { judgePrompt } from '../core/learning/prompts/judge.js';
import { ModelError } from '../core/models/chatModel.js';
import type { ModelCalls } from '../core/models/modelCalls.js';
import { completeStructured } from '../core/models/structuredOutput.js';
import type { JudgePort } from '../core/tasks/task.js';

const schema = v.object({ reason: v.pipe(v.string(), v.maxLength(600)), correct: v.boolean() });
const jsonSchema = {
	type: 'object',
	properties: { reason: { type: 'string', maxLength: 300 }, correct: { type: 'boolean' } },
	required: ['reason', 'correct'],
	additionalProperties: false,
};

/** The judge's role as a grader's port. */
export function judgePort(calls: ModelCalls): JudgePort {
	return {
		async judge(question, expected, answer, signal) {
			const request = { messages: judgePrompt(question, expected, answer), maxTokens: 200, temperature: 0 };
			const result = await completeStructured(calls, { request, name: 'judgement', schema, jsonSchema }, signal);
			if ('value' in result) return result.value;
			throw new ModelError('refused', `The judge ${calls.model.id} gave no usable judgement: ${result.detail}`);
		},
	};
}
