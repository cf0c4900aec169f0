/** The library browser: facets, the list that answers as one types, and the experience that is read. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { FacetName } from '../../../src/core/experience/browse.js';
import type { PanelDecision, ShelfInfo } from '../../../src/protocol/library.js';
import type { Route, Topic } from '../../../src/protocol/panel.js';
import '../../components/emptyState.js';
import { waiting } from '../../components/waiting.js';
import { connection } from '../../connection.js';
import { attempt, tellCurated } from '../../news.js';
import { base } from '../../styles.js';
import { count, t } from '../../words.js';
import './bulkBar.js';
import './experienceDetail.js';
import './experienceList.js';
import './facetPanel.js';
import './growthView.js';
import './searchBar.js';
import type { ExperienceDetail } from './experienceDetail.js';
import type { ExperienceList } from './experienceList.js';
import { libraryLayout } from './libraryLayout.js';
import { LibraryRows } from './libraryRows.js';
import { firstState, type LibraryState, toggled } from './libraryState.js';
import type { SearchBar } from './searchBar.js';

const decisionKeys: readonly FacetName[] = ['status'];

@customElement('flex-library')
export class LibraryPage extends LitElement {
	static override styles = [base, libraryLayout];

	/** Where somebody wants to go within the page. */
	@property({ attribute: false }) accessor route: Route | undefined;
	@state() private accessor view: LibraryState = { ...firstState, ...connection.kept('library', firstState) };
	@state() private accessor shelves: readonly ShelfInfo[] | undefined;
	@state() private accessor chosen: ReadonlySet<string> = new Set();
	/** Counts answers, so that the list draws anew. */
	@state() private accessor version = 0;
	/** Counts changes of the library, so that whatever is open reads again. */
	@state() private accessor changes = 0;
	@query('flex-experience-list') private accessor list!: ExperienceList | null;
	@query('flex-experience') private accessor detail!: ExperienceDetail | null;
	@query('flex-search-bar') private accessor search!: SearchBar | null;
	private readonly rows = new LibraryRows(() => this.answered());
	private end: (() => void) | undefined;
	private fresh = true;

	override connectedCallback(): void {
		super.connectedCallback();
		this.end = connection.onChange((topics) => this.heard(topics));
		void this.begin();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.end?.();
	}

	override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has('route') && this.route && this.shelves) this.follow(this.route);
	}

	override render(): TemplateResult {
		const { shelves } = this;
		if (!shelves) return waiting(t('Opening the library…'));
		const shelf = this.shelf;
		if (!shelf || (shelf.experiences === 0 && shelves.length === 1)) return this.nothingYet();
		const open = this.view.id !== '' || this.view.view === 'growth';
		return html`<div class="page ${open ? 'reading' : ''}" @keydown=${this.onKey}>
			<aside aria-label=${t('Filters')}>${this.side(shelf, shelves)}</aside>
			<section class="middle" aria-label=${t('Experiences')}>${this.middle(shelf)}</section>
			${
				this.view.view === 'growth'
					? html`<flex-growth class="right" .shelf=${this.view.shelf} .version=${this.changes}></flex-growth>`
					: html`<flex-experience
							class="right"
							role="region"
							aria-label=${t('The open experience')}
							.shelf=${this.view.shelf}
							.open=${this.view.id}
							.version=${this.changes}
							.words=${wordsOf(this.view.text)}
							@flex-open=${(event: CustomEvent<string>) => this.set({ id: event.detail })}
							@flex-back=${() => this.back()}
						></flex-experience>`
			}
		</div>`;
	}

	private get shelf(): ShelfInfo | undefined {
		return this.shelves?.find(({ key }) => key === this.view.shelf);
	}

	private side(shelf: ShelfInfo, shelves: readonly ShelfInfo[]): TemplateResult {
		return html`
			${
				shelves.length > 1
					? html`<select aria-label=${t('Library')} @change=${this.onShelf}>
							${shelves.map(({ key, name, experiences }) => html`<option value=${key} ?selected=${key === shelf.key}>${name} (${count(experiences)})</option>`)}
						</select>`
					: nothing
			}
			${shelf.readOnly ? html`<p class="quiet note">${t('It can only be read here.')}</p>` : nothing}
			<section>
				<h2 class="label">${t('To review')}</h2>
				${this.queue(t('Learned last'), shelf.fresh, { run: [shelf.lastRun], mark: ['unread'] })}
				${this.queue(t('Waiting for you'), shelf.waiting, { status: ['proposed', 'quarantined'] })}
			</section>
			<flex-facets .answer=${this.rows.answer} .chosen=${this.view.facets} @flex-facet=${this.onFacet} data-version=${this.version}></flex-facets>
			<section>
				<h2 class="label">${t('View')}</h2>
				${this.viewButton('list', t('List'))} ${this.viewButton('growth', t('Growth'))}
			</section>
		`;
	}

	private queue(label: string, n: number, facets: LibraryState['facets']): TemplateResult {
		const on = JSON.stringify(this.view.facets) === JSON.stringify(facets);
		return html`<button class="plain side-row" aria-pressed=${on} ?disabled=${n === 0 && !on} @click=${() => this.find({ facets: on ? {} : facets, text: '', view: 'list' })}>
			<span>${label}</span><span class="quiet number">${count(n)}</span>
		</button>`;
	}

	private viewButton(view: LibraryState['view'], label: string): TemplateResult {
		return html`<button class="plain side-row" aria-pressed=${this.view.view === view} @click=${() => this.set({ view })}>
			<span>${label}</span>
		</button>`;
	}

	private middle(shelf: ShelfInfo): TemplateResult {
		return html`
			<flex-search-bar
				.view=${this.view}
				.answer=${this.rows.answer}
				.version=${this.version}
				.all=${shelf.experiences}
				@flex-find=${(event: CustomEvent<Partial<LibraryState>>) => this.find(event.detail)}
				@flex-down=${() => this.list?.focus()}
			></flex-search-bar>
			${this.bulk(shelf)}
			${
				this.rows.answer && this.rows.total === 0
					? html`<flex-empty
							.heading=${t('Nothing passes')}
							.text=${t('No experience has these words and passes these filters.')}
							.actions=${[{ label: t('Show everything'), run: () => this.find({ text: '', facets: {} }) }]}
						></flex-empty>`
					: html`<flex-experience-list
							id="list"
							.rows=${this.rows}
							.version=${this.version}
							.open=${this.view.id}
							.chosen=${this.chosen}
							@flex-open=${(event: CustomEvent<string>) => this.openId(event.detail)}
							@flex-choose=${(event: CustomEvent<ReadonlySet<string>>) => {
								this.chosen = event.detail;
							}}
							@flex-top=${(event: CustomEvent<number>) => this.set({ top: event.detail })}
							@flex-into=${() => this.detail?.shadowRoot?.querySelector<HTMLElement>('h1')?.focus()}
							@flex-retire=${() => this.decide('retire')}
						></flex-experience-list>`
			}
		`;
	}

	private bulk(shelf: ShelfInfo): TemplateResult | typeof nothing {
		const chosenStatus = decisionKeys.flatMap((name) => this.view.facets[name] ?? []);
		const waiting = chosenStatus.length > 0 && chosenStatus.every((value) => value !== 'active' && value !== 'retired');
		const unread = (this.view.facets.mark ?? []).includes('unread');
		if (this.chosen.size < 2 && !waiting && !unread) return nothing;
		return html`<flex-bulk-bar
			.chosen=${this.chosen.size > 1 ? this.chosen.size : 0}
			.total=${this.rows.total}
			.mode=${waiting ? 'waiting' : unread ? 'unread' : 'any'}
			.readOnly=${shelf.readOnly}
			@flex-decide=${(event: CustomEvent<PanelDecision>) => this.decide(event.detail)}
			@flex-retag=${(event: CustomEvent<{ add: readonly string[]; remove: readonly string[] }>) => this.retag(event.detail)}
			@flex-all=${() => this.chooseAll()}
			@flex-none=${() => {
				this.chosen = new Set();
			}}
		></flex-bulk-bar>`;
	}

	private nothingYet(): TemplateResult {
		const open = (what: 'train' | 'import' | 'example'): (() => void) => {
			return () => void attempt(() => connection.ask('open', { what }));
		};
		return html`<flex-empty
			.heading=${t('The library is empty')}
			.text=${t('Give FLEX problems with answers that can be checked. It solves them, reflects on what went right and wrong, and keeps what it learned here, as experiences that you can read, edit and hand on.')}
			.actions=${[
				{ label: t('Open the example'), run: open('example') },
				{ label: t('Train on a problem set…'), run: open('train') },
				{ label: t('Import a library…'), run: open('import') },
			]}
		></flex-empty>`;
	}

	private async begin(): Promise<void> {
		await this.readShelves();
		if (this.route) this.follow(this.route);
		else await this.find({});
	}

	private async readShelves(): Promise<void> {
		const shelves = (await attempt(() => connection.ask('shelves', {}))) ?? this.shelves ?? [];
		if (!shelves.some(({ key }) => key === this.view.shelf)) this.set({ shelf: shelves[0]?.key ?? '' });
		this.shelves = shelves;
	}

	private follow({ shelf, id, run }: Route): void {
		const here = this.shelves?.some(({ key }) => key === shelf) ? shelf : undefined;
		const learned = run && id === undefined ? { run: [run.run] } : undefined;
		void this.find({
			...(here === undefined ? {} : { shelf: here }),
			...(id === undefined ? {} : { id, view: 'list' as const }),
			...(learned ? { facets: learned, text: '', id: '', view: 'list' as const } : {}),
		});
	}

	/** Changes what is looked at, and asks for it. */
	private async find(change: Partial<LibraryState>): Promise<void> {
		const before = this.view;
		this.set(change);
		this.chosen = new Set();
		const { shelf, text, facets, sort } = this.view;
		if (shelf === '') return;
		const same = before.shelf === shelf && before.text === text && before.facets === facets && before.sort === sort;
		const around = same ? this.view.top : 0;
		await this.rows.find({ shelf, text, facets, sort }, around);
		if (!same) void this.list?.showFrom(0);
	}

	private answered(): void {
		this.version++;
		if (!this.fresh) return;
		this.fresh = false;
		void this.updateComplete.then(() => this.list?.showFrom(this.view.top));
	}

	private heard(topics: ReadonlySet<Topic>): void {
		if (!topics.has('library')) return;
		this.changes++;
		void this.readShelves().then(() => this.again());
	}

	private async again(): Promise<void> {
		const { shelf, text, facets, sort, top } = this.view;
		if (shelf !== '') await this.rows.find({ shelf, text, facets, sort }, top);
	}

	private set(change: Partial<LibraryState>): void {
		this.view = { ...this.view, ...change };
		connection.keep('library', this.view);
	}

	private openId(id: string): void {
		this.chosen = new Set();
		this.set({ id, view: 'list' });
	}

	private back(): void {
		this.set({ id: '', view: 'list' });
		void this.updateComplete.then(() => this.list?.focus());
	}

	private async decide(decision: PanelDecision): Promise<void> {
		await attempt(async () => {
			const ids = await this.targets();
			tellCurated(await connection.ask('decide', { shelf: this.view.shelf, ids, decision }));
			this.chosen = new Set();
		});
	}

	private async retag({ add, remove }: { add: readonly string[]; remove: readonly string[] }): Promise<void> {
		await attempt(async () => {
			const ids = await this.targets();
			tellCurated(await connection.ask('retag', { shelf: this.view.shelf, ids, add, remove }));
		});
	}

	/** Those that are chosen; where none is, the open one, or in a queue all that wait in it. */
	private async targets(): Promise<readonly string[]> {
		if (this.chosen.size > 0) return [...this.chosen];
		const queued = (this.view.facets.status ?? []).length > 0 || (this.view.facets.mark ?? []).includes('unread');
		return queued || this.view.id === '' ? this.rows.allIds() : [this.view.id];
	}

	private async chooseAll(): Promise<void> {
		const ids = await attempt(() => this.rows.allIds());
		if (ids) this.chosen = new Set(ids);
	}

	private onShelf(event: Event): void {
		if (event.target instanceof HTMLSelectElement) {
			void this.find({ shelf: event.target.value, facets: {}, text: '', id: '', top: 0 });
		}
	}

	private onFacet({ detail: { name, value } }: CustomEvent<{ name: FacetName; value: string }>): void {
		void this.find({ facets: toggled(this.view.facets, name, value), view: 'list' });
	}

	private onKey(event: KeyboardEvent): void {
		const [from] = event.composedPath();
		if (from instanceof HTMLInputElement || from instanceof HTMLTextAreaElement || from instanceof HTMLSelectElement)
			return;
		if (event.key === '/') {
			event.preventDefault();
			this.search?.focus();
		}
		if (event.key === 'e' && this.view.id !== '' && !this.shelf?.readOnly) {
			event.preventDefault();
			this.detail?.edit();
		}
	}
}

/** Words to mark in the text that is read. */
function wordsOf(text: string): readonly string[] {
	return text.split(/\s+/u).filter((word) => word.length > 1);
}
