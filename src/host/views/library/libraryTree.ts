/** The library's tree: what stands where is read when it is looked at, and only what changed is shown again. */
import * as vscode from 'vscode';
import { Evidence } from '../../evidence.js';
import type { FlexFolder } from '../../folders.js';
import type { LibraryEvent } from '../../libraries.js';
import type { Services } from '../../services.js';
import { pageOf } from '../paging.js';
import { moreItem } from '../treeItems.js';
import { partsOf } from './experienceParts.js';
import { experienceTooltip } from './experienceTooltip.js';
import { domainsOf, groupsOf, ordered, type Rights } from './grouping.js';
import { type LibraryFilter, noFilter } from './libraryFilter.js';
import * as items from './libraryItems.js';
import { type DomainNode, type ExperienceNode, type GroupNode, type LibraryNode, libraryKey } from './libraryNodes.js';
import type { Row } from './libraryRows.js';
import { Shelf } from './shelf.js';

/** Under a filter that leaves so few, everything is open. */
const mostOpened = 100;

export class LibraryTree implements vscode.TreeDataProvider<LibraryNode>, vscode.Disposable {
	private readonly evidence = new Evidence();
	private readonly changed = new vscode.EventEmitter<readonly LibraryNode[] | undefined>();
	private readonly shelves = new Map<string, Promise<Shelf>>();
	/** What VS Code was given last, by key. */
	private readonly nodes = new Map<string, LibraryNode>();
	private readonly pages = new Map<string, number>();
	/** What a person opened or closed, by key: VS Code forgets it of items that a filter hides for a while. */
	private readonly opened = new Map<string, boolean>();
	private active = noFilter;

	constructor(private readonly services: Pick<Services, 'folders' | 'libraries' | 'log'>) {}

	readonly onDidChangeTreeData = this.changed.event as vscode.Event<LibraryNode[] | undefined>;

	get filter(): LibraryFilter {
		return this.active;
	}

	/** Those that were looked at. */
	async loaded(): Promise<readonly Shelf[]> {
		const settled = await Promise.allSettled(this.shelves.values());
		return settled.flatMap((entry) => (entry.status === 'fulfilled' ? [entry.value] : []));
	}

	async setFilter(filter: LibraryFilter): Promise<void> {
		this.active = filter;
		for (const shelf of await this.loaded()) await shelf.setFilter(filter);
		if (this.active === filter) this.refresh();
	}

	/** Shows everything again; what is kept of the libraries stays. */
	refresh(): void {
		this.nodes.clear();
		this.changed.fire(undefined);
	}

	/** Follows changes of one library. */
	async update(folder: LibraryEvent['folder'], ids: readonly string[]): Promise<void> {
		const key = libraryKey(folder);
		const loading = this.shelves.get(key);
		if (!loading) return this.refresh();
		const shelf = await loading.catch(() => undefined);
		if (!shelf || (await this.open(folder)) !== shelf.library) {
			this.shelves.delete(key);
			return this.refresh();
		}
		if (ids.length === 0) return;
		if ((await shelf.refresh(ids)) === 'structure') return this.refresh();
		const touched = new Set(ids);
		const nodes = [...this.nodes.values()].filter(
			(node) => node.kind === 'experience' && touched.has(node.id) && libraryKey(node.folder) === key,
		);
		if (nodes.length > 0) this.changed.fire(nodes);
	}

	/** Shows the next page below this node. */
	showMore(above: LibraryNode): void {
		this.pages.set(above.key, this.pagesOf(above) + 1);
		this.changed.fire([this.nodes.get(above.key) ?? above]);
	}

	async getChildren(node?: LibraryNode): Promise<LibraryNode[]> {
		const children = await this.childrenOf(node);
		for (const child of children) this.nodes.set(child.key, child);
		return [...children];
	}

	/** Remembers what a person opened or closed. */
	remember({ key }: LibraryNode, open: boolean): void {
		this.opened.set(key, open);
	}

	async getTreeItem(node: LibraryNode): Promise<vscode.TreeItem> {
		const item = await this.itemOf(node);
		const open = this.opened.get(node.key);
		const { None, Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
		if (open !== undefined && item.collapsibleState !== None) item.collapsibleState = open ? Expanded : Collapsed;
		return item;
	}

	async resolveTreeItem(item: vscode.TreeItem, node: LibraryNode): Promise<vscode.TreeItem> {
		if (node.kind !== 'experience') return item;
		const shelf = await this.shelf(node.folder);
		const experience = await shelf.experience(node.id);
		if (!experience) return item;
		// Reading again is cheap: only runs that were added to are opened.
		this.evidence.forget();
		const evidence = (await this.evidence.of(node.folder)).get(node.id);
		item.tooltip = experienceTooltip(experience, shelf.uses(node.id), evidence);
		return item;
	}

	dispose(): void {
		this.changed.dispose();
	}

	private async itemOf(node: LibraryNode): Promise<vscode.TreeItem> {
		const filtered = this.active.input !== '';
		switch (node.kind) {
			case 'library':
				return items.rootItem(node);
			case 'group':
				return items.groupItem(node, filtered);
			case 'domain':
				return items.domainItem(node, filtered && node.count <= mostOpened);
			case 'part':
				return items.partItem(node);
			case 'more':
				return moreItem(node, items.moreCommand, node);
			case 'failure':
				return items.failureItem(node);
			case 'experience': {
				const shelf = await this.shelf(node.folder);
				const row = shelf.row(node.id);
				// It went between the list and this: the refresh is under way.
				if (!row) return new vscode.TreeItem(node.id);
				return items.experienceItem(node, row, shelf.uses(node.id), this.rights(node.folder));
			}
		}
	}

	private async childrenOf(node: LibraryNode | undefined): Promise<readonly LibraryNode[]> {
		if (!node) return this.roots();
		switch (node.kind) {
			case 'library':
				return this.groups(await this.shelf(node.folder));
			case 'group':
				return this.inGroup(node);
			case 'domain':
				return this.experiences(node, await this.rowsOf(node));
			case 'experience': {
				const experience = await (await this.shelf(node.folder)).experience(node.id);
				return experience ? this.paged(node, partsOf(node, experience)) : [];
			}
			default:
				return [];
		}
	}

	/** One folder needs no level of its own; the user's own library always stands apart. */
	private async roots(): Promise<readonly LibraryNode[]> {
		const { folders, libraries } = this.services;
		const all = folders.all();
		const held = await Promise.all(all.map((folder) => this.rootOf(folder)));
		const own = libraries.ownEnabled ? await this.rootOf(undefined) : undefined;
		const found = [...held, own].filter((root) => root !== undefined);
		const full = found.filter((root) => root.kind === 'failure' || root.count > 0);
		// Then VS Code shows the welcome text, which says how to begin.
		if (full.length === 0) return [];
		const [first] = held;
		const single = all.length === 1 && first?.kind === 'library' ? await this.groups(await this.shelf(all[0])) : held;
		return [...single, own].filter((root) => root !== undefined);
	}

	private async rootOf(
		folder: FlexFolder | undefined,
	): Promise<Extract<LibraryNode, { kind: 'library' | 'failure' }> | undefined> {
		const key = this.keyOf(libraryKey(folder));
		if (folder && !this.services.libraries.exists(folder)) return undefined;
		try {
			const shelf = await this.shelf(folder);
			return { kind: 'library', key, folder, count: shelf.size };
		} catch (error) {
			this.services.log.error(error instanceof Error ? error : String(error));
			return { kind: 'failure', key, folder, message: error instanceof Error ? error.message : String(error) };
		}
	}

	private groups(shelf: Shelf): readonly GroupNode[] {
		const { folder } = shelf;
		return groupsOf(shelf.shown()).map(({ kind, rows }) => ({
			kind: 'group',
			key: this.keyOf(`${libraryKey(folder)}/${kind}`),
			folder,
			group: kind,
			count: rows.length,
		}));
	}

	private async inGroup(node: GroupNode): Promise<readonly LibraryNode[]> {
		const rows = await this.rowsOf(node);
		const { folder, group, key } = node;
		if (group === 'waiting' || group === 'retired') return this.experiences(node, rows);
		const domains = domainsOf(rows).map(
			({ name, rows: own }): DomainNode => ({
				kind: 'domain',
				key: `${key}/${name}`,
				folder,
				group,
				name,
				count: own.length,
			}),
		);
		return this.paged(node, domains);
	}

	private async rowsOf({ folder, group, ...node }: GroupNode | DomainNode): Promise<readonly Row[]> {
		const rows = groupsOf((await this.shelf(folder)).shown()).find(({ kind }) => kind === group)?.rows ?? [];
		return node.kind === 'group' ? rows : (domainsOf(rows).find(({ name }) => name === node.name)?.rows ?? []);
	}

	private async experiences(above: LibraryNode, rows: readonly Row[]): Promise<readonly LibraryNode[]> {
		const { folder, key } = above;
		const shelf = await this.shelf(folder);
		const nodes = ordered(rows).map(
			({ id }): ExperienceNode => ({ kind: 'experience', key: `${key}/${id}`, folder, id }),
		);
		const page = pageOf(nodes, this.pagesOf(above));
		await shelf.count(page.shown.map(({ id }) => id));
		return this.paged(above, nodes);
	}

	private paged(above: LibraryNode, nodes: readonly LibraryNode[]): readonly LibraryNode[] {
		const { shown, left, next } = pageOf(nodes, this.pagesOf(above));
		if (left === 0) return shown;
		return [...shown, { kind: 'more', key: `${above.key}/…`, folder: above.folder, above, next, left }];
	}

	private pagesOf({ key }: LibraryNode): number {
		return this.pages.get(key) ?? 1;
	}

	/** What a filter shows opens and closes by itself, apart from the whole tree. */
	private keyOf(path: string): string {
		return this.active.input === '' ? path : `filtered:${path}`;
	}

	private rights(folder: FlexFolder | undefined): Rights {
		const { folders, libraries } = this.services;
		const trusted = vscode.workspace.isTrusted;
		return {
			own: folder === undefined,
			writable: trusted || folder === undefined,
			movable: trusted && (folder ? libraries.ownEnabled : folders.all().length > 0),
		};
	}

	private shelf(folder: FlexFolder | undefined): Promise<Shelf> {
		const key = libraryKey(folder);
		const known = this.shelves.get(key);
		if (known) return known;
		const loading = this.load(folder);
		this.shelves.set(key, loading);
		// What could not be read may be mended meanwhile: the next look tries again.
		loading.catch(() => this.shelves.delete(key));
		return loading;
	}

	private async load(folder: FlexFolder | undefined): Promise<Shelf> {
		const library = await this.open(folder);
		if (!library) throw new vscode.FileSystemError(vscode.l10n.t('The library is not there any more.'));
		const configuration = vscode.workspace.getConfiguration('flex', folder?.uri);
		const shelf = await Shelf.of(folder, library, configuration.get<number>('retrieval.minMatch', 0));
		await shelf.setFilter(this.active);
		return shelf;
	}

	private async open(folder: FlexFolder | undefined) {
		const { libraries } = this.services;
		return (await (folder ? libraries.existing(folder) : libraries.own())) ?? undefined;
	}
}
