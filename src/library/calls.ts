/** What the library's worker and its client say to each other. */
import type { BrowseAnswer, BrowseQuery } from '../core/experience/browse.js';
import type { Experience } from '../core/experience/experience.js';
import type {
	AppliedChange,
	ChangeRequest,
	LibraryErrorReason,
	LibraryNotice,
	LibraryOp,
	LibraryStats,
	ListFilter,
	Neighbour,
	Revision,
	SearchQuery,
	SearchResult,
	UseCount,
} from '../core/experience/store.js';
import type { LockOptions } from './lock.js';

/** Each call with its parameters and its answer. */
export interface LibraryCalls {
	get: { readonly params: { readonly ids: readonly string[] }; readonly answer: readonly Experience[] };
	list: { readonly params: { readonly filter: ListFilter | undefined }; readonly answer: readonly Experience[] };
	search: { readonly params: { readonly queries: readonly SearchQuery[] }; readonly answer: readonly SearchResult[] };
	leading: { readonly params: { readonly limit: number }; readonly answer: readonly Experience[] };
	neighbours: {
		readonly params: { readonly experience: Experience; readonly limit: number };
		readonly answer: readonly Neighbour[];
	};
	apply: {
		readonly params: { readonly requests: readonly ChangeRequest[]; readonly at: string | undefined };
		readonly answer: readonly AppliedChange[];
	};
	appliedBy: { readonly params: { readonly key: string }; readonly answer: AppliedChange | undefined };
	history: { readonly params: { readonly id: string }; readonly answer: readonly Revision[] };
	uses: { readonly params: { readonly ids: readonly string[] }; readonly answer: ReadonlyMap<string, UseCount> };
	stats: { readonly params: Record<never, never>; readonly answer: LibraryStats };
	browse: { readonly params: { readonly query: BrowseQuery }; readonly answer: BrowseAnswer };
	recent: { readonly params: { readonly limit: number }; readonly answer: readonly RecentChange[] };
	undoLast: {
		readonly params: { readonly by: string; readonly at: string | undefined };
		readonly answer: AppliedChange | undefined;
	};
	checkpoint: { readonly params: Record<never, never>; readonly answer: unknown };
	close: { readonly params: Record<never, never>; readonly answer: unknown };
}

/** One change of content or status, in the history of the whole library. */
export interface RecentChange {
	readonly id: string;
	readonly rev: number;
	readonly op: LibraryOp['op'];
	readonly by: string;
	readonly at: string;
	readonly reason?: string | undefined;
	/** What the experience is called now. */
	readonly title: string;
}

export type CallName = keyof LibraryCalls;

export interface LibraryCall<Name extends CallName = CallName> {
	readonly number: number;
	readonly name: Name;
	readonly params: LibraryCalls[Name]['params'];
}

/** Given to the worker when it starts. */
export interface WorkerData {
	readonly folder: string;
	readonly readOnly: boolean;
	readonly lock: LockOptions | undefined;
	readonly checkpointAfter: number | undefined;
}

export interface OpenReport {
	/** True where there was no library yet. */
	readonly created: boolean;
	/** True where something was damaged or missing and was rebuilt; `messages` say what. */
	readonly mended: boolean;
	readonly readOnly: boolean;
	readonly experiences: number;
	/** What a person should know, each a sentence or two. */
	readonly messages: readonly string[];
}

export interface CrossedError {
	readonly reason: LibraryErrorReason;
	readonly message: string;
}

export type WorkerMessage =
	| { readonly kind: 'opened'; readonly report: OpenReport }
	| { readonly kind: 'failed'; readonly error: CrossedError }
	| { readonly kind: 'answer'; readonly number: number; readonly answer: unknown }
	| { readonly kind: 'error'; readonly number: number; readonly error: CrossedError }
	| { readonly kind: 'changed'; readonly notices: readonly LibraryNotice[] }
	| { readonly kind: 'message'; readonly message: string };
