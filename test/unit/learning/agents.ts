/** What tests of agents need: model calls with real cache, ledger and limiter, answers that call tools, and a tool. */

import type { Tool } from '../../../src/core/learning/tools/tool.js';
import type { ChatAnswer, ChatModel } from '../../../src/core/models/chatModel.js';
import { type Budget, Ledger } from '../../../src/core/models/ledger.js';
import { Limiter } from '../../../src/core/models/limiter.js';
import { callable, type ModelCalls } from '../../../src/core/models/modelCalls.js';
import { MemoryRequestCache } from '../../../src/core/models/requestCache.js';
import { FakeTime } from '../../fakes/fakeTime.js';
import { answerOf } from '../../fakes/scriptedModel.js';

export const never = new AbortController().signal;

export function callsOf(model: ChatModel, cache = new MemoryRequestCache(), budget: Budget = {}): ModelCalls {
	const time = new FakeTime();
	const ledger = new Ledger({ budget, now: time.now });
	return callable({ model, role: 'actor', cache, limiter: new Limiter({ concurrency: 4, time }), ledger, time });
}

/** An answer that calls tools natively. */
export function calling(...calls: readonly (readonly [name: string, args: unknown])[]): ChatAnswer {
	const toolCalls = calls.map(([name, args], index) => ({
		id: `call_${index}`,
		name,
		arguments: typeof args === 'string' ? args : JSON.stringify(args),
	}));
	return answerOf('', { toolCalls, finish: 'tool' });
}

/** A call as a model without native tools writes it. */
export function written(name: string, args: unknown): string {
	return `\`\`\`tool\n${JSON.stringify({ name, arguments: args })}\n\`\`\``;
}

/** A tool that gives back what `reply` makes of its arguments; it remembers what it was asked. */
export function echo(
	reply: (args: unknown, signal: AbortSignal) => string | Promise<string> = (args) => `echo of ${JSON.stringify(args)}`,
): Tool & { readonly asked: readonly unknown[] } {
	const asked: unknown[] = [];
	return {
		asked,
		definition: {
			name: 'echo',
			description: 'Says it again.',
			parameters: { type: 'object', properties: { text: { type: 'string' } } },
		},
		async run(args, signal) {
			asked.push(args);
			return reply(args, signal);
		},
	};
}
