/** What experiences are called: asked for several times a second while a run goes on, and read once a revision. */
import type { BoardChange } from '../../core/learning/runBoardView.js';
import type { FlexFolder } from '../folders.js';
import type { Libraries } from '../libraries.js';

interface Known {
	readonly rev: number;
	readonly title: string;
}

/** Characters that are shown. */
const longest = 200;
/** More are not remembered. */
const most = 5_000;

export class Titles {
	private readonly known = new Map<string, Known>();

	constructor(private readonly libraries: Pick<Libraries, 'existing'>) {}

	/** By id; an experience that is gone has none. */
	async of(folder: FlexFolder, changes: readonly BoardChange[]): Promise<Readonly<Record<string, string>>> {
		const revisions = new Map<string, number>();
		for (const { id, rev } of changes) revisions.set(id, Math.max(rev, revisions.get(id) ?? 0));
		const keyOf = (id: string): string => `${folder.uri.toString()}/${id}`;
		const news = [...revisions].filter(([id, rev]) => (this.known.get(keyOf(id))?.rev ?? -1) < rev).map(([id]) => id);
		const library = news.length > 0 ? await this.libraries.existing(folder) : undefined;
		if (this.known.size > most) this.known.clear();
		for (const { id, rev, title, strategy, when } of library ? await library.get(news) : []) {
			const seen = Math.max(rev, revisions.get(id) ?? 0);
			this.known.set(keyOf(id), { rev: seen, title: (title || strategy.text || when.text).slice(0, longest) });
		}
		const found = [...revisions.keys()].flatMap((id) => {
			const one = this.known.get(keyOf(id));
			return one ? [[id, one.title] as const] : [];
		});
		return Object.fromEntries(found);
	}
}
