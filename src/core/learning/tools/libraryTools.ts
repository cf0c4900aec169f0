/** The three tools by which other agents use the library: search it, propose to it, say what helped. */
import { estimateTokens } from '../../models/tokenEstimate.js';
import { giveFeedback } from './giveFeedback.js';
import type { CountTokens } from './hitTexts.js';
import type { LibraryDesk } from './libraryDesk.js';
import { recordExperience } from './recordExperience.js';
import { searchLibrary } from './searchLibrary.js';
import type { LibraryTool } from './tool.js';

export interface LibraryToolOptions {
	/** Before each name; VS Code wants tools to say whose they are. */
	readonly prefix?: string;
	/** Of the model that reads the results (default: the estimate). */
	readonly countTokens?: CountTokens;
	/** Leaves out the two that write. */
	readonly readOnly?: boolean;
}

/** Tokens of a result, where nobody says otherwise. */
export const defaultResultTokens = 1_500;

export function libraryTools(desk: LibraryDesk, options: LibraryToolOptions = {}): readonly LibraryTool[] {
	const { prefix = '', countTokens = estimateTokens, readOnly = false } = options;
	const name = (plain: string): string => `${prefix}${plain}`;
	const search = searchLibrary(desk, name, countTokens);
	return readOnly ? [search] : [search, recordExperience(desk, name), giveFeedback(desk, name)];
}
