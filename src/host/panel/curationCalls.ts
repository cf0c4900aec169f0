/** What the library browser changes, each of it with an undo that the panel can ask for. */
import * as vscode from 'vscode';
import type { Experience } from '../../core/experience/experience.js';
import { partId } from '../../core/experience/ids.js';
import type { Library } from '../../library/library.js';
import type { Curated, ExperienceDraft, PanelDecision } from '../../protocol/library.js';
import type { Curation, Undoable } from '../../runs/curation.js';
import type { Services } from '../services.js';
import { diffLines } from './libraryCalls.js';
import type { Handlers } from './panel.js';
import { writableShelf } from './shelves.js';

type Writing = 'decide' | 'save' | 'mergePreview' | 'merge' | 'retag' | 'restore' | 'undo';

/** Changes that can be taken back by their number; older ones are in the history of each experience. */
const mostTokens = 100;

export function curationHandlers(services: Services): Pick<Handlers, Writing> {
	const undos = new Undos();
	const opened = async (key: string): Promise<{ readonly library: Library; readonly curation: Curation }> => {
		const [{ library }, { Curation }] = await Promise.all([
			writableShelf(services, key),
			import('../../runs/curation.js'),
		]);
		return { library, curation: new Curation(library) };
	};
	const curated = (curation: Curation, { changed, undo }: Undoable, text: string): Curated =>
		changed === 0
			? { changed, text: vscode.l10n.t('Nothing to change: it is so already.') }
			: { changed, text, undo: undos.add(async () => curation.undo(undo)) };
	return {
		decide: async ({ shelf, ids, decision }) => {
			const { curation } = await opened(shelf);
			const done = await curation.decide(decision, ids);
			return curated(curation, done, decidedWords(decision, done.changed));
		},
		save: async ({ shelf, id, baseRev, draft }) => {
			const { library, curation } = await opened(shelf);
			const basis = await revisionOf(library, id, baseRev);
			const answer = await curation.save(basis, drafted(basis, draft));
			if ('faults' in answer) return { faults: answer.faults };
			return { saved: curated(curation, answer, vscode.l10n.t('Saved.')) };
		},
		mergePreview: async ({ shelf, keep, drop }) => {
			const { library } = await opened(shelf);
			const { mergePreview } = await import('../../runs/mergeExperiences.js');
			const preview = await mergePreview(library, keep, drop);
			if ('refused' in preview) return { refused: vscode.l10n.t('They can’t be joined: {0}.', preview.refused) };
			const [before] = await library.get([keep]);
			return { diff: before ? diffLines(before, preview.merged) : [] };
		},
		merge: async ({ shelf, keep, drop }) => {
			const { curation } = await opened(shelf);
			const done = await curation.merge(keep, drop);
			return curated(curation, done, vscode.l10n.t('Merged: one experience now says what two said.'));
		},
		retag: async ({ shelf, ids, add, remove }) => {
			const { curation } = await opened(shelf);
			const done = await curation.retag(ids, add, remove);
			return curated(curation, done, vscode.l10n.t('Domains changed of {0}.', done.changed));
		},
		restore: async ({ shelf, id, rev }) => {
			const { curation } = await opened(shelf);
			const done = await curation.restore(id, rev);
			return curated(curation, done, vscode.l10n.t('It is again what it was at revision {0}.', rev));
		},
		undo: async ({ token }) => {
			await undos.take(token);
			return { changed: 1, text: vscode.l10n.t('Taken back.') };
		},
	};
}

class Undos {
	private readonly steps = new Map<number, () => Promise<void>>();
	private next = 1;

	add(step: () => Promise<void>): number {
		const token = this.next++;
		this.steps.set(token, step);
		for (const key of this.steps.keys()) if (this.steps.size > mostTokens) this.steps.delete(key);
		return token;
	}

	async take(token: number): Promise<void> {
		const step = this.steps.get(token);
		if (!step) throw new Error(vscode.l10n.t('This change can’t be taken back here any more; its history can.'));
		await step();
		this.steps.delete(token);
	}
}

/** What a person began with: the edit is refused where the experience was changed since. */
async function revisionOf(library: Library, id: string, rev: number): Promise<Experience> {
	const basis = (await library.history(id)).find((revision) => revision.rev === rev)?.experience;
	if (basis) return { ...basis, rev };
	throw new Error(vscode.l10n.t('There is no experience {0} in this library any more.', id));
}

function drafted(
	basis: Experience,
	{ title, when, strategy, patterns, domains, priority }: ExperienceDraft,
): Experience {
	const known = new Map(basis.patterns.map((pattern) => [pattern.id, pattern]));
	return {
		...basis,
		title,
		when: { ...basis.when, text: when },
		strategy: { ...basis.strategy, text: strategy },
		patterns: patterns.map(({ id, rule, examples }) => ({
			id: id === '' ? partId(basis.id, 'pattern', rule) : id,
			rule,
			examples,
			sources: known.get(id)?.sources ?? [],
		})),
		domains,
		priority,
	};
}

function decidedWords(decision: PanelDecision, count: number): string {
	const words: Readonly<Record<PanelDecision, readonly [one: string, many: string]>> = {
		accept: [vscode.l10n.t('Accepted.'), vscode.l10n.t('{0} accepted.', count)],
		reject: [vscode.l10n.t('Rejected; kept among the retired ones.'), vscode.l10n.t('{0} rejected.', count)],
		retire: [vscode.l10n.t('Retired: it is not used any more.'), vscode.l10n.t('{0} retired.', count)],
		pin: [vscode.l10n.t('Pinned: it leads every prompt.'), vscode.l10n.t('{0} pinned.', count)],
		unpin: [vscode.l10n.t('Not pinned any more.'), vscode.l10n.t('{0} not pinned any more.', count)],
		star: [vscode.l10n.t('Starred.'), vscode.l10n.t('{0} starred.', count)],
		unstar: [vscode.l10n.t('Star removed.'), vscode.l10n.t('{0} stars removed.', count)],
	};
	return words[decision][count === 1 ? 0 : 1];
}
