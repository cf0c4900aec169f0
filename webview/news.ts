/** What the panel says to a person for a moment: results with an undo, and failures; a live region speaks it, too. */
import type { Curated } from '../src/protocol/library.js';
import { connection } from './connection.js';
import { t } from './words.js';

export interface News {
	readonly text: string;
	readonly failed: boolean;
	readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

type Listener = (news: News) => void;
const listeners = new Set<Listener>();

export function onNews(listener: Listener): () => void {
	listeners.add(listener);
	return () => listeners.delete(listener);
}

export function tell(news: News): void {
	for (const listener of [...listeners]) listener(news);
}

/** Says what was changed, and offers to take it back. */
export function tellCurated({ text, undo }: Curated): void {
	const takeBack = async (token: number): Promise<void> => tellCurated(await connection.ask('undo', { token }));
	const action = undo === undefined ? undefined : { label: t('Undo'), run: () => attempt(() => takeBack(undo)) };
	tell({ text, failed: false, action });
}

/** Runs `action`; what it throws is said in its own words. */
export async function attempt<T>(action: () => T | Promise<T>): Promise<T | undefined> {
	try {
		return await action();
	} catch (error) {
		tell({ text: error instanceof Error ? error.message : String(error), failed: true });
		return undefined;
	}
}
