/** Runs by what people type: an id, or enough of its beginning. */
import { runIds } from '../runs/runSummary.js';
import { UsageError } from './exitCodes.js';

/** Of several runs that fit, so many are named. */
const namedAtMost = 5;

/** The one run in `folder` with this id, or with an id that begins so. @throws {UsageError} where it is none, or several */
export function runCalled(text: string, folder: string): string {
	const ids = runIds(folder);
	const wanted = text.toUpperCase();
	const exact = ids.find((id) => id === text);
	if (exact !== undefined) return exact;
	const [first, ...others] = wanted === '' ? [] : ids.filter((id) => id.toUpperCase().startsWith(wanted));
	if (first === undefined)
		throw new UsageError(`No run has an id that begins with "${text}"; "flex-learn runs" lists them.`);
	if (others.length === 0) return first;
	const named = [first, ...others].slice(0, namedAtMost).map((id) => `  ${id}`);
	const more = others.length + 1 > namedAtMost ? [`  … and ${others.length + 1 - namedAtMost} more`] : [];
	throw new UsageError(
		[`${others.length + 1} runs have an id that begins with ${text}; give more of it:`, ...named, ...more].join('\n'),
	);
}
