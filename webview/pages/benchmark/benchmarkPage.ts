/** The benchmark page: choose what is measured, watch it, and read in words what came out. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { BenchOptions, BenchPlan } from '../../../src/protocol/benchmarks.js';
import type { Route, Topic } from '../../../src/protocol/panel.js';
import type { RunInfo, RunPlace } from '../../../src/protocol/runs.js';
import '../../components/emptyState.js';
import { connection } from '../../connection.js';
import { attempt } from '../../news.js';
import { base } from '../../styles.js';
import { t } from '../../words.js';
import './benchResult.js';
import './comparePair.js';
import './exportBar.js';
import './liveBench.js';
import './planForm.js';
import { benchmarkLayout } from './benchmarkLayout.js';
import { type BenchmarkState, firstState, isLive, placeOf, samePlace } from './benchmarkState.js';
import type { BenchResult, MatrixView } from './benchResult.js';
import { ChosenRun } from './chosenRun.js';
import { filterWord, passing, usualDuel } from './outcomes.js';

const kinds: readonly RunInfo['kind'][] = ['bench', 'curve', 'matrix'];

/** The place that was gone to last: who comes back to the page later finds it as it was left. */
let followed: Route | undefined;

@customElement('flex-benchmark')
export class BenchmarkPage extends LitElement {
	static override styles = [base, benchmarkLayout];

	/** Where somebody wants to go within the page. */
	@property({ attribute: false }) accessor route: Route | undefined;
	@state() private accessor view: BenchmarkState = { ...firstState, ...connection.kept('benchmark', firstState) };
	/** Undefined until they were asked for. */
	@state() private accessor runs: readonly RunInfo[] | undefined;
	@state() private accessor options: BenchOptions | undefined;
	/** Said to those who listen. */
	@state() private accessor spoken = '';
	@query('.body') private accessor body!: HTMLElement | null;
	@query('flex-bench-result') private accessor result!: BenchResult | null;
	private readonly chosen = new ChosenRun({
		changed: () => this.requestUpdate(),
		finished: (sentence) => {
			this.spoken = t('The benchmark is finished. {0}', sentence);
		},
		gone: (unbegun) => {
			// What prevented it has been said; the form is as it was, for another try.
			this.set({ run: null, problem: '', planning: unbegun || this.view.planning });
			void this.again();
		},
	});
	private end: (() => void) | undefined;
	private compared = -1;

	override connectedCallback(): void {
		super.connectedCallback();
		this.end = connection.onChange((topics) => this.heard(topics));
		void this.begin();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.end?.();
		this.chosen.leave();
	}

	override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has('route') && this.route && this.runs) this.follow(this.route);
	}

	override render(): TemplateResult {
		const { runs, view } = this;
		if (!runs) return html`<p class="body quiet" role="status">${t('Reading the benchmarks…')}</p>`;
		const none = runs.length === 0 && view.run === null;
		return html`<div class="page">
			${none ? nothing : this.head(runs)}
			<div class="hidden-text" role="status">${this.spoken}</div>
			<div class="body">${view.planning ? this.form() : none ? this.nothingYet() : this.content()}</div>
		</div>`;
	}

	private head(runs: readonly RunInfo[]): TemplateResult {
		const { run, planning } = this.view;
		const option = (info: RunInfo): TemplateResult =>
			html`<option value=${keyOf(placeOf(info))} .selected=${!planning && samePlace(placeOf(info), run)}>${info.name} · ${info.standing}</option>`;
		const known = runs.some((info) => samePlace(placeOf(info), run));
		const others = runs.filter(({ kind }) => kind !== 'bench');
		return html`<header>
			<select class="runs" aria-label=${t('Benchmarks')} @change=${this.onRun}>
				${planning || !known ? html`<option value="" .selected=${true}>${planning ? t('New benchmark') : (this.chosen.page?.name ?? t('Choose a benchmark'))}</option>` : nothing}
				${runs.filter(({ kind }) => kind === 'bench').map(option)}
				${others.length > 0 ? html`<optgroup label=${t('Curves and matrices')}>${others.map(option)}</optgroup>` : nothing}
			</select>
			${planning ? nothing : html`<button class="small ${runs.length === 0 ? 'primary' : ''}" @click=${() => this.plan()}>${t('New benchmark…')}</button>`}
			${!planning && this.chosen.page?.report ? html`<flex-export-bar .place=${run}></flex-export-bar>` : nothing}
		</header>`;
	}

	private form(): TemplateResult {
		return html`<flex-plan-form
			.options=${this.options}
			.kept=${this.view.plan}
			@flex-plan=${(event: CustomEvent<BenchPlan>) => this.set({ plan: event.detail })}
			@flex-cancel=${() => this.set({ planning: false })}
			@flex-started=${(event: CustomEvent<RunPlace>) => this.show(event.detail, true)}
		></flex-plan-form>`;
	}

	private content(): TemplateResult {
		const { board, page, trouble } = this.chosen;
		if (page && this.view.problem !== '') return this.sideBySide();
		const live = board && isLive(board.run.state);
		if (page?.report && !live) return this.found();
		if (board && (board.run.kind === 'curve' || board.run.kind === 'matrix') && !live) {
			return html`<h1>${board.run.name}</h1>
				<div class="alone"><flex-comparisons .comparisons=${this.chosen.comparisons}></flex-comparisons></div>`;
		}
		if (board) {
			return html`<flex-live-bench .board=${board} .names=${this.names}></flex-live-bench>
				${page && page.trouble !== '' && !live ? html`<p class="trouble">${page.trouble}</p>` : nothing}`;
		}
		if (trouble !== '') return html`<p role="alert">${trouble}</p>`;
		return html`<p class="quiet" role="status">${t('Reading the benchmark…')}</p>`;
	}

	private found(): TemplateResult {
		const { page, board, comparisons } = this.chosen;
		const { filter, against, problem } = this.view;
		return html`<flex-bench-result
			.page=${page}
			.comparisons=${comparisons}
			.arms=${this.options?.arms ?? []}
			.currency=${board?.currency ?? ''}
			.view=${{ filter, against }}
			.problem=${problem === '' ? this.lastProblem : problem}
			@flex-matrix-view=${(event: CustomEvent<MatrixView>) => this.set(event.detail)}
			@flex-problem=${(event: CustomEvent<{ problem: string; arm: string }>) => this.openProblem(event.detail)}
		></flex-bench-result>`;
	}

	private sideBySide(): TemplateResult {
		const { page, board } = this.chosen;
		if (!page) return html``;
		const { matrix } = page;
		const { problem, filter } = this.view;
		const duel = usualDuel(matrix.arms, this.view.against);
		const list = passing(matrix, duel, filter).map((at) => matrix.problems[at] ?? '');
		const within = list.includes(problem);
		return html`<flex-compare
			.place=${this.view.run}
			.set=${page.report?.set.name ?? board?.run.set ?? ''}
			.problem=${problem}
			.beside=${this.beside}
			.matrix=${matrix}
			.names=${page.armNames}
			.list=${within ? list : matrix.problems}
			.listName=${within && filter !== 'all' ? filterWord(filter).toLowerCase() : ''}
			@flex-problem=${(event: CustomEvent<string>) => this.openProblem({ problem: event.detail, arm: '' })}
			@flex-beside=${(event: CustomEvent<readonly string[]>) => this.set({ beside: event.detail })}
			@flex-back=${() => this.closeProblem()}
		></flex-compare>`;
	}

	private nothingYet(): TemplateResult {
		return html`<flex-empty
			.heading=${t('Nothing was measured yet')}
			.text=${t('A benchmark gives problems that nobody trained on to the model alone and to the model with experience, and to others that tell whether it is the experience that helps. It says in words what can be claimed, and shows every answer.')}
			.actions=${[{ label: t('New benchmark…'), run: () => this.plan() }]}
		></flex-empty>`;
	}

	/** Names of arms for people, wherever they are known. */
	private get names(): Readonly<Record<string, string>> {
		const known = Object.fromEntries((this.options?.arms ?? []).map(({ arm, name }) => [arm, name]));
		return { ...known, ...this.chosen.page?.armNames };
	}

	private get beside(): readonly [string, string] {
		const arms = this.chosen.page?.matrix.arms ?? [];
		const [left = '', right = ''] = this.view.beside;
		const duel = usualDuel(arms, this.view.against);
		const usual: readonly [string, string] = [duel?.against ?? arms[0] ?? '', duel?.ours ?? arms[0] ?? ''];
		const now: readonly [string, string] = arms.includes(left) && arms.includes(right) ? [left, right] : usual;
		if (now[0] !== this.lastBeside[0] || now[1] !== this.lastBeside[1]) this.lastBeside = now;
		return this.lastBeside;
	}

	/** The same value while nothing changes, so that the answers are not read again. */
	private lastBeside: readonly [string, string] = ['', ''];
	private lastProblem = '';

	private async begin(): Promise<void> {
		void this.readOptions();
		await this.readRuns();
		if (this.route) this.follow(this.route);
		else await this.chosen.choose(this.view.run);
	}

	private async readRuns(): Promise<void> {
		const all = (await attempt(() => connection.ask('runs', {}))) ?? this.runs ?? [];
		const runs = all.filter(({ kind }) => kinds.includes(kind));
		const { run } = this.view;
		const first = runs.find(({ kind }) => kind === 'bench') ?? runs[0];
		if (run === null && first) this.set({ run: placeOf(first) });
		this.runs = runs;
	}

	private async readOptions(): Promise<void> {
		this.options =
			(await attempt(() => connection.ask('benchOptions', { models: this.view.planning }))) ?? this.options;
	}

	private follow(route: Route): void {
		if (route === followed) return void this.chosen.choose(this.view.run);
		followed = route;
		const { run, problem } = route;
		if (!run) return void this.chosen.choose(this.view.run);
		const known = this.runs?.find(({ id }) => id === run.run);
		const place = known ? placeOf(known) : run;
		this.show(place, false);
		if (problem !== undefined) this.set({ problem });
	}

	private heard(topics: ReadonlySet<Topic>): void {
		if (topics.has('runs')) void this.again();
		if (topics.has('board') && !topics.has('runs')) void this.chosen.refresh();
		if (topics.has('sets') || topics.has('models')) void this.readOptions();
	}

	private async again(): Promise<void> {
		await this.readRuns();
		await this.chosen.choose(this.view.run);
		const set = this.chosen.board?.run.set ?? '';
		const ended = (this.runs ?? []).filter(({ kind, hasReport }) => kind !== 'bench' && hasReport).length;
		if (this.compared !== -1 && this.compared !== ended) void this.chosen.compare(set, true);
		this.compared = ended;
	}

	private plan(): void {
		this.set({ planning: true });
		void this.readOptions();
		this.focusOn('flex-plan-form');
	}

	/** Another run, from its beginning. */
	private show(run: RunPlace, focus: boolean): void {
		this.spoken = '';
		this.lastProblem = '';
		const change = samePlace(run, this.view.run)
			? {}
			: { problem: '', beside: [], against: '', filter: 'all' as const };
		this.set({ ...change, run, planning: false });
		void this.chosen.choose(run).then(() => {
			if (focus) this.focusOn('flex-live-bench, flex-bench-result');
		});
	}

	private openProblem({ problem, arm }: { readonly problem: string; readonly arm: string }): void {
		const arms = this.chosen.page?.matrix.arms ?? [];
		const duel = usualDuel(arms, this.view.against);
		const fresh = this.view.problem === '';
		// A cell of a third arm is read beside experience.
		const third = duel && arm !== '' && arm !== duel.ours && arm !== duel.against;
		const beside = third ? [arm, duel.ours] : fresh ? [] : this.view.beside;
		this.set({ problem, beside });
		if (this.body) this.body.scrollTop = 0;
		if (fresh) this.focusOn('flex-compare');
	}

	private closeProblem(): void {
		this.lastProblem = this.view.problem;
		this.set({ problem: '' });
		void this.updateComplete.then(() => this.result?.focusProblem());
	}

	private onRun(event: Event): void {
		if (!(event.target instanceof HTMLSelectElement)) return;
		const { value } = event.target;
		const info = this.runs?.find((one) => keyOf(placeOf(one)) === value);
		if (info) this.show(placeOf(info), false);
	}

	private focusOn(selector: string): void {
		void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(selector)?.focus());
	}

	private set(change: Partial<BenchmarkState>): void {
		this.view = { ...this.view, ...change };
		connection.keep('benchmark', this.view);
	}
}

function keyOf({ folder, run }: RunPlace): string {
	return `${folder} ${run}`;
}
