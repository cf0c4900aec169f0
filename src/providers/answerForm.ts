/** Holds a model's answer to a form while it is written: a closed list of answers, or a JSON schema. */
import type { Grammar, Llama } from './llamaBinding.js';
import { LlamaError, type LlamaRequest } from './llamaProtocol.js';

export interface AnswerForm {
	/** What llama.cpp samples within; none for free text. */
	readonly grammar?: Grammar;
	/** The whole answer as soon as `text` leaves only one way to go on: what is certain need not be written. */
	complete(text: string): string | undefined;
}

const freeText: AnswerForm = { complete: () => undefined };

/** Grammars are kept, for a run asks for the same few forms again and again. */
const mostKept = 64;

export class AnswerForms {
	private readonly kept = new Map<string, AnswerForm>();

	constructor(private readonly llama: Llama) {}

	/** @throws {LlamaError} `bad-request` where the form can't be made a grammar */
	async of({ choices, schema }: LlamaRequest): Promise<AnswerForm> {
		if (!choices && !schema) return freeText;
		const key = JSON.stringify(choices ?? schema);
		const kept = this.kept.get(key);
		if (kept) return kept;
		const form = choices ? await this.oneOf(choices) : await this.bySchema(schema ?? {});
		if (this.kept.size >= mostKept) this.kept.clear();
		this.kept.set(key, form);
		return form;
	}

	private async oneOf(choices: readonly string[]): Promise<AnswerForm> {
		if (choices.length === 0 || choices.includes('')) {
			throw new LlamaError('bad-request', 'The list of allowed answers is empty, or one of them is; name them all.');
		}
		const different = [...new Set(choices)];
		const grammar = await this.llama.createGrammar({ grammar: choiceGrammar(different) });
		return { grammar, complete: (text) => completeChoice(text, different) };
	}

	private async bySchema(schema: object): Promise<AnswerForm> {
		try {
			return { grammar: await this.llama.createGrammarForJsonSchema(schema), complete: completeJson };
		} catch (cause) {
			const what = cause instanceof Error ? cause.message : String(cause);
			const message = `llama.cpp can't hold an answer to this JSON schema (${what}); simplify it.`;
			throw new LlamaError('bad-request', message, { cause });
		}
	}
}

/** In GBNF, llama.cpp's notation: one of `choices`. */
export function choiceGrammar(choices: readonly string[]): string {
	return `root ::= ${choices.map(literal).join(' | ')}`;
}

/** @see AnswerForm.complete */
export function completeChoice(text: string, choices: readonly string[]): string | undefined {
	const [only, ...others] = choices.filter((choice) => choice.startsWith(text));
	return others.length > 0 ? undefined : only;
}

/** The grammar of JSON goes on with line breaks without end; the value is whole before. */
export function completeJson(text: string): string | undefined {
	const value = text.trim();
	// A number may have more digits until something else follows.
	if (!/(?:[}\]"]|true|false|null)$/.test(value) && text.trimEnd() === text) return undefined;
	try {
		JSON.parse(value);
		return value;
	} catch {
		return undefined;
	}
}

function literal(text: string): string {
	const escaped = Array.from(text, (character) => {
		if (character === '"' || character === '\\') return `\\${character}`;
		const code = character.codePointAt(0) ?? 0;
		return code < 0x20 ? `\\x${code.toString(16).padStart(2, '0')}` : character;
	});
	return `"${escaped.join('')}"`;
}
