/** Where experiences are shown while somebody works: only where their scope says, and only if it says so. */
import type { Scope } from '../experience/experience.js';
import { matchesGlob } from './globPattern.js';

/** The kind of tasks that a source file is: an experience for other kinds alone is none for code. */
const kindOfSource = 'code';

/**
 * Whether an experience is one for source files at all: its scope names languages or files. Without that it was learned
 * from problems, and nobody said that it holds for code.
 */
export function isForSource(scope: Scope | undefined): boolean {
	const named = (scope?.languages?.length ?? 0) + (scope?.globs?.length ?? 0) > 0;
	return named && (!scope?.kinds?.length || scope.kinds.includes(kindOfSource));
}

/**
 * Whether it holds for this file: one of the languages, where it names some, and one of the globs, where it names some.
 * @param language VS Code's id of the language
 * @param path relative to the workspace folder, with `/` between names
 */
export function fitsScope(scope: Scope | undefined, language: string, path: string): boolean {
	if (!scope || !isForSource(scope)) return false;
	const { languages = [], globs = [] } = scope;
	const speaks = languages.length === 0 || languages.some((name) => isLanguage(name, language));
	return speaks && (globs.length === 0 || globs.some((glob) => matchesGlob(path, glob)));
}

/** What React adds to a language does not make it another one. */
function isLanguage(name: string, language: string): boolean {
	const wanted = name.toLowerCase();
	return wanted === language || `${wanted}react` === language;
}
