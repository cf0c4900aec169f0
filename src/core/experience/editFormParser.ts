/** Reads an edit form back into the experience that it says, strictly: whatever is unknown or missing is named with its line. */
import { editableFields, type FormField, fixedFields, isBareWord } from './editForm.js';
import { cutForm, type FormBlock } from './editFormBlocks.js';
import { EditFormError, type FormIssue } from './editFormError.js';
import type { Experience, Source } from './experience.js';
import { partId } from './ids.js';
import { ExperienceError, parseExperience } from './validation.js';

/**
 * The experience in `form`. Parts whose heading has no id, or says "new", get one.
 * @param basis what the form was made of: its fixed fields must not be changed
 * @throws {EditFormError} with everything that is wrong
 */
export function parseEditForm(form: string, basis?: Experience): Experience {
	const { fields, blocks, issues: cut } = cutForm(form);
	const issues: FormIssue[] = [...cut];
	const lines = new Map<string, number>();
	const values: Record<string, unknown> = { domains: [], links: [] };
	for (const [field, { value, line }] of fields) {
		lines.set(field, line);
		if (!isField(field)) issues.push({ line, message: `There is no field "${field}"; there are ${known}.` });
		else values[field] = fieldValue(value, line, issues);
	}
	for (const field of required) {
		if (!fields.has(field)) issues.push({ line: 1, message: `The field "${field}" is missing.` });
	}
	const body = new BodyReader(String(values['id'] ?? ''), issues, lines).read(blocks);
	if (basis) refuseChanges(values, basis, lines, issues);
	if (issues.length > 0) throw new EditFormError([...issues].sort((a, b) => a.line - b.line));
	try {
		return parseExperience({ ...values, ...body });
	} catch (error) {
		if (!(error instanceof ExperienceError)) throw error;
		throw new EditFormError([{ line: lineOf(error.path, lines), message: error.message }]);
	}
}

const known = [...editableFields, ...fixedFields].join(', ');
const required: readonly FormField[] = [
	'id',
	'rev',
	'zone',
	'status',
	'reviewed',
	'starred',
	'pinned',
	'priority',
	'origin',
	'createdAt',
	'updatedAt',
];

function isField(name: string): name is FormField {
	return [...editableFields, ...fixedFields].some((field) => field === name);
}

function fieldValue(text: string, line: number, issues: FormIssue[]): unknown {
	if (isBareWord(text)) return text;
	try {
		return JSON.parse(text);
	} catch {
		issues.push({ line, message: `${text} is neither a word, a number nor JSON; put a text into double quotes.` });
		return undefined;
	}
}

/** Who it is and where it comes from is not a person's to change. */
function refuseChanges(
	values: Readonly<Record<string, unknown>>,
	basis: Experience,
	lines: ReadonlyMap<string, number>,
	issues: FormIssue[],
): void {
	for (const field of fixedFields) {
		if (!lines.has(field) || JSON.stringify(values[field]) === JSON.stringify(basis[field])) continue;
		issues.push({
			line: lines.get(field) ?? 1,
			message: `"${field}" can't be changed; it was ${JSON.stringify(basis[field])}.`,
		});
	}
}

/** The line of the nearest thing that the path of a wrong field names. */
function lineOf(path: string, lines: ReadonlyMap<string, number>): number {
	const steps = path.split('.');
	for (let length = steps.length; length > 0; length--) {
		const line = lines.get(steps.slice(0, length).join('.'));
		if (line !== undefined) return line;
	}
	return 1;
}

interface Part {
	id: string;
	readonly sources: readonly Source[];
}
interface PatternPart extends Part {
	readonly rule: string;
	readonly examples: string[];
}
interface CasePart extends Part {
	readonly outcome: string;
	question: string;
	answer: string;
	solution?: string;
}

class BodyReader {
	private title: string | undefined;
	private readonly texts: Record<'when' | 'strategy', { text: string; sources: readonly Source[] }> = {
		when: { text: '', sources: [] },
		strategy: { text: '', sources: [] },
	};
	private readonly patterns: PatternPart[] = [];
	private readonly cases: CasePart[] = [];
	private room: 'top' | 'When' | 'Strategy' | 'Patterns' | 'Cases' = 'top';

	constructor(
		private readonly experience: string,
		private readonly issues: FormIssue[],
		private readonly lines: Map<string, number>,
	) {}

	read(blocks: readonly FormBlock[]) {
		for (const block of blocks) this.block(block);
		if (this.title === undefined) this.issue(1, 'The title is missing; it is a line "# …" below the fields.');
		this.nameParts('pattern', this.patterns, ({ rule }) => rule);
		this.nameParts('case', this.cases, ({ question, answer }) => `${question}\n${answer}`);
		return { title: this.title ?? '', ...this.texts, patterns: this.patterns, cases: this.cases };
	}

	private block(block: FormBlock): void {
		if (block.level === 1) this.titleBlock(block);
		else if (block.level === 2) this.roomBlock(block);
		else if (block.level === 3 && this.room === 'Patterns') this.patternBlock(block);
		else if (block.level === 3 && this.room === 'Cases') this.caseBlock(block);
		else if (block.level === 4) this.subBlock(block);
		else
			this.issue(block.line, `There is no place for "${block.heading}" here; a text with headings goes into a fence.`);
	}

	private titleBlock({ heading, text, line }: FormBlock): void {
		if (this.title !== undefined) this.issue(line, 'There is a second title; a text with headings goes into a fence.');
		if (heading !== '' && text !== '') this.issue(line, 'Nothing may stand between the title and the first section.');
		this.title = heading === '' ? text : heading;
		this.lines.set('title', line);
	}

	private roomBlock(block: FormBlock): void {
		const { heading, text, line } = block;
		if (heading !== 'When' && heading !== 'Strategy' && heading !== 'Patterns' && heading !== 'Cases') {
			this.issue(line, `There is no section "${heading}"; there are When, Strategy, Patterns and Cases.`);
			return;
		}
		const place = heading.toLowerCase();
		if (this.lines.has(place)) this.issue(line, `The section "${heading}" is there twice.`);
		this.lines.set(place, line);
		this.room = heading;
		if (heading === 'When') this.texts.when = { text, sources: this.sources(block) };
		else if (heading === 'Strategy') this.texts.strategy = { text, sources: this.sources(block) };
		else if (text !== '') this.issue(line, `${heading} are written below a line "### …" each.`);
	}

	private patternBlock(block: FormBlock): void {
		this.lines.set(`patterns.${this.patterns.length}`, block.line);
		this.patterns.push({ id: block.heading, rule: block.text, examples: [], sources: this.sources(block) });
	}

	private caseBlock(block: FormBlock): void {
		this.lines.set(`cases.${this.cases.length}`, block.line);
		const { heading: id, line, outcome, text } = block;
		if (outcome === undefined)
			this.issue(line, 'A case says how it went: a line "Outcome: correct" below its heading.');
		if (text !== '')
			this.issue(line, 'Texts of a case stand below "#### Question", "#### Answer" and "#### Solution".');
		this.cases.push({ id, question: '', answer: '', outcome: outcome ?? 'correct', sources: this.sources(block) });
	}

	private subBlock({ heading, text, line }: FormBlock): void {
		const pattern = this.room === 'Patterns' ? this.patterns.at(-1) : undefined;
		const item = this.room === 'Cases' ? this.cases.at(-1) : undefined;
		if (pattern && heading === 'Example') pattern.examples.push(text);
		else if (item && heading === 'Question') item.question = text;
		else if (item && heading === 'Answer') item.answer = text;
		else if (item && heading === 'Solution') item.solution = text;
		else this.issue(line, `There is no place for "${heading}" here.`);
	}

	/** `set/problem, …`, or JSON. */
	private sources({ sources = '', line }: FormBlock): readonly Source[] {
		if (sources === '') return [];
		if (sources.startsWith('[')) return this.jsonSources(sources, line);
		return sources.split(/,\s*/u).flatMap((text) => {
			const slash = text.indexOf('/');
			if (slash > 0 && slash < text.length - 1) return [{ set: text.slice(0, slash), problem: text.slice(slash + 1) }];
			this.issue(line, `"${text}" is no source; a source is written as set/problem.`);
			return [];
		});
	}

	private jsonSources(text: string, line: number): readonly Source[] {
		try {
			const list: unknown = JSON.parse(text);
			if (Array.isArray(list) && list.every(isPair)) return list.map(([set, problem]) => ({ set, problem }));
		} catch {
			// Said below.
		}
		this.issue(line, 'Sources as JSON are a list of pairs: [["set", "problem"]].');
		return [];
	}

	private nameParts<P extends Part>(kind: 'pattern' | 'case', parts: readonly P[], textOf: (part: P) => string): void {
		const taken = new Set(parts.map(({ id }) => id));
		for (const [index, part] of parts.entries()) {
			if (part.id !== '' && part.id !== 'new') continue;
			let id = partId(this.experience, kind, textOf(part));
			while (taken.has(id)) id = partId(this.experience, kind, `${id}${index}`);
			taken.add(id);
			part.id = id;
		}
	}

	private issue(line: number, message: string): void {
		this.issues.push({ line, message });
	}
}

function isPair(value: unknown): value is [string, string] {
	return Array.isArray(value) && value.length === 2 && value.every((one) => typeof one === 'string');
}
