/**
 * The edit form of an experience: Markdown with front matter that a person can read and change, and that gives back exactly
 * the experience it was made of. Texts stand as they are; one that Markdown would change stands in a fence.
 */
import type { Case, Experience, Pattern, Source } from './experience.js';

/** Fields of the front matter in their order; a person may change the first group. */
export const editableFields = [
	'zone',
	'status',
	'reviewed',
	'starred',
	'pinned',
	'priority',
	'domains',
	'scope',
	'links',
] as const;
export const fixedFields = ['id', 'rev', 'origin', 'createdAt', 'updatedAt'] as const;
export type FormField = (typeof editableFields)[number] | (typeof fixedFields)[number];

/** Marks below a heading. */
export const sourcesMark = 'Learned from:';
export const outcomeMark = 'Outcome:';

/** @param shown fields of the front matter; a form without all of them can't be read back by itself */
export function formatEditForm(
	experience: Experience,
	shown: readonly FormField[] = [...editableFields, ...fixedFields],
): string {
	const fields = shown.flatMap((field) => fieldLine(field, experience[field]));
	const { title, when, strategy, patterns, cases } = experience;
	const blocks = [
		['---', ...fields, '---'].join('\n'),
		titleBlock(title),
		section('## When', [sourcesLine(when.sources)], when.text),
		section('## Strategy', [sourcesLine(strategy.sources)], strategy.text),
		...(patterns.length > 0 ? ['## Patterns', ...patterns.flatMap(patternBlocks)] : []),
		...(cases.length > 0 ? ['## Cases', ...cases.flatMap(caseBlocks)] : []),
	];
	return `${blocks.join('\n\n')}\n`;
}

function fieldLine(field: FormField, value: unknown): readonly string[] {
	if (value === undefined || (Array.isArray(value) && value.length === 0)) return [];
	const bare = typeof value === 'string' && isBareWord(value);
	return [`${field}: ${bare ? value : JSON.stringify(value)}`];
}

/** A word that stands in the front matter without quotes: one that would be nothing else as JSON. */
export function isBareWord(text: string): boolean {
	return /^[\w.:-]+$/u.test(text) && !/^(?:-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)$/u.test(text);
}

function titleBlock(title: string): string {
	return /^[^\r\n\u2028\u2029]+$/u.test(title) && title === title.trim() ? `# ${title}` : section('#', [], title, true);
}

function patternBlocks({ id, rule, examples, sources }: Pattern): readonly string[] {
	return [
		section(`### ${id}`, [sourcesLine(sources)], rule),
		...examples.map((example) => section('#### Example', [], example, true)),
	];
}

function caseBlocks({ id, question, answer, solution, outcome, sources }: Case): readonly string[] {
	return [
		section(`### ${id}`, [`${outcomeMark} ${outcome}`, sourcesLine(sources)], ''),
		...(question === '' ? [] : [section('#### Question', [], question)]),
		...(answer === '' ? [] : [section('#### Answer', [], answer)]),
		...(solution === undefined ? [] : [section('#### Solution', [], solution, true)]),
	];
}

/** @param shown an empty text is shown as an empty fence, where its absence would say something else */
function section(heading: string, marks: readonly string[], text: string, shown = false): string {
	const head = [heading, ...marks.filter((mark) => mark !== '')].join('\n');
	return text === '' && !shown ? head : `${head}\n\n${textBlock(text)}`;
}

/** What a heading, a mark, a fence or the edges of a block would swallow. */
const special = /^(?:#{1,6}(?:\s|$)|`{3,}|Learned from:|Outcome:)|\r/mu;

function textBlock(text: string): string {
	if (text !== '' && text === text.trim() && !special.test(text)) return text;
	const longest = Math.max(0, ...[...text.matchAll(/^`{3,}/gmu)].map(([ticks]) => ticks.length));
	const fence = '`'.repeat(Math.max(3, longest + 1));
	return `${fence}\n${text}\n${fence}`;
}

/** `set/problem, set/problem`; as JSON where a name holds what separates them. */
function sourcesLine(sources: readonly Source[]): string {
	if (sources.length === 0) return '';
	const plain = sources.every(({ set, problem }) => /^[^\s,/["]+$/u.test(set) && /^[^\s,"]+$/u.test(problem));
	const text = plain
		? sources.map(({ set, problem }) => `${set}/${problem}`).join(', ')
		: JSON.stringify(sources.map(({ set, problem }) => [set, problem]));
	return `${sourcesMark} ${text}`;
}
