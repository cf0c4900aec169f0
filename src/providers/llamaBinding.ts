/** The part of node-llama-cpp that FLEX uses, loaded from the folder where the component was installed. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A token's number in the model's vocabulary. */
export type Token = number;

export interface Grammar {
	readonly grammar: string;
}

export interface LlamaModel {
	readonly trainContextSize: number;
	readonly fileInfo: { readonly metadata: { readonly tokenizer?: { readonly chat_template?: unknown } } };
	readonly tokens: {
		readonly bos: Token | null;
		readonly bosString: string | null;
		readonly eosString: string | null;
		readonly shouldPrependBosToken: boolean;
	};
	/** With `specialTokens`, text such as `<|im_end|>` becomes the token of that name. */
	tokenize(text: string, specialTokens?: boolean): Token[];
	detokenize(tokens: readonly Token[]): string;
	isEogToken(token: Token): boolean;
	createContext(options: {
		readonly contextSize: number;
		readonly sequences: number;
		readonly threads: number;
	}): Promise<LlamaContext>;
}

export interface LlamaContext {
	getSequence(): LlamaSequence;
}

/** What the model has read so far, as a cache: what is not erased need not be read again. */
export interface LlamaSequence {
	readonly contextSize: number;
	readonly contextTokens: readonly Token[];
	eraseContextTokenRanges(ranges: readonly { readonly start: number; readonly end: number }[]): Promise<void>;
	evaluateWithoutGeneratingNewTokens(tokens: readonly Token[]): Promise<void>;
	evaluate(tokens: readonly Token[], options: SampleOptions): AsyncGenerator<Token, void, undefined>;
}

export interface SampleOptions {
	/** 0 is greedy. */
	readonly temperature: number;
	readonly seed?: number;
	readonly grammarEvaluationState?: object;
	readonly yieldEogToken: true;
}

export interface Llama {
	loadModel(options: { readonly modelPath: string }): Promise<LlamaModel>;
	createGrammar(options: { readonly grammar: string }): Promise<Grammar>;
	createGrammarForJsonSchema(schema: object): Promise<Grammar>;
}

export interface LlamaBinding {
	getLlama(options: {
		readonly gpu: false;
		readonly build: 'never';
		readonly logLevel: 'error';
		readonly maxThreads: number;
	}): Promise<Llama>;
	readonly LlamaGrammarEvaluationState: new (options: {
		readonly model: LlamaModel;
		readonly grammar: Grammar;
	}) => object;
}

export interface JinjaBinding {
	readonly Template: new (source: string) => { render(variables: Record<string, unknown>): string };
}

/** The folder is known only at run time, so the bundler leaves these imports alone. */
export async function loadLlama(componentFolder: string): Promise<LlamaBinding> {
	const binding: LlamaBinding = await import(entryUrl(componentFolder, 'node-llama-cpp/dist/index.js'));
	return binding;
}

/** The template language of model files; node-llama-cpp depends on it, so it lies in the same folder. */
export async function loadJinja(componentFolder: string): Promise<JinjaBinding> {
	const require = createRequire(join(componentFolder, 'node_modules', 'node-llama-cpp', 'package.json'));
	const binding: JinjaBinding = await import(pathToFileURL(require.resolve('@huggingface/jinja')).href);
	return binding;
}

function entryUrl(componentFolder: string, path: string): string {
	return pathToFileURL(join(componentFolder, 'node_modules', path)).href;
}
