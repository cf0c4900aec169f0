/** Experiences by what people type: an id, or enough of its beginning. */
import type { Experience } from '../core/experience/experience.js';
import type { ExperienceStore } from '../core/experience/store.js';
import { UsageError } from './exitCodes.js';
import { printable } from './page.js';

/** Hex digits that the beginning of an id must have at least. */
const fewestDigits = 4;

/** Of several experiences that fit, so many are named. */
const namedAtMost = 5;

/**
 * The experiences that `texts` name, in that order, each once.
 * @throws {UsageError} where one names none, or several
 */
export async function findExperiences(
	store: ExperienceStore,
	texts: readonly string[],
): Promise<readonly Experience[]> {
	const library = await store.list();
	return [...new Set(texts.map((text) => experienceCalled(text, library)))];
}

/** The one experience of `library` with this id, or with an id that begins so. @throws {UsageError} */
export function experienceCalled(text: string, library: readonly Experience[]): Experience {
	const exact = library.find(({ id }) => id === text);
	if (exact) return exact;
	const digits = text.toLowerCase();
	if (!/^[0-9a-f]{4,}$/u.test(digits)) {
		throw new UsageError(
			`"${text}" is not the id of an experience: give its hex digits, the first ${fewestDigits} or more; "flex-learn search" shows them.`,
		);
	}
	const [first, ...others] = library.filter(({ id }) => id.startsWith(digits));
	if (!first) throw new UsageError(`No experience has an id that begins with ${text}; "flex-learn search" shows them.`);
	if (others.length > 0) throw new UsageError(ambiguous(text, [first, ...others]));
	return first;
}

function ambiguous(text: string, found: readonly Experience[]): string {
	const named = found.slice(0, namedAtMost).map(({ id, title }) => `  ${id}  ${printable(title)}`);
	const more = found.length > namedAtMost ? [`  … and ${found.length - namedAtMost} more`] : [];
	return [`${found.length} experiences have an id that begins with ${text}; give more digits:`, ...named, ...more].join(
		'\n',
	);
}
