/** Turns messages into a model's tokens by the chat template that its file carries. */
import { randomUUID } from 'node:crypto';
import type { ChatMessage } from '../core/models/chatModel.js';
import type { JinjaBinding, LlamaModel, Token } from './llamaBinding.js';

/** The form of most small models; serves where a file carries no template, or one that can't be read. */
const chatMl =
	"{% for message in messages %}{{ '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}{% endfor %}{{ '<|im_start|>assistant\\n' }}";

export class ChatTemplate {
	private readonly template: { render(variables: Record<string, unknown>): string };

	constructor(
		private readonly model: LlamaModel,
		jinja: JinjaBinding,
	) {
		const own = model.fileInfo.metadata.tokenizer?.chat_template;
		this.template = parse(jinja, typeof own === 'string' ? own : chatMl);
	}

	/** The prompt up to where the assistant's words begin. */
	tokenize(messages: readonly ChatMessage[]): readonly Token[] {
		// Words in a problem that look like the template's own marks must stay words: they are put in afterwards.
		const marked = messages.map((message) => ({ ...message, mark: this.looksSpecial(message) ? randomUUID() : '' }));
		const text = this.render(marked.map(({ role, content, mark }) => ({ role, content: mark || content })));
		const contents = new Map(marked.filter(({ mark }) => mark !== '').map(({ mark, content }) => [mark, content]));
		const tokens = splitAt([...contents.keys()], text).flatMap((piece) => {
			const content = contents.get(piece);
			return this.model.tokenize(content ?? piece, content === undefined);
		});
		const { bos, shouldPrependBosToken } = this.model.tokens;
		return shouldPrependBosToken && bos !== null && tokens[0] !== bos ? [bos, ...tokens] : tokens;
	}

	private looksSpecial({ content }: ChatMessage): boolean {
		const plain = this.model.tokenize(content, false);
		const special = this.model.tokenize(content, true);
		return plain.length !== special.length || plain.some((token, index) => token !== special[index]);
	}

	private render(messages: readonly { readonly role: string; readonly content: string }[]): string {
		const { bosString, eosString } = this.model.tokens;
		const variables = { add_generation_prompt: true, bos_token: bosString ?? '', eos_token: eosString ?? '' };
		try {
			return this.template.render({ ...variables, messages });
		} catch (error) {
			// Some templates refuse a system message: then it stands before the first question.
			const [first, second, ...rest] = messages;
			if (first?.role !== 'system' || second?.role !== 'user') throw error;
			const joined = { role: 'user', content: `${first.content}\n\n${second.content}` };
			return this.template.render({ ...variables, messages: [joined, ...rest] });
		}
	}
}

function parse(jinja: JinjaBinding, source: string): { render(variables: Record<string, unknown>): string } {
	try {
		return new jinja.Template(source);
	} catch {
		return new jinja.Template(chatMl);
	}
}

/** `text` cut before and after each of `marks`. */
function splitAt(marks: readonly string[], text: string): readonly string[] {
	if (marks.length === 0) return [text];
	return text.split(new RegExp(`(${marks.join('|')})`)).filter((piece) => piece !== '');
}
