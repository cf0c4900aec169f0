/** The messages between the panel and the extension: what is asked, what is answered, and what is told unasked. */
import type { MoleculeDrawing } from '../core/tasks/moleculeDrawing.js';
import type { BenchmarkCalls } from './benchmarks.js';
import type { LibraryCalls } from './library.js';
import type { RunCalls } from './runs.js';

/** What a click in the panel opens outside of it. */
export type OpenTarget =
	| { readonly what: 'document'; readonly shelf: string; readonly id: string }
	| { readonly what: 'compare'; readonly shelf: string; readonly id: string; readonly rev: number }
	| { readonly what: 'problem'; readonly set: string; readonly problem: string }
	| { readonly what: 'log' | 'settings' | 'train' | 'import' | 'example' | 'models' };

export interface PanelCalls extends LibraryCalls, RunCalls, BenchmarkCalls {
	open: { readonly params: OpenTarget; readonly answer: null };
	/** One drawing for each SMILES; null where it can't be drawn here. */
	draw: {
		readonly params: { readonly texts: readonly string[] };
		readonly answer: readonly (MoleculeDrawing | null)[];
	};
	copy: { readonly params: { readonly text: string }; readonly answer: null };
	/** What the page looks at, so that it is there again after any end of the window. */
	keep: { readonly params: { readonly state: unknown }; readonly answer: null };
}

export type CallName = keyof PanelCalls;
export type Params<Name extends CallName> = PanelCalls[Name]['params'];
export type Answer<Name extends CallName> = PanelCalls[Name]['answer'];

/** From the panel: one question. */
export interface Question<Name extends CallName = CallName> {
	readonly kind: 'ask';
	readonly number: number;
	readonly name: Name;
	readonly params: Params<Name>;
}

/** What changed, so that whoever shows it asks again. */
export type Topic = 'library' | 'runs' | 'board' | 'sets' | 'models';

export type HostMessage =
	| { readonly kind: 'answer'; readonly number: number; readonly answer: unknown }
	/** `message` says what to do next. */
	| { readonly kind: 'refused'; readonly number: number; readonly message: string }
	| { readonly kind: 'changed'; readonly topics: readonly Topic[] }
	/** Go there: somebody followed a link. */
	| { readonly kind: 'go'; readonly route: Route };

export type PageName = 'library' | 'training' | 'benchmark';

/** A place in the panel; what is left out stays as it is. */
export interface Route {
	readonly page: PageName;
	readonly shelf?: string | undefined;
	/** An experience. */
	readonly id?: string | undefined;
	readonly run?: RunPlaceRef | undefined;
	readonly problem?: string | undefined;
}

export interface RunPlaceRef {
	readonly folder: string;
	readonly run: string;
}

/** What the panel is given with its page, before any message. */
export interface PanelStart {
	readonly route: Route | null;
	/** What the page gave to `keep` last. */
	readonly state: unknown;
	/** Texts in the language of the editor, by the English ones. */
	readonly texts: Readonly<Record<string, string>>;
	/** BCP 47. */
	readonly language: string;
}
