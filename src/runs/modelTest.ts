/** Tries a model with one short question. */
import type { ChatAnswer } from '../core/models/chatModel.js';
import type { ModelPool, OpenedModel } from './modelPool.js';

/** Short, and with one right answer: whether the model is any good is for benchmarks to say. */
export const testQuestion = 'What is 17 + 25? Answer with the number only.';

export interface ModelTest {
	readonly opened: OpenedModel;
	readonly answer: ChatAnswer;
	/** Milliseconds until the model was ready. */
	readonly openMs: number;
	/** Milliseconds from there to the end of its answer. */
	readonly answerMs: number;
}

/** @throws {ModelError | ComponentError} */
export async function testModel(pool: ModelPool, id: string, signal: AbortSignal): Promise<ModelTest> {
	const started = performance.now();
	const opened = await pool.describe(id);
	const ready = performance.now();
	const request = { messages: [{ role: 'user', content: testQuestion }] as const, maxTokens: 64, temperature: 0 };
	const answer = await opened.model.complete(request, signal);
	return { opened, answer, openMs: Math.round(ready - started), answerMs: Math.round(performance.now() - ready) };
}
