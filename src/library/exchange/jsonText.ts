/** Reads JSON from a file's text, and finds the place where it stops being JSON. */
import { ExchangeError } from './exchangeError.js';

/**
 * @param name the file's, for the message
 * @throws {ExchangeError} `not-json` with line and column
 */
export function parseJsonText(text: string, name: string): unknown {
	const content = text.startsWith('\ufeff') ? text.slice(1) : text;
	try {
		return JSON.parse(content);
	} catch {
		const { line, column } = placeOf(content, new Scanner(content).firstError());
		const what = content.trim() === '' ? 'is empty' : `is not valid JSON: look at line ${line}, column ${column}`;
		throw new ExchangeError('not-json', `${name} ${what}. Mend the file or get it anew.`, line, column);
	}
}

function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
	const before = text.slice(0, offset);
	const line = before.split('\n').length;
	return { line, column: offset - before.lastIndexOf('\n') };
}

const space = /[\u0020\t\r\n]*/y;
const text = /"[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[ !#-[\]-\uffff]*)*"/y;
const plain = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

type Expected = 'value' | 'value or end' | 'name' | 'name or end' | 'colon' | 'comma or end' | 'end of file';

/** Walks over JSON without making it; engines keep the place of an error to themselves. */
class Scanner {
	private at = 0;
	/** The brackets that are open. */
	private readonly open: ('{' | '[')[] = [];
	private expected: Expected = 'value';

	constructor(private readonly content: string) {}

	/** Offset of the first character that can't stand where it does; the text's length where its end comes too soon. */
	firstError(): number {
		for (;;) {
			this.skip(space);
			if (this.at >= this.content.length || !this.step()) return this.at;
		}
	}

	private step(): boolean {
		const next = this.content[this.at];
		switch (this.expected) {
			case 'value':
				return this.value(next);
			case 'value or end':
				return next === ']' ? this.close('[') : this.value(next);
			case 'name':
				return this.name();
			case 'name or end':
				return next === '}' ? this.close('{') : this.name();
			case 'colon':
				return next === ':' && this.move('value');
			case 'comma or end':
				if (next === ',') return this.move(this.open.at(-1) === '{' ? 'name' : 'value');
				return (next === '}' && this.close('{')) || (next === ']' && this.close('['));
			case 'end of file':
				return false;
		}
	}

	private value(next: string | undefined): boolean {
		if (next === '{' || next === '[') {
			this.open.push(next);
			return this.move(next === '{' ? 'name or end' : 'value or end');
		}
		return (this.skip(text) || this.skip(plain)) && this.after();
	}

	private name(): boolean {
		if (!this.skip(text)) return false;
		this.expected = 'colon';
		return true;
	}

	private close(bracket: '{' | '['): boolean {
		if (this.open.at(-1) !== bracket) return false;
		this.open.pop();
		this.at++;
		return this.after();
	}

	private after(): boolean {
		this.expected = this.open.length === 0 ? 'end of file' : 'comma or end';
		return true;
	}

	private move(expected: Expected): boolean {
		this.at++;
		this.expected = expected;
		return true;
	}

	private skip(pattern: RegExp): boolean {
		pattern.lastIndex = this.at;
		if (!pattern.test(this.content)) return false;
		this.at = pattern.lastIndex;
		return true;
	}
}
