/** What the benchmark view asks of the host, and what it is told. */
import type { Report } from '../core/evaluation/report.js';
import type { Split } from '../core/tasks/task.js';
import type { RunPlace } from './runs.js';

export interface BenchSet {
	/** Address of the set's folder. */
	readonly key: string;
	readonly name: string;
	readonly description: string;
	/** How many problems each split has; those with none are left out. */
	readonly splits: readonly { readonly split: Split; readonly n: number }[];
}

export interface BenchArm {
	readonly arm: string;
	/** For people, and what it measures. */
	readonly name: string;
	readonly description: string;
	/** Chosen unless a person says otherwise. */
	readonly usual: boolean;
	/** No model is asked. */
	readonly free: boolean;
}

export interface BenchModel {
	readonly id: string;
	readonly name: string;
}

export interface BenchOptions {
	readonly sets: readonly BenchSet[];
	readonly arms: readonly BenchArm[];
	readonly models: readonly BenchModel[];
	/** The model that is set in the settings. */
	readonly model: string;
	/** Answers to a problem that are set in the settings. */
	readonly samples: number;
	/** Libraries whose experience the arm with experience can use. */
	readonly libraries: readonly { readonly key: string; readonly name: string; readonly experiences: number }[];
	/** Why nothing can be measured now, and what to do; empty where it can. */
	readonly obstacle: string;
}

/** A benchmark as it is put together. */
export interface BenchPlan {
	readonly set: string;
	readonly split: Split;
	readonly arms: readonly string[];
	readonly model: string;
	/** A key of `libraries`; empty: the library of the set's folder. */
	readonly library: string;
	/** The first so many problems; 0: all. */
	readonly limit: number;
	/** Answers to each problem in each arm that asks a model. */
	readonly samples: number;
	/** Draws what is random: the fixed examples and the unrelated texts. */
	readonly seed: number;
}

export interface BenchEstimate {
	/** Calls, tokens, time and money as ranges, a line each. */
	readonly lines: readonly string[];
	/** The smallest difference that so many problems can show, in points; 0 where it can't be said. */
	readonly smallestGap: number;
	/** What speaks against it, with what to do. */
	readonly warnings: readonly string[];
}

/** The problems of a benchmark by arm; one character a problem: `+` right, `-` wrong, `!` unusable, `.` not answered. */
export interface OutcomeMatrix {
	readonly problems: readonly string[];
	readonly arms: readonly string[];
	readonly cells: Readonly<Record<string, string>>;
}

/** The paper's table with ours as its last line; every figure as it is shown. */
export interface PaperTable {
	readonly caption: string;
	readonly head: readonly string[];
	readonly lines: readonly (readonly string[])[];
	/** What is not the same, a sentence each. */
	readonly differences: readonly string[];
}

/** A benchmark's result: the report as it is stored, and what a person reads first. */
export interface ReportPage {
	readonly name: string;
	/** The result, the most important sentence first. */
	readonly words: readonly string[];
	/** Null while the benchmark goes on, and where the report can't be read; `trouble` then says why. */
	readonly report: Report | null;
	readonly trouble: string;
	/** The result in the paper's own table; null where the paper did not measure this set. */
	readonly paper: PaperTable | null;
	readonly matrix: OutcomeMatrix;
	/** Names of arms for people. */
	readonly armNames: Readonly<Record<string, string>>;
	/** All of its models run on this machine: what has no price was not billed. */
	readonly local: boolean;
	/** Questions of the problems, cut to a line; none of test problems, which nobody shall learn by heart. */
	readonly questions: Readonly<Record<string, string>>;
}

export interface CurvePoint {
	/** Active experiences in the library. */
	readonly experiences: number;
	/** 0–1, with its 95 % interval. */
	readonly accuracy: number;
	readonly ci95: readonly [low: number, high: number];
	readonly n: number;
}

/** Accuracy by the size of the library. */
export interface CurveInfo extends RunPlace {
	readonly name: string;
	readonly model: string;
	readonly points: readonly CurvePoint[];
}

/** What each model gains with each library, in points. */
export interface InheritanceInfo extends RunPlace {
	readonly name: string;
	readonly models: readonly string[];
	readonly rows: readonly {
		readonly library: string;
		readonly cells: readonly {
			readonly diff: number;
			readonly ci95: readonly [low: number, high: number];
			/** The interval leaves out zero. */
			readonly clear: boolean;
		}[];
	}[];
}

export interface Comparisons {
	readonly curves: readonly CurveInfo[];
	readonly matrices: readonly InheritanceInfo[];
}

export type ReportFormat = 'csv' | 'markdown' | 'html';

export interface BenchmarkCalls {
	/** `models`: with all that there are, for which VS Code starts its providers: only where a person is choosing. */
	benchOptions: { readonly params: { readonly models: boolean }; readonly answer: BenchOptions };
	benchEstimate: { readonly params: BenchPlan; readonly answer: BenchEstimate };
	benchStart: { readonly params: BenchPlan; readonly answer: RunPlace };
	report: { readonly params: RunPlace; readonly answer: ReportPage };
	comparisons: { readonly params: { readonly set: string }; readonly answer: Comparisons };
	/** Asks where to, and writes; null where the person left the question. */
	exportReport: {
		readonly params: RunPlace & { readonly format: ReportFormat };
		readonly answer: { readonly file: string } | null;
	};
}
