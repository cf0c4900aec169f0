/** The training dashboard: a run as it goes on, and the same page when it is opened later. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Route, Topic } from '../../../src/protocol/panel.js';
import type { BoardPage, RunInfo, RunPlace, Steering } from '../../../src/protocol/runs.js';
import '../../components/emptyState.js';
import '../../components/lineChart.js';
import { visible } from '../../components/visibleText.js';
import { waiting } from '../../components/waiting.js';
import { connection } from '../../connection.js';
import { go } from '../../go.js';
import { attempt } from '../../news.js';
import { base } from '../../styles.js';
import { count, t } from '../../words.js';
import { accuracySeries, epochTicks, growthSeries } from './boardCharts.js';
import './learnedFeed.js';
import './problemDrawer.js';
import './problemGrid.js';
import './runHeader.js';
import { adviceOf, storyOf } from './runStory.js';
import './spendingTable.js';
import { trainingLayout } from './trainingLayout.js';

interface TrainingState {
	readonly run: RunPlace | undefined;
	/** Undefined: the latest. */
	readonly epoch: number | undefined;
	readonly problem: string;
}

const firstState: TrainingState = { run: undefined, epoch: undefined, problem: '' };

/** Milliseconds between two things that a screen reader says of a run that goes on. */
const sayPace = 10_000;

@customElement('flex-training')
export class TrainingPage extends LitElement {
	static override styles = [base, trainingLayout];

	/** Where somebody wants to go within the page. */
	@property({ attribute: false }) accessor route: Route | undefined;
	@state() private accessor view: TrainingState = { ...firstState, ...connection.kept('training', firstState) };
	@state() private accessor runs: readonly RunInfo[] | undefined;
	@state() private accessor page: BoardPage | null | undefined;
	@state() private accessor said = '';
	private saidAt = 0;
	private end: (() => void) | undefined;
	private asking = false;
	private again = false;

	override connectedCallback(): void {
		super.connectedCallback();
		this.end = connection.onChange((topics) => this.heard(topics));
		void this.begin();
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.end?.();
		void connection.ask('watch', { run: null }).catch(() => {});
	}

	override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has('route') && this.route && this.runs) this.follow(this.route);
	}

	override render(): TemplateResult {
		if (!this.runs) return waiting(t('Looking for runs…'));
		if (this.runs.length === 0) return this.nothingYet();
		return html`<div class="page">
			<div class="chooser">${this.chooser(this.runs)}</div>
			${this.page ? this.board(this.page) : html`<p class="loading quiet">${this.page === null ? t('This run is not in the workspace any more.') : t('Reading…')}</p>`}
			<span class="hidden-text" role="status" aria-live="polite">${this.said}</span>
		</div>`;
	}

	private chooser(runs: readonly RunInfo[]): TemplateResult {
		const { run } = this.view;
		const epochs = this.page?.board.byEpoch ?? [];
		return html`<select aria-label=${t('Run')} @change=${this.onRun}>
				${runs.map(({ id, name, standing }) => html`<option value=${id} ?selected=${id === run?.run}>${visible(`${name} · ${standing}`)}</option>`)}
			</select>
			${
				epochs.length > 1
					? html`<select aria-label=${t('Epoch')} @change=${this.onEpoch}>
							<option value="" ?selected=${this.view.epoch === undefined}>${t('Latest epoch')}</option>
							${epochs.map(({ epoch }) => html`<option value=${epoch} ?selected=${this.view.epoch === epoch}>${t('Epoch {0}', epoch + 1)}</option>`)}
						</select>`
					: nothing
			}`;
	}

	private board(page: BoardPage): TemplateResult {
		const { board } = page;
		return html`<flex-run-header .page=${page} @flex-steer=${(event: CustomEvent<Steering>) => this.steer(event.detail)}></flex-run-header>
			<div class="board">
				<section aria-label=${t('Problems and spending')}>
					<h2 class="label">${t('Problems')}</h2>
					<flex-problem-grid
						.ids=${board.ids}
						.states=${board.states}
						.total=${board.problems}
						.measured=${board.kind !== 'train'}
						@flex-problem=${(event: CustomEvent<string>) => this.set({ problem: event.detail })}
					></flex-problem-grid>
					<h2 class="label">${t('Who spends')}</h2>
					<flex-spending .page=${page}></flex-spending>
				</section>
				${this.view.problem === '' ? this.middle(page) : this.drawer(page)}
				<section aria-label=${t('What it just learned')}>
					<h2 class="label">${board.kind === 'train' ? t('What it just learned') : t('Arms')}</h2>
					${board.kind === 'train' ? html`<flex-learned-feed .page=${page} @flex-problem=${(event: CustomEvent<string>) => this.set({ problem: event.detail })}></flex-learned-feed>` : this.arms(page)}
				</section>
			</div>`;
	}

	private middle(page: BoardPage): TemplateResult {
		const { board } = page;
		const advice = adviceOf(page);
		const curves = accuracySeries(board);
		return html`<section class="story-section" aria-label=${t('How it goes')}>
			<p class="story">${visible(storyOf(page))}</p>
			${advice === '' ? nothing : html`<p class="failed">${visible(advice)}</p>`} ${this.next(page)} ${this.warnings(page)}
			${
				board.kind === 'train'
					? html`<h2 class="label">${t('Accuracy at the first attempt')}</h2>
							<flex-line-chart .series=${curves} .label=${t('Accuracy at the first attempt, epoch by epoch')} .xLabel=${t('epochs')} .yPercent=${true} .xTicks=${epochTicks(board)}></flex-line-chart>
							${board.evaluations.length === 0 ? html`<p class="quiet">${t('No held-out problems were asked. The setting flex.training.devProblems asks some after each epoch.')}</p>` : nothing}
							<h2 class="label">${t('Growth of the library')}</h2>
							<flex-line-chart .series=${growthSeries(board)} .label=${t('Experiences by problems solved')} .xLabel=${t('problems')} .height=${160}></flex-line-chart>`
					: nothing
			}
		</section>`;
	}

	private next({ run, board }: BoardPage): TemplateResult | typeof nothing {
		if (run.kind === 'bench') {
			const report = (): void => go(this, { page: 'benchmark', run: { folder: run.folder, run: run.id } });
			return html`<div class="next"><button class="small primary" @click=${report}>${t('Show the result')}</button></div>`;
		}
		if (run.kind !== 'train' || board.learned === 0 || run.mine) return nothing;
		const review = (): void =>
			go(this, { page: 'library', shelf: run.folder, run: { folder: run.folder, run: run.id } });
		return html`<div class="next">
			<button class="small primary" @click=${review}>${t('Review what was learned')}</button>
			<button class="small" @click=${() => go(this, { page: 'benchmark' })}>${t('Measure whether it helps')}</button>
		</div>`;
	}

	private warnings({ board }: BoardPage): TemplateResult | typeof nothing {
		if (board.warnings.length === 0) return nothing;
		return html`<ul class="warnings" aria-label=${t('Warnings')}>
			${board.warnings.slice(0, 8).map(({ message, count: times }) => html`<li>${visible(message.slice(0, 1_000))} ${times > 1 ? html`<span class="quiet">${t('{0} times', count(times))}</span>` : nothing}</li>`)}
		</ul>`;
	}

	private arms({ board }: BoardPage): TemplateResult {
		return html`<table>
			<thead>
				<tr>
					<th>${t('Arm')}</th>
					<th class="number">${t('Right')}</th>
					<th class="number">${t('Answered')}</th>
				</tr>
			</thead>
			<tbody>
				${board.arms.map(
					({ arm, right, answered }) => html`<tr>
						<td>${arm}</td>
						<td class="number">${count(right)}</td>
						<td class="number">${count(answered)}</td>
					</tr>`,
				)}
			</tbody>
		</table>`;
	}

	private drawer({ run }: BoardPage): TemplateResult {
		return html`<flex-problem
			class="story-section"
			.place=${{ folder: run.folder, run: run.id }}
			.problem=${this.view.problem}
			.epoch=${this.view.epoch}
			.set=${run.set}
			@flex-close=${() => this.set({ problem: '' })}
		></flex-problem>`;
	}

	private nothingYet(): TemplateResult {
		const open = (what: 'train' | 'example'): (() => void) => {
			return () => void attempt(() => connection.ask('open', { what }));
		};
		return html`<flex-empty
			.heading=${t('No run yet')}
			.text=${t('A training shows here, problem by problem, while it goes on: what was solved, what was learned and why, and what it cost.')}
			.actions=${[
				{ label: t('Train on a problem set…'), run: open('train') },
				{ label: t('Open the example'), run: open('example') },
			]}
		></flex-empty>`;
	}

	private async begin(): Promise<void> {
		await this.readRuns();
		if (this.route) this.follow(this.route);
		else this.watch(this.view.run);
	}

	private async readRuns(): Promise<void> {
		const runs = (await attempt(() => connection.ask('runs', {}))) ?? this.runs ?? [];
		const { run } = this.view;
		const known = run && runs.some(({ id }) => id === run.run);
		const usual = runs.find(({ mine }) => mine) ?? runs.find(({ kind }) => kind === 'train') ?? runs[0];
		if (!known && usual) this.set({ run: { folder: usual.folder, run: usual.id }, epoch: undefined, problem: '' });
		this.runs = runs;
		if (!known) this.watch(this.view.run);
	}

	private follow({ run, problem = '' }: Route): void {
		if (run) this.set({ run, epoch: undefined, problem });
		this.watch(this.view.run);
	}

	private watch(run: RunPlace | undefined): void {
		this.page = undefined;
		if (!run) return;
		void attempt(() => connection.ask('watch', { run }));
		void this.read();
	}

	/** One question at a time; what changes meanwhile leads to one more. */
	private async read(): Promise<void> {
		if (this.asking) {
			this.again = true;
			return;
		}
		this.asking = true;
		try {
			do {
				this.again = false;
				const { run, epoch } = this.view;
				if (!run) return;
				const page = await attempt(() => connection.ask('board', { ...run, epoch }));
				if (page !== undefined && run === this.view.run) this.show(page);
			} while (this.again);
		} finally {
			this.asking = false;
		}
	}

	private show(page: BoardPage | null): void {
		const before = this.page;
		this.page = page;
		if (page && before) this.say(before, page);
	}

	/** Speaks the changes that matter, and not too often. */
	private say(before: BoardPage, page: BoardPage): void {
		const ended = before.board.end === undefined && page.board.end !== undefined;
		const paused = before.board.paused !== page.board.paused;
		const epochs = (board: BoardPage['board']): number => board.byEpoch.filter(({ finished }) => finished).length;
		const grown =
			epochs(page.board) > epochs(before.board) || page.board.warnings.length > before.board.warnings.length;
		const due = Date.now() - this.saidAt > sayPace;
		if (!ended && !paused && !(grown && due)) return;
		this.saidAt = Date.now();
		this.said = paused ? (page.board.paused ? t('Paused') : t('It goes on')) : storyOf(page);
	}

	private heard(topics: ReadonlySet<Topic>): void {
		if (topics.has('runs')) void this.readRuns();
		if (topics.has('board') || topics.has('runs')) void this.read();
	}

	private async steer(action: Steering): Promise<void> {
		const { run } = this.view;
		if (run) await attempt(() => connection.ask('steer', { ...run, action }));
	}

	private set(change: Partial<TrainingState>): void {
		this.view = { ...this.view, ...change };
		connection.keep('training', this.view);
	}

	private onRun(event: Event): void {
		const id = event.target instanceof HTMLSelectElement ? event.target.value : '';
		const run = this.runs?.find((one) => one.id === id);
		if (!run) return;
		this.set({ run: { folder: run.folder, run: run.id }, epoch: undefined, problem: '' });
		this.watch(this.view.run);
	}

	private onEpoch(event: Event): void {
		const value = event.target instanceof HTMLSelectElement ? event.target.value : '';
		this.set({ epoch: value === '' ? undefined : Number(value) });
		void this.read();
	}
}
