/** Remembers how the lines of a document read, so that a change of one line costs one line. */
import type { LineFault, ParsedProblems, parseProblem, parseProblems } from '../../core/tasks/problemSet.js';
import type { Problem } from '../../core/tasks/task.js';

/** What reads problem files; it is loaded when the first one is seen. */
export interface ProblemReader {
	readonly parseProblem: typeof parseProblem;
	readonly parseProblems: typeof parseProblems;
}

/** Lines that are read before others get their turn: a few milliseconds. */
const portion = 500;

export class LineMemory {
	private known = new Map<string, Problem | LineFault>();

	constructor(private readonly reader: ProblemReader) {}

	/** How the line reads; reads it where it is new. */
	line(text: string): Problem | LineFault {
		const known = this.known.get(text);
		if (known) return known;
		const parsed = this.reader.parseProblem(text);
		this.known.set(text, parsed);
		return parsed;
	}

	/** The problems of a whole text, read in portions; undefined once `signal` says that it is not wanted any more. */
	async read(text: string, signal: AbortSignal): Promise<ParsedProblems | undefined> {
		const lines = text.split(/\r?\n/u);
		for (let start = 0; start < lines.length; start += portion) {
			if (start > 0) await new Promise((resume) => setImmediate(resume));
			if (signal.aborted) return undefined;
			for (const line of lines.slice(start, start + portion)) if (line.trim() !== '') this.line(line);
		}
		const before = this.known;
		this.known = new Map();
		// What no line of the text says any more is forgotten.
		return this.reader.parseProblems(text, (line) => {
			const parsed = before.get(line) ?? this.reader.parseProblem(line);
			this.known.set(line, parsed);
			return parsed;
		});
	}
}
