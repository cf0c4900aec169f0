/** The experiences that can be hints, library by library, in memory: read at the first need, then kept current. */
import type * as vscode from 'vscode';
import { EventEmitter } from 'vscode';
import type { UseCount } from '../../core/experience/store.js';
import type { HintIndex } from '../../core/hints/hintIndex.js';
import type { Library } from '../../library/library.js';
import type { FlexFolder } from '../folders.js';
import type { LibraryEvent } from '../libraries.js';
import type { Services } from '../services.js';

export interface HintShelf {
	/** Undefined: the user's own library. */
	readonly folder: FlexFolder | undefined;
	readonly index: HintIndex;
	readonly uses: ReadonlyMap<string, UseCount>;
}

interface KeptShelf extends HintShelf {
	readonly library: Library;
	readonly uses: Map<string, UseCount>;
}

/** Experiences that are taken in before others get their turn. */
const atOnce = 100;
const ownKey = 'own';

export class HintShelves implements vscode.Disposable {
	private readonly shelves = new Map<string, Promise<KeptShelf | undefined>>();
	private readonly changed = new EventEmitter<void>();
	private readonly subscription: vscode.Disposable;
	private disposed = false;

	constructor(private readonly services: Pick<Services, 'libraries' | 'log'>) {
		this.subscription = services.libraries.onDidChange((event) => void this.follow(event));
	}

	/** After hints may be others than before. */
	readonly onDidChange = this.changed.event;

	/** How many libraries are held; none before the first question. */
	get size(): number {
		return this.shelves.size;
	}

	/** The library of the folder, then the user's own where that is on; one that can't be opened is none. */
	async of(folder: FlexFolder): Promise<readonly HintShelf[]> {
		const { libraries } = this.services;
		const [first, own] = await Promise.all([
			this.shelf(folder.workspace.flex, folder, () => libraries.existing(folder)),
			libraries.ownEnabled ? this.shelf(ownKey, undefined, () => libraries.own()) : undefined,
		]);
		return [first, own].filter((shelf) => shelf !== undefined);
	}

	dispose(): void {
		this.disposed = true;
		this.subscription.dispose();
		this.changed.dispose();
		this.shelves.clear();
	}

	private shelf(
		key: string,
		folder: FlexFolder | undefined,
		open: () => Promise<Library | undefined>,
	): Promise<KeptShelf | undefined> {
		const known = this.shelves.get(key);
		if (known) return known;
		const reading = open().then((library) => library && this.read(folder, library));
		this.shelves.set(key, reading);
		reading
			.then((shelf) => {
				// There is none yet, so it is looked for again.
				if (!shelf) this.shelves.delete(key);
			})
			.catch((error: unknown) => {
				this.shelves.delete(key);
				this.services.log.warn(String(error));
			});
		return reading.catch(() => undefined);
	}

	private async read(folder: FlexFolder | undefined, library: Library): Promise<KeptShelf> {
		const { HintIndex } = await import('../../core/hints/hintIndex.js');
		const index = new HintIndex();
		const experiences = await library.list({ statuses: ['active'], scoped: true });
		for (const [at, experience] of experiences.entries()) {
			if (at % atOnce === atOnce - 1) await new Promise((goOn) => setImmediate(goOn));
			if (this.disposed) break;
			index.put(experience);
		}
		const uses = await library.uses(experiences.map(({ id }) => id));
		return { folder, library, index, uses: new Map(uses) };
	}

	/** What another window or the command line changes comes here, too. */
	private async follow({ folder, notices }: LibraryEvent): Promise<void> {
		const key = folder?.workspace.flex ?? ownKey;
		const known = this.shelves.get(key);
		if (!known) return;
		if (notices.length === 0) {
			// The library came, went, or was opened anew.
			this.shelves.delete(key);
			this.changed.fire();
			return;
		}
		const ids = [...new Set(notices.map(({ id }) => id))];
		const updated = known.then(async (shelf) => shelf && this.update(shelf, ids));
		this.shelves.set(key, updated);
		updated.catch(() => this.shelves.delete(key));
		await updated.catch((error: unknown) => this.services.log.warn(String(error)));
		if (!this.disposed) this.changed.fire();
	}

	private async update(shelf: KeptShelf, ids: readonly string[]): Promise<KeptShelf> {
		const { library, index, uses } = shelf;
		const [now, counts] = await Promise.all([library.get(ids), library.uses(ids)]);
		for (const experience of now) index.put(experience);
		for (const [id, count] of counts) if (index.get(id)) uses.set(id, count);
		return shelf;
	}
}
