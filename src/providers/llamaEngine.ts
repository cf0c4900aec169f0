/** Answers requests with a model of llama.cpp, reading again only what earlier prompts did not share. */
import { type AnswerForm, AnswerForms } from './answerForm.js';
import { ChatTemplate } from './chatTemplate.js';
import {
	type Grammar,
	type LlamaBinding,
	type LlamaModel,
	type LlamaSequence,
	loadJinja,
	loadLlama,
	type SampleOptions,
	type Token,
} from './llamaBinding.js';
import { type LlamaCompletion, LlamaError, type LlamaRequest, type LlamaStart } from './llamaProtocol.js';
import { type CachedPrompt, choosePrompt, sharedPrefix, worthOf } from './prefixCache.js';

/** Prompts kept at once: the beginnings of actor, critic and updater, or of three arms. */
const cachedPrompts = 3;

/**
 * Tokens read in one go. Small enough that a cancelled request ends soon, large enough that reading is not slower. A
 * prompt is always cut at the same places, and continued only there: so what was cached never changes an answer.
 */
const blockTokens = 64;

const defaultMaxTokens = 512;

const empty: CachedPrompt = { tokens: [], worth: 0, usedAt: 0 };

interface Slot {
	readonly sequence: LlamaSequence;
	cached: CachedPrompt;
}

interface Draft {
	readonly text: string;
	readonly tokensOut: number;
	readonly finish: 'stop' | 'length';
}

export class LlamaEngine {
	private requests = 0;

	private constructor(
		readonly contextTokens: number,
		private readonly binding: LlamaBinding,
		private readonly model: LlamaModel,
		private readonly template: ChatTemplate,
		private readonly forms: AnswerForms,
		private readonly slots: readonly Slot[],
	) {}

	/** Loads the model, which takes seconds. */
	static async load({ componentFolder, file, threads, contextTokens }: LlamaStart): Promise<LlamaEngine> {
		const [binding, jinja] = await Promise.all([loadLlama(componentFolder), loadJinja(componentFolder)]);
		const llama = await binding.getLlama({ gpu: false, build: 'never', logLevel: 'error', maxThreads: threads });
		const model = await llama.loadModel({ modelPath: file });
		const contextSize = Math.min(contextTokens, model.trainContextSize);
		const context = await model.createContext({ contextSize, sequences: cachedPrompts, threads });
		const slots = Array.from({ length: cachedPrompts }, () => ({
			sequence: context.getSequence(),
			cached: empty,
		}));
		const template = new ChatTemplate(model, jinja);
		return new LlamaEngine(contextSize, binding, model, template, new AnswerForms(llama), slots);
	}

	/**
	 * One request at a time.
	 * @throws {LlamaError}
	 */
	async complete(asked: LlamaRequest, signal: AbortSignal): Promise<LlamaCompletion> {
		const certain = certainBeginning(asked.choices ?? []);
		const request =
			certain === '' ? asked : { ...asked, choices: asked.choices?.map((text) => text.slice(certain.length)) };
		const begun = certain === '' ? [] : this.model.tokenize(certain, false);
		const tokens = [...this.template.tokenize(asked.messages), ...begun];
		if (tokens.length >= this.contextTokens) throw tooLong(tokens.length, this.contextTokens);
		const form = await this.forms.of(request);
		const slot = this.slotFor(tokens);
		const before = slot.cached;
		slot.cached = empty;
		const started = performance.now();
		const shared = await this.read(slot.sequence, before, tokens, signal);
		const read = performance.now();
		const draft = await this.write(slot.sequence, tokens, form, request, signal);
		// Only now: a request that failed on the way leaves an empty slot.
		slot.cached = { tokens, worth: worthOf(tokens, shared, before), usedAt: this.requests };
		return {
			...draft,
			text: certain + draft.text,
			tokensIn: tokens.length,
			tokensEvaluated: tokens.length - shared,
			readMs: read - started,
			writeMs: performance.now() - read,
		};
	}

	private slotFor(tokens: readonly Token[]): Slot {
		this.requests++;
		const prompts = this.slots.map(({ cached }) => cached);
		const slot = this.slots[choosePrompt(prompts, tokens, this.requests)];
		if (!slot) throw new Error('There is no slot for a prompt.');
		return slot;
	}

	/** Reads all of the prompt but its last block; returns how many tokens were there already. */
	private async read(
		sequence: LlamaSequence,
		cached: CachedPrompt,
		tokens: readonly Token[],
		signal: AbortSignal,
	): Promise<number> {
		const shared = wholeBlocks(sharedPrefix(cached.tokens, tokens));
		const end = sequence.contextTokens.length;
		if (shared < end) await sequence.eraseContextTokenRanges([{ start: shared, end }]);
		const readUpTo = wholeBlocks(tokens.length - 1);
		for (let at = shared; at < readUpTo; at += blockTokens) {
			throwIfCancelled(signal);
			await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(at, at + blockTokens));
		}
		return shared;
	}

	/** Reads the prompt's last block and writes the answer, token by token. */
	private async write(
		sequence: LlamaSequence,
		tokens: readonly Token[],
		form: AnswerForm,
		request: LlamaRequest,
		signal: AbortSignal,
	): Promise<Draft> {
		const { maxTokens = defaultMaxTokens, temperature = 0, seed } = request;
		const room = Math.min(maxTokens, this.contextTokens - tokens.length);
		const written: Token[] = [];
		const decided = form.complete('');
		if (decided !== undefined) return { text: decided, tokensOut: 0, finish: 'stop' };
		const grammar = form.grammar;
		const options: SampleOptions = {
			temperature,
			yieldEogToken: true,
			...(seed === undefined ? {} : { seed }),
			...(grammar ? { grammarEvaluationState: this.held(grammar) } : {}),
		};
		for await (const token of sequence.evaluate(tokens.slice(wholeBlocks(tokens.length - 1)), options)) {
			throwIfCancelled(signal);
			if (this.model.isEogToken(token)) return this.draft(written, 'stop');
			written.push(token);
			const whole = form.complete(this.model.detokenize(written));
			if (whole !== undefined) return { text: whole, tokensOut: written.length, finish: 'stop' };
			if (written.length >= room) break;
		}
		return this.draft(written, 'length');
	}

	private held(grammar: Grammar): object {
		return new this.binding.LlamaGrammarEvaluationState({ model: this.model, grammar });
	}

	private draft(written: readonly Token[], finish: Draft['finish']): Draft {
		return { text: this.model.detokenize(written), tokensOut: written.length, finish };
	}
}

/**
 * What every allowed answer begins with, up to its last colon: it is read like a prompt, not written word by word, and
 * the grammar of what is left stays the same from question to question.
 */
export function certainBeginning(choices: readonly string[]): string {
	const [first = '', ...others] = choices;
	if (others.length === 0) return '';
	let shared = 0;
	while (shared < first.length && others.every((other) => other[shared] === first[shared])) shared++;
	const certain = shared === 0 ? '' : first.slice(0, first.lastIndexOf(':', shared - 1) + 1);
	// An answer that is all beginning leaves nothing to choose.
	return choices.some((choice) => choice.length === certain.length) ? '' : certain;
}

/** The largest multiple of a block's length that is not above `tokens`. */
function wholeBlocks(tokens: number): number {
	return tokens - (tokens % blockTokens);
}

function throwIfCancelled(signal: AbortSignal): void {
	if (signal.aborted) throw new LlamaError('cancelled', 'The model call was cancelled.');
}

function tooLong(tokens: number, contextTokens: number): LlamaError {
	return new LlamaError(
		'context-length',
		`The prompt has ${tokens} tokens and the model reads ${contextTokens}; shorten the problem, lower the token budget of retrieved experience, or give the model a larger context.`,
	);
}
