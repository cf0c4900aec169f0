/** What the failure of a model of VS Code means, told by its code and never by its text. */
import type { ModelErrorReason } from '../../core/models/chatModel.js';

export type Trouble = 'not-allowed' | 'blocked' | 'quota' | 'busy' | 'gone' | 'network' | 'dismissed' | 'failed';

/**
 * How the engine takes it. Blocked and used-up accounts are `auth`: `refused` would mean this one answer, and a run
 * would go on to the next problem.
 */
export const reasonOfTrouble: Readonly<Record<Trouble, ModelErrorReason>> = {
	'not-allowed': 'auth',
	blocked: 'auth',
	quota: 'auth',
	busy: 'rate-limit',
	gone: 'not-found',
	network: 'network',
	dismissed: 'cancelled',
	failed: 'server',
};

/** Codes of `LanguageModelError`; names under which Copilot's errors arrive; codes of Node's connections. */
const troubleOfCode: Readonly<Record<string, Trouble>> = {
	NoPermissions: 'not-allowed',
	Blocked: 'blocked',
	NotFound: 'gone',
	ChatQuotaExceeded: 'quota',
	ChatRateLimited: 'busy',
	Canceled: 'dismissed',
	ECONNREFUSED: 'network',
	ECONNRESET: 'network',
	ENOTFOUND: 'network',
	EAI_AGAIN: 'network',
	ETIMEDOUT: 'network',
};

/** Of the error, or of what caused it: a code that says nothing (`Unknown`) carries the real one as its cause. */
export function troubleOf(error: unknown): Trouble {
	for (const cause of causes(error)) {
		const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
		const known = lookUp(code) ?? lookUp(cause.name);
		if (known) return known;
	}
	return 'failed';
}

/** The words of the innermost cause, which are the provider's own. */
export function wordsOfError(error: unknown): string {
	const words = causes(error).map(({ message }) => message);
	return words.filter((message) => message !== '').at(-1) ?? (error instanceof Error ? error.name : String(error));
}

function lookUp(code: string): Trouble | undefined {
	return Object.hasOwn(troubleOfCode, code) ? troubleOfCode[code] : undefined;
}

/** The error and what caused it, outermost first; a circle of causes ends at some depth. */
function causes(error: unknown, depth = 0): readonly Error[] {
	return error instanceof Error && depth < 8 ? [error, ...causes(error.cause, depth + 1)] : [];
}
