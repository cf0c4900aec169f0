/** The one event stream of a run: everything that shows progress reads it, nothing else reports any. */
import type { LibraryOp } from '../experience/store.js';
import type { ModelCallReport } from '../models/modelCalls.js';
import type { Split, Verdict } from '../tasks/task.js';

/** Where in a run an event belongs; epoch, rollout and round count from 0. */
export interface ProblemPlace {
	readonly problem: string;
	readonly epoch: number;
	readonly rollout: number;
	readonly round: number;
	readonly arm?: string;
}

export type RunStatus = 'done' | 'cancelled' | 'budget' | 'failed';

export type RunEventBody =
	| {
			readonly type: 'run.started';
			readonly kind: 'train' | 'bench' | 'tune' | 'curve' | 'matrix' | 'gate' | 'utility';
			readonly set: string;
			readonly problems: number;
			readonly epochs: number;
			readonly resumed: boolean;
	  }
	| ({ readonly type: 'problem.started' } & ProblemPlace)
	| ({
			readonly type: 'retrieved';
			readonly ids: readonly string[];
			readonly withheld: readonly string[];
	  } & ProblemPlace)
	| ({ readonly type: 'attempt'; readonly verdict: Verdict; readonly score?: number | undefined } & ProblemPlace)
	| ({ readonly type: 'advice'; readonly text: string; readonly redacted: number } & ProblemPlace)
	| ({ readonly type: 'distilled'; readonly kept: boolean; readonly reason?: string | undefined } & ProblemPlace)
	| {
			readonly type: 'library.changed';
			readonly op: LibraryOp['op'] | 'discard';
			readonly id: string;
			readonly rev: number;
			readonly reason: string;
			readonly problem?: string;
			readonly epoch?: number;
	  }
	| ({ readonly type: 'problem.finished'; readonly firstAttempt: boolean; readonly solved: boolean } & ProblemPlace)
	| {
			readonly type: 'epoch.finished';
			readonly epoch: number;
			readonly firstAttempt: number;
			readonly solved: number;
			readonly problems: number;
			readonly experiences: number;
	  }
	| {
			readonly type: 'evaluated';
			readonly split: Split;
			/** How many epochs were finished: 0 before the first. */
			readonly epoch: number;
			readonly accuracy: number;
			readonly n: number;
	  }
	| {
			/** What a change of the library lost of what was solved before it. */
			readonly type: 'gate';
			readonly split: Split;
			/** Problems that were asked before and now. */
			readonly compared: number;
			readonly lost: readonly string[];
			readonly gained: readonly string[];
			readonly passed: boolean;
			/** Experiences that went back to what they were. */
			readonly restored: number;
	  }
	| ({
			readonly type: 'sample';
			readonly seed: number;
			readonly verdict: Verdict;
			readonly score?: number | undefined;
			readonly answer?: string | undefined;
	  } & ProblemPlace)
	| ({ readonly type: 'model.call' } & ModelCallReport)
	| {
			readonly type: 'budget';
			readonly calls: number;
			readonly limit: number;
			readonly unit: 'calls' | 'tokens' | 'cost' | 'minutes';
	  }
	| { readonly type: 'warning'; readonly code: string; readonly message: string; readonly problem?: string }
	| { readonly type: 'run.paused' }
	| { readonly type: 'run.resumed' }
	| { readonly type: 'run.finished'; readonly status: RunStatus; readonly message?: string };

/** An event as it is written: one line of `events.jsonl`. `seq` counts from 0 within a run; `at` is ISO 8601 UTC. */
export type RunEvent = RunEventBody & {
	readonly v: 1;
	readonly run: string;
	readonly seq: number;
	readonly at: string;
};

export type RunEventType = RunEventBody['type'];
