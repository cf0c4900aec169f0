/** Computed checks on what a model wrote about a change: copies, repetitions, and advice that has nothing to do with it. */
import { similarity, similarityThresholds } from '../../retrieval/nearDuplicates.js';
import { type DraftFault, textFault } from '../draftChecks.js';
import type { WrittenLesson } from './lesson.js';

/** Why a lesson was dropped. */
export type LessonFault = DraftFault | 'not-of-this-change' | 'says-another-again';

export interface LessonContext {
	/** Failure and diff as the model saw them. */
	readonly material: string;
	/** All that it saw before them: rules and the worked example. */
	readonly prompt: string;
}

/** The first thing that is wrong with a lesson; `kept` are those before it. */
export function lessonFault(
	lesson: WrittenLesson,
	kept: readonly WrittenLesson[],
	{ material, prompt }: LessonContext,
): LessonFault | undefined {
	const context = { question: material, expected: '', attempts: [], prompt };
	if (lesson.title === '') return 'empty';
	// Whoever has nothing to say of when it applies says the title once more.
	if (lesson.title.toLowerCase() === lesson.when.toLowerCase()) return 'repetition';
	const fault = textFault(lesson.when, context, 3) ?? textFault(lesson.advice, context, 4);
	if (fault) return fault;
	if (!isAbout(`${lesson.title} ${lesson.when} ${lesson.advice}`, material)) return 'not-of-this-change';
	const again = kept.some((other) => similarity(wordsOf(other), wordsOf(lesson)) >= similarityThresholds.nearDuplicate);
	return again ? 'says-another-again' : undefined;
}

function wordsOf({ when, advice }: WrittenLesson): string {
	return `${when}\n${advice}`;
}

/**
 * Whether the text names something of the change: an identifier, a type, or two words of it that are no everyday words.
 * "Write better tests" is true of every change, and so of none.
 */
function isAbout(text: string, material: string): boolean {
	const [known, names] = [new Set(wordsIn(material)), new Set(namesIn(material))];
	const shared = [...new Set(wordsIn(text))].filter((word) => known.has(word));
	if (shared.some(isName) || typesIn(text).some((name) => names.has(name))) return true;
	return shared.filter((word) => word.length >= 4 && !everyday.has(word)).length >= 2;
}

/** Capitalised words within a sentence, such as `Date`: only names are written so there. */
function typesIn(text: string): readonly string[] {
	const names = text.match(/(?<=[\p{Ll}\p{N},] )\p{Lu}\p{Ll}{2,}\b/gu) ?? [];
	return names.filter((name) => !everyday.has(name.toLowerCase()));
}

/** Identifiers whole, and their parts: `parseDate` is also "parse" and "date". */
function wordsIn(text: string): readonly string[] {
	return namesIn(text).flatMap((name) => {
		const parts = name.match(/\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})|\p{N}+/gu) ?? [];
		return parts.length > 1 ? [name, ...parts.map((part) => part.toLowerCase())] : [name.toLowerCase()];
	});
}

/** As they are written. */
function namesIn(text: string): readonly string[] {
	return text.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu) ?? [];
}

/** Of more than one word, as only names in code are. */
function isName(word: string): boolean {
	return /\p{Ll}\p{Lu}|_/u.test(word);
}

/** Words that stand in advice about any change. */
const everyday: ReadonlySet<string> = new Set(
	(
		'this that with from have code test tests file files function functions value values error errors when then type ' +
		'types class make sure ensure change changes return returns call calls line lines used using should must avoid ' +
		'handle check correct correctly data name names string number result results const expected failed fail passed ' +
		'project developer method methods variable variables import export default true false null'
	).split(' '),
);
