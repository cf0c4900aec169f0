/** What the training dashboard asks of the host, and what it is told. */
import type { RunBoardView } from '../core/learning/runBoardView.js';
import type { Verdict } from '../core/tasks/task.js';

export type RunPanelState =
	| 'preparing'
	| 'running'
	| 'paused'
	| 'stopping'
	/** In another window, or on the command line: it can be watched, not steered. */
	| 'elsewhere'
	| 'done'
	| 'stopped'
	| 'budget'
	| 'killed'
	| 'failed'
	| 'damaged';

export interface RunInfo {
	/** Address of the workspace folder; names the run together with `id`. */
	readonly folder: string;
	readonly id: string;
	readonly state: RunPanelState;
	readonly kind: 'train' | 'bench' | 'tune' | 'curve' | 'matrix' | 'gate' | 'utility' | '';
	readonly set: string;
	readonly model: string;
	/** For people: what it is, and when it began. */
	readonly name: string;
	/** How it stands, in a few words. */
	readonly standing: string;
	/** Accuracy that tells most, 0–1; undefined before the first. */
	readonly accuracy?: number | undefined;
	/** ISO 8601 UTC. */
	readonly startedAt: string;
	readonly hasReport: boolean;
	/** It can go on where it stopped. */
	readonly resumable: boolean;
	/** It goes on in this window: it can be paused and stopped. */
	readonly mine: boolean;
}

/** A cap of the run and how much of it is used. */
export interface BudgetInfo {
	readonly unit: 'calls' | 'tokens' | 'cost' | 'minutes';
	readonly used: number;
	readonly limit: number;
}

export interface BoardPage {
	readonly run: RunInfo;
	readonly board: RunBoardView;
	/** Of experiences that the shown changes name. */
	readonly titles: Readonly<Record<string, string>>;
	readonly budgets: readonly BudgetInfo[];
	/** Currency of costs; empty where no price is known. */
	readonly currency: string;
	/** What goes on before the first event, or what it said at its end, with what to do. */
	readonly message: string;
	/** Milliseconds that are left, by the pace so far; undefined where nobody can tell. */
	readonly leftMs?: number | undefined;
}

export interface TranscriptMessage {
	readonly role: string;
	readonly text: string;
	readonly cut: boolean;
}

export interface TranscriptRound {
	readonly round: number;
	/** What the model was given. */
	readonly messages: readonly TranscriptMessage[];
	/** What it wrote. */
	readonly text: string;
	readonly cut: boolean;
	readonly answer: string;
	readonly verdict: Verdict;
	/** Where the kind grades by degree. */
	readonly score?: number | undefined;
	/** What the critic said to it; empty where it said nothing. */
	readonly advice: string;
	readonly retrieved: readonly { readonly id: string; readonly title: string }[];
}

export interface Transcript {
	readonly epoch: number;
	readonly rollout: number;
	/** Empty in a training. */
	readonly arm: string;
	readonly rounds: readonly TranscriptRound[];
}

export interface TranscriptPage {
	readonly problem: string;
	/** Empty where the problem set is gone. */
	readonly question: string;
	readonly expected: string;
	/** Question and answers are SMILES that can be drawn (default: no). */
	readonly molecules?: boolean | undefined;
	/** What is expected is a good answer, not the right one (default: no). */
	readonly openEnded?: boolean | undefined;
	/** What scores of answers are ("Spearman ρ"); absent where they say nothing to a person. */
	readonly scoreName?: string | undefined;
	/** The problem can be opened in this workspace. */
	readonly here: boolean;
	readonly transcripts: readonly Transcript[];
}

export interface RunPlace {
	readonly folder: string;
	readonly run: string;
}

export type Steering = 'pause' | 'continue' | 'stop' | 'resume';

export interface RunCalls {
	/** The newest first, at most 200. */
	runs: { readonly params: Record<never, never>; readonly answer: readonly RunInfo[] };
	/** Follows this run from now on and says `board` when it changed; null follows none. */
	watch: { readonly params: { readonly run: RunPlace | null }; readonly answer: null };
	/** Null where there is no such run. */
	board: { readonly params: RunPlace & { readonly epoch?: number | undefined }; readonly answer: BoardPage | null };
	transcripts: {
		readonly params: RunPlace & {
			readonly problem: string;
			readonly epoch?: number | undefined;
			readonly arms?: readonly string[] | undefined;
		};
		readonly answer: TranscriptPage;
	};
	steer: { readonly params: RunPlace & { readonly action: Steering }; readonly answer: null };
}
