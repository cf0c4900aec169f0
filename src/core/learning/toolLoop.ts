/** The tool loop: the model reasons, calls tools, reads what they bring back, and answers (ReAct, Yao et al. 2023). */
import { type ChatAnswer, type ChatMessage, type ChatRequest, ModelError, type Usage } from '../models/chatModel.js';
import { askAtEnd } from '../models/jsonForm.js';
import type { ModelCalls } from '../models/modelCalls.js';
import { estimatePrompt, estimateTokens } from '../models/tokenEstimate.js';
import { finalDemand, toolInstructions } from './prompts/agent.js';
import { asText, type Exchange, exchangeTokens, fitExchanges, messagesOf } from './tools/conversation.js';
import type { Tool } from './tools/tool.js';
import { findCalls } from './tools/toolCalls.js';
import { type ToolStep, Workshop } from './tools/workshop.js';

export interface ToolLoopInput {
	/** The actor's prompt; what has to be said of the tools is added to its system part. */
	readonly prompt: readonly ChatMessage[];
	readonly tools: readonly Tool[];
	/** Requests that may call tools, at most; one more may follow, for the final answer. */
	readonly steps: number;
	/** Of each request; a step may take more tokens than the answer, and `sample` gets its number behind it. */
	readonly request: Pick<ChatRequest, 'temperature' | 'seed'> & { readonly maxTokens: number; readonly sample: string };
	/** What the request for the final answer is held to. */
	readonly closing: Pick<ChatRequest, 'choices'>;
	/** Whether a text holds an answer; without one the model is asked for it once more. */
	readonly answered: (text: string) => boolean;
}

export interface ToolLoopResult {
	/** All that was said before the final answer, calls and observations included. */
	readonly messages: readonly ChatMessage[];
	/** The final answer. */
	readonly text: string;
	/** Of all requests together. */
	readonly usage: Usage;
	readonly steps: readonly ToolStep[];
}

/** Tokens that a step may take in any case: a script needs room also where the answer is one label. */
const leastStep = 400;
/** Tokens of one observation at most. */
const mostObservation = 800;
/** In a small context neither of them is more than this part of it. */
const smallShare = 1 / 8;
/** Estimated counts are right within about 15 %. */
const estimateMargin = 1.15;

/** Runs tool loops with one model: with native calls where it has them, else with calls in writing. */
export class ToolLoop {
	/** False where the model knows no tools: by its own word, or because its endpoint has refused them. */
	private native: boolean;

	constructor(private readonly calls: ModelCalls) {
		this.native = calls.model.supports.tools;
	}

	/** @throws {ModelError | BudgetError | CacheError}; and what a tool throws that the model can't mend */
	async run(input: ToolLoopInput, signal: AbortSignal): Promise<ToolLoopResult> {
		if (!this.native) return runLoop(new Talk(this.calls, input, false), signal);
		const talk = new Talk(this.calls, input, true);
		try {
			return await runLoop(talk, signal);
		} catch (error) {
			if (talk.begun || !mayRefuseTools(error)) throw error;
			// Where the request was refused for another reason, this one is refused as well, and says so.
			const result = await runLoop(new Talk(this.calls, input, false), signal);
			this.native = false;
			return result;
		}
	}
}

/** Servers that know no tools refuse them with 400, or 404 where a router finds no model that does. */
function mayRefuseTools(error: unknown): boolean {
	return error instanceof ModelError && (error.reason === 'bad-request' || error.reason === 'not-found');
}

async function runLoop(talk: Talk, signal: AbortSignal): Promise<ToolLoopResult> {
	const { input } = talk;
	const workshop = new Workshop(input.tools, talk.observationTokens);
	for (let step = 0; step < input.steps; step++) {
		const answer = await talk.reason(step, signal);
		const { native, text, calls } = findCalls(answer, workshop.names);
		if (calls.length === 0) {
			if (input.answered(text)) return talk.result(text, workshop.steps, false);
			if (text.trim() !== '') talk.exchanges.push({ native: false, text, results: [] });
			break;
		}
		const { results, anyNew } = await workshop.carryOut(calls, signal);
		talk.exchanges.push({ native, text, results });
		if (!anyNew) break;
	}
	const { text } = await talk.close(signal);
	return talk.result(text, workshop.steps, true);
}

/** One loop's conversation with the model. */
class Talk {
	readonly exchanges: Exchange[] = [];
	private readonly prompt: readonly ChatMessage[];
	private usage: Usage | undefined;

	constructor(
		private readonly calls: ModelCalls,
		readonly input: ToolLoopInput,
		private readonly native: boolean,
	) {
		const definitions = input.tools.map((tool) => tool.definition);
		this.prompt = withInstructions(input.prompt, toolInstructions(definitions, input.steps, native));
	}

	/** Whether the model has answered anything. */
	get begun(): boolean {
		return this.usage !== undefined;
	}

	get observationTokens(): number {
		return this.inSmallContext(mostObservation);
	}

	/** A request that may call tools. */
	reason(step: number, signal: AbortSignal): Promise<ChatAnswer> {
		const tools = this.native ? { tools: this.input.tools.map((tool) => tool.definition) } : {};
		const maxTokens = Math.max(this.input.request.maxTokens, this.inSmallContext(leastStep));
		return this.ask(this.exchanges, messagesOf, { ...tools, maxTokens, sample: `${step}` }, signal);
	}

	/** The request for the final answer: without tools, and held to the allowed answers where there are such. */
	close(signal: AbortSignal): Promise<ChatAnswer> {
		const { closing, request } = this.input;
		const more = { ...closing, maxTokens: request.maxTokens, sample: 'final' };
		return this.ask(this.exchanges.map(asText), demanding, more, signal);
	}

	/** @param closed the answer was demanded */
	result(text: string, steps: readonly ToolStep[], closed: boolean): ToolLoopResult {
		const messages = (closed ? demanding : messagesOf)(this.prompt, this.exchanges);
		return { messages, text, usage: this.usage ?? { tokensIn: 0, tokensOut: 0 }, steps };
	}

	private inSmallContext(tokens: number): number {
		return Math.min(tokens, Math.floor(this.calls.model.contextTokens * smallShare));
	}

	/** A request with as much of the exchanges as fits; with half of it where the estimate was too low. */
	private async ask(
		exchanges: readonly Exchange[],
		join: typeof messagesOf,
		more: Pick<ChatRequest, 'tools' | 'choices'> & { readonly maxTokens: number; readonly sample: string },
		signal: AbortSignal,
	): Promise<ChatAnswer> {
		const { contextTokens } = this.calls.model;
		const { request } = this.input;
		const maxTokens = Math.min(more.maxTokens, Math.floor(contextTokens / 2));
		const fixed = estimatePrompt(join(this.prompt, [])) + estimateTokens(JSON.stringify(more.tools ?? []));
		const sample = `${request.sample}.tools.${more.sample}`;
		const send = async (fitted: readonly Exchange[]): Promise<ChatAnswer> => {
			const messages = join(this.prompt, fitted);
			const answer = await this.calls.complete({ ...request, ...more, maxTokens, sample, messages }, signal);
			this.usage = sum(this.usage, answer.usage);
			return answer;
		};
		const fitted = fitExchanges(exchanges, Math.floor((contextTokens - maxTokens) / estimateMargin) - fixed);
		try {
			return await send(fitted);
		} catch (error) {
			const tooLong = error instanceof ModelError && error.reason === 'context-length';
			if (!tooLong || fitted.length === 0) throw error;
			return send(fitExchanges(fitted, Math.floor(exchangeTokens(fitted) / 2)));
		}
	}
}

/** The conversation with the demand for the final answer at its end. */
function demanding(prompt: readonly ChatMessage[], exchanges: readonly Exchange[]): readonly ChatMessage[] {
	return askAtEnd(messagesOf(prompt, exchanges), finalDemand);
}

function withInstructions(prompt: readonly ChatMessage[], instructions: string): readonly ChatMessage[] {
	const [first, ...rest] = prompt;
	if (first?.role !== 'system') return [{ role: 'system', content: instructions }, ...prompt];
	return [{ ...first, content: `${first.content}\n\n${instructions}` }, ...rest];
}

function sum(a: Usage | undefined, b: Usage): Usage {
	if (!a) return b;
	const counts = { tokensIn: a.tokensIn + b.tokensIn, tokensOut: a.tokensOut + b.tokensOut };
	return a.estimated || b.estimated ? { ...counts, estimated: true } : counts;
}
