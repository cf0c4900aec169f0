/** `flex-learn export --instructions`: the best rules of the library in a file that agents read. */
import { resolve } from 'node:path';
import { instructionBudget } from '../../core/experience/instructionBlock.js';
import { holdsLibrary } from '../../library/paths.js';
import { planInstructions, writeInstructions } from '../../runs/exportInstructions.js';
import { UsageError } from '../exitCodes.js';
import { counted } from '../page.js';
import type { Session } from '../session.js';

/** @throws {UsageError | InstructionsError} where the budget or the file can't be used as it is */
export async function exportInstructions(
	session: Session,
	path: string,
	budget: number = instructionBudget.default,
): Promise<number> {
	const { least, most } = instructionBudget;
	if (budget < least || budget > most) throw new UsageError(`--budget takes ${least} to ${most} tokens.`);
	const { terminal, workspace } = session;
	const file = resolve(path);
	if (!holdsLibrary(workspace.flex)) {
		throw new UsageError(`There is no library in ${workspace.flex} yet: "train" or "import" makes one.`);
	}
	const store = await session.library(undefined, true);
	const plan = await planInstructions(store, workspace, file, budget);
	const written = writeInstructions(plan);
	const { block } = plan;
	const { ids, left, harmful, tokens } = block;
	terminal.data({ file, written, experiences: ids, left, harmful, tokens });
	const what = `${counted(ids.length, 'experience')} (about ${tokens} tokens)`;
	terminal.say(written ? `Wrote ${what} to ${path}.` : `${path} has them already: ${what}.`);
	if (left > 0) terminal.note(`${left} more did not fit; raise --budget, or pin what must be in it.`);
	if (harmful > 0) terminal.note(`${harmful} were left out because benchmarks say that they hurt.`);
	return 0;
}
