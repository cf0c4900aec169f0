/** The library as agents from outside use it: what a shell opens for them, whichever libraries stand behind it. */
import type { Scope, Zone } from '../../experience/experience.js';
import type { RetrievalLimits, SearchHit, UseCount } from '../../experience/store.js';

export interface DeskSearch {
	/** Best first. */
	readonly hits: readonly SearchHit[];
	readonly uses: ReadonlyMap<string, UseCount>;
	/** Experiences in use that were searched; 0 where nothing was learned yet. */
	readonly searched: number;
}

/** What an agent wants to have kept. */
export interface LessonProposal {
	readonly zone: Zone;
	readonly title: string;
	readonly when: string;
	readonly strategy: string;
	readonly rules: readonly string[];
	readonly example?: { readonly problem: string; readonly solution: string } | undefined;
	readonly domains: readonly string[];
	readonly scope?: Scope | undefined;
	/** Name of the workspace folder, where there are several. */
	readonly folder?: string | undefined;
}

export interface ProposalAnswer {
	readonly id: string;
	/** False where the library says it already, as `id`. */
	readonly written: boolean;
	/** Another experience that is much like it. */
	readonly alike?: string | undefined;
	/** Secrets that were taken out of it. */
	readonly redacted: number;
	/** Name of the library where it waits. */
	readonly library: string;
}

export interface Feedback {
	readonly id: string;
	readonly helpful: boolean;
	/** How the task ended; absent where nobody knows. */
	readonly solved?: boolean | undefined;
	readonly note?: string | undefined;
}

export interface LibraryDesk {
	/** @throws {LibraryError} */
	search(text: string, limits: RetrievalLimits): Promise<DeskSearch>;
	/** @throws {DeskError | LibraryError} */
	propose(proposal: LessonProposal): Promise<ProposalAnswer>;
	/** @returns the experience's title @throws {DeskError | LibraryError} */
	feedback(feedback: Feedback): Promise<string>;
}

export type DeskErrorReason = 'untrusted' | 'read-only' | 'no-folder' | 'unknown-folder' | 'unknown-id' | 'not-usable';

/** What an agent asked for is not done; `message` says why, and what would be. */
export class DeskError extends Error {
	override readonly name = 'DeskError';
	constructor(
		readonly reason: DeskErrorReason,
		message: string,
	) {
		super(message);
	}
}
