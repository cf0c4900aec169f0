/** The rules of a library in an instruction file that agents read (`AGENTS.md` and its like): planned, shown, written. */
import {
	chmodSync,
	existsSync,
	mkdirSync,
	readFileSync,
	realpathSync,
	renameSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { type InstructionBlock, instructionBlock } from '../core/experience/instructionBlock.js';
import { InstructionsError, instructionsIn, withInstructions } from '../core/experience/instructionFile.js';
import type { ExperienceStore } from '../core/experience/store.js';
import { Utilities } from './utilities.js';
import type { Workspace } from './workspace.js';

/** Files that agents look for, the one that most of them know first. */
export const instructionFiles = ['AGENTS.md', '.github/copilot-instructions.md', 'CLAUDE.md', 'GEMINI.md'] as const;

export interface InstructionsPlan {
	readonly file: string;
	/** The whole file as it is; undefined where there is none. */
	readonly before: string | undefined;
	readonly after: string;
	/** It has a block of FLEX already. */
	readonly hadBlock: boolean;
	readonly block: InstructionBlock;
}

/**
 * What the file would be with the rules of `store` in it; nothing is written.
 * @throws {InstructionsError | LibraryError}
 */
export async function planInstructions(
	store: ExperienceStore,
	workspace: Pick<Workspace, 'runs'>,
	file: string,
	budgetTokens: number,
): Promise<InstructionsPlan> {
	const before = textOf(file);
	const experiences = await store.list({ statuses: ['active'] });
	const [uses, evidence] = await Promise.all([
		store.uses(experiences.map(({ id }) => id)),
		new Utilities().of(workspace.runs),
	]);
	const ranked = experiences.map((experience) => {
		const { used = 0, solved = 0, helpful = 0, unhelpful = 0 } = uses.get(experience.id) ?? {};
		return { experience, verdict: evidence.get(experience.id)?.verdict, used, solved, helpful, unhelpful };
	});
	const block = instructionBlock(ranked, budgetTokens);
	const hadBlock = instructionsIn(before ?? '') !== undefined;
	return { file, before, after: withInstructions(before ?? '', block.text), hadBlock, block };
}

/**
 * Writes the file, whole or not at all; one that is right already is left alone.
 * @returns whether anything was written
 * @throws {InstructionsError} `changed` where the file is no longer as it was planned for; and what the disk says
 */
export function writeInstructions({ file, before, after }: InstructionsPlan): boolean {
	if (textOf(file) !== before) {
		throw new InstructionsError('changed', `${file} was changed meanwhile, so nothing was written. Export once more.`);
	}
	if (before === after) return false;
	// A link stays a link: what it points to is written.
	const target = existsSync(file) ? realpathSync(file) : file;
	mkdirSync(dirname(target), { recursive: true });
	const part = `${target}.flex-part`;
	writeFileSync(part, after);
	if (before !== undefined) chmodSync(part, statSync(target).mode);
	renameSync(part, target);
	return true;
}

/** With its byte order mark, where it has one. @throws {InstructionsError} */
function textOf(file: string): string | undefined {
	try {
		return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
	} catch (cause) {
		const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
		if (code === 'ENOENT') return undefined;
		if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
			throw new InstructionsError('not-text', `${file} is no text in UTF-8; save it as UTF-8 first.`, { cause });
		}
		const message =
			code === 'EISDIR' ? `${file} is a folder; name a file in it.` : `${file} can't be read: ${String(cause)}`;
		throw new InstructionsError('unreadable', message, { cause });
	}
}
