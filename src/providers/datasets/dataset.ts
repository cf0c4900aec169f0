/** What a public dataset is: its name, where it comes from, and the problem set that it becomes. */
import type { Split } from '../../core/tasks/task.js';
import type { MirrorSource, OfficialSource } from './datasetFiles.js';
import type { Rows } from './datasetForms.js';
import type { SourceFiles } from './sourceText.js';

/** What a split is, in words: "official", or why it is not. */
export type SplitNotes = Readonly<Partial<Record<Split, string>>>;

interface Origin<S> {
	readonly source: S;
	readonly read: (files: SourceFiles) => Rows;
	/** Further files of the set, by name: what its problems refer to. */
	readonly attachments?: (files: SourceFiles) => Readonly<Record<string, string>>;
	readonly notes: SplitNotes;
}

export interface Dataset {
	readonly name: string;
	/** What it holds, in a few words. */
	readonly summary: string;
	readonly licence: string;
	readonly official?: Origin<OfficialSource>;
	readonly mirror?: Origin<MirrorSource>;
	/** Fields of its `flex-task.json`. */
	readonly manifest: Readonly<Record<string, unknown>>;
	/** Answers are options in brackets, or few words: the answer space is closed and read from the train rows. */
	readonly closed?: boolean;
}
