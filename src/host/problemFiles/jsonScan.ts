/** Finds out where the keys and values of a JSON object stand in its text, as far as the text can be read. */

/** Offsets into the text; `end` is behind the last character. */
export interface Span {
	readonly start: number;
	readonly end: number;
}

export interface Field {
	readonly key: string;
	/** With its quotes. */
	readonly keySpan: Span;
	readonly valueSpan: Span;
}

/** What should stand where the text can be read no further. */
export type Expected = 'object' | 'key' | 'colon' | 'value' | 'comma' | 'end';

export interface Stop {
	readonly at: number;
	readonly expected: Expected;
	/** Where what is expected begins: a text whose closing quote is missing began before `at`. */
	readonly from: number;
	/** The key whose value, or colon, is expected. */
	readonly key?: string;
}

export interface Scan {
	/** Those of the outermost object, in order, each one whole. */
	readonly fields: readonly Field[];
	/** Absent where the text is one whole object. */
	readonly stop?: Stop;
}

/** Reads the object that `text` is. Cut off at a cursor, a text says by its `stop` what is being typed there. */
export function scanObject(text: string): Scan {
	return new Scanner(text).object();
}

const literal = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/uy;
const space = /[ \t\r\n]*/uy;
/** Deeper than any problem; a text of brackets alone must not take all of the stack. */
const deepest = 200;

class Scanner {
	private at = 0;
	private readonly fields: Field[] = [];

	constructor(private readonly text: string) {}

	object(): Scan {
		this.skip(/\uFEFF?/uy);
		if (!this.opens('{')) return this.stopped('object', this.at);
		if (!this.opens('}')) {
			do {
				const stop = this.field();
				if (stop) return stop;
			} while (this.opens(','));
			if (!this.opens('}')) return this.stopped('comma', this.at);
		}
		this.skip(space);
		return this.at < this.text.length ? this.stopped('end', this.at) : { fields: this.fields };
	}

	private field(): Scan | undefined {
		this.skip(space);
		const keyStart = this.at;
		if (!this.string()) return this.stopped('key', keyStart);
		const keySpan = { start: keyStart, end: this.at };
		const key = decoded(this.text.slice(keyStart, this.at));
		if (!this.opens(':')) return this.stopped('colon', this.at, key);
		this.skip(space);
		const start = this.at;
		if (!this.value(0)) return this.stopped('value', start, key);
		this.fields.push({ key, keySpan, valueSpan: { start, end: this.at } });
		return undefined;
	}

	private value(depth: number): boolean {
		this.skip(space);
		if (depth > deepest) return false;
		if (this.text[this.at] === '"') return this.string();
		if (this.opens('{')) return this.members('}', depth, () => this.string() && this.opens(':'));
		if (this.opens('[')) return this.members(']', depth, () => true);
		return this.skip(literal);
	}

	/** What stands between two brackets, the closing one with it; `lead` reads what stands before each value. */
	private members(close: string, depth: number, lead: () => boolean): boolean {
		if (this.opens(close)) return true;
		do {
			this.skip(space);
			if (!lead() || !this.value(depth + 1)) return false;
		} while (this.opens(','));
		return this.opens(close);
	}

	/** A text with both of its quotes. */
	private string(): boolean {
		if (this.text[this.at] !== '"') return false;
		for (let at = this.at + 1; at < this.text.length; at++) {
			const char = this.text[at];
			if (char === '\\') at++;
			else if (char === '"') {
				this.at = at + 1;
				return true;
			}
		}
		this.at = this.text.length;
		return false;
	}

	/** Whether `mark` is next, after any white space; then it is read. */
	private opens(mark: string): boolean {
		this.skip(space);
		if (this.text[this.at] !== mark) return false;
		this.at++;
		return true;
	}

	private skip(pattern: RegExp): boolean {
		pattern.lastIndex = this.at;
		if (!pattern.test(this.text)) return false;
		this.at = pattern.lastIndex;
		return true;
	}

	private stopped(expected: Expected, from: number, key?: string): Scan {
		const { at, fields } = this;
		return { fields, stop: { at, expected, from, ...(key === undefined ? {} : { key }) } };
	}
}

/** The text that a JSON string denotes; an escape that does not exist is left as it is. */
function decoded(json: string): string {
	try {
		return String(JSON.parse(json));
	} catch {
		return json.slice(1, -1);
	}
}
