/** Names of problem sets that can be folders, too, and labels that can be answers: what is wrong with what was typed. */

/** Longest name that `flex-task.json` takes. */
const longest = 100;
const mostLabels = 1000;
const longestLabel = 200;

export type NameFault = 'empty' | 'too long' | 'signs' | 'taken';

/** @param taken names of folders that are there already */
export function nameFault(name: string, taken: readonly string[]): NameFault | undefined {
	if (name === '') return 'empty';
	if (name.length > longest) return 'too long';
	// A folder's name may not end in a full stop everywhere, and one that begins with it is hidden.
	if (!/^[A-Za-z0-9_](?:[\w.-]*[\w-])?$/u.test(name)) return 'signs';
	const plain = name.toLowerCase();
	return taken.some((other) => other.toLowerCase() === plain) ? 'taken' : undefined;
}

/** The labels of a line that separates them by commas, each once. */
export function labelsIn(line: string): readonly string[] {
	const labels = line.split(',').map((label) => label.trim());
	return [...new Set(labels.filter((label) => label !== ''))];
}

export type LabelFault = 'too few' | 'too many' | 'too long' | 'alike';

export function labelFault(labels: readonly string[]): LabelFault | undefined {
	if (labels.length < 2) return 'too few';
	if (labels.length > mostLabels) return 'too many';
	if (labels.some((label) => label.length > longestLabel)) return 'too long';
	// Answers are compared without regard to case.
	return new Set(labels.map((label) => label.toLowerCase())).size < labels.length ? 'alike' : undefined;
}
