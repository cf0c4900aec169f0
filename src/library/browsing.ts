/** What a person browses of a library: an index of its own, made at the first look and kept current from then on. */
import type { BrowseAnswer, BrowseQuery } from '../core/experience/browse.js';
import type { Experience } from '../core/experience/experience.js';
import { Catalogue } from '../core/retrieval/catalogue.js';
import { KeptUses, type UseCounter } from '../core/retrieval/catalogueUses.js';

/** Experiences whose words are taken in between two calls. */
const wordsAtOnce = 100;

export interface BrowsedLibrary extends UseCounter {
	/** In order of creation. */
	readonly experiences: ReadonlyMap<string, Experience>;
}

export class Browsing {
	private readonly useCounts = new KeptUses();
	private catalogue: Catalogue | undefined;

	/** @param nearby ids that retrieval finds for a text, best first; asked where nothing holds all the words */
	constructor(private readonly nearby: (text: string) => readonly string[]) {}

	browse(library: BrowsedLibrary, query: BrowseQuery): BrowseAnswer {
		this.catalogue ??= this.begin(library.experiences.values());
		return this.catalogue.browse(query, { uses: this.useCounts.current(library), nearby: this.nearby });
	}

	/** The experience is another one than before. */
	put(experience: Experience): void {
		this.catalogue?.put(experience);
	}

	/** Somebody used or rated the experience. */
	used(id: string): void {
		this.useCounts.change(id);
	}

	/** Everything may be another one than before. */
	forget(): void {
		this.catalogue = undefined;
		this.useCounts.forget();
	}

	/** The first page comes at once; the words follow in small portions, between other calls. */
	private begin(experiences: Iterable<Experience>): Catalogue {
		const catalogue = new Catalogue();
		for (const experience of experiences) catalogue.put(experience);
		const goOn = (): void => {
			if (this.catalogue === catalogue && catalogue.prepare(wordsAtOnce)) setImmediate(goOn);
		};
		setImmediate(goOn);
		return catalogue;
	}
}
