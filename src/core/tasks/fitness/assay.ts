/** An assay: variants of one protein with their features, some with a measured score; and the port that opens one. */

export interface Variant {
	/** Its substitutions, "A2C", several joined by ":"; positions count from 1. */
	readonly mutant: string;
	/** Given features by name; null where one is unknown. */
	readonly features: Readonly<Record<string, number | null>>;
}

export interface MeasuredVariant extends Variant {
	/** Higher is fitter. */
	readonly score: number;
}

/** Which variants of which file a problem is about. */
export interface AssaySource {
	/** Absolute, of the problem set. */
	readonly folder: string;
	/** The variants file, relative to the folder. */
	readonly file: string;
	/** How many labelled variants the seed draws, or which they are. */
	readonly labelled: number | readonly string[];
	readonly seed: number;
}

export interface Assay {
	/** Those whose scores may be learned from. */
	readonly labelled: readonly MeasuredVariant[];
	/** All others. Their features are known; their scores are what a formula is measured by. */
	readonly unseen: readonly Variant[];
	/** In the order of `unseen`; absent where they are withheld, as in every training. */
	readonly unseenScores?: readonly number[] | undefined;
}

/** Opens assays; the one that a training is given holds back the scores of unseen variants, so that none can leak. */
export interface AssayPort {
	/** @throws {TaskError} `bad-problem`, naming file and line */
	open(source: AssaySource): Promise<Assay>;
}
