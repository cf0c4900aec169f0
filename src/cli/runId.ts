/** The id of a run that begins, or of one that goes on. */
import { isUlid, newUlid } from '../runs/ulid.js';
import { UsageError } from './exitCodes.js';

/** @param resumed what stood behind `--resume` @throws {UsageError} where that is no run id */
export function runIdOf(resumed: string | undefined): string {
	const run = resumed ?? newUlid();
	if (!isUlid(run)) throw new UsageError(`"${run}" is not a run id; a ULID has 26 characters.`);
	return run;
}
