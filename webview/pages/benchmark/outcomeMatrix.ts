/** Every arm's outcome on every problem, a cell each; where experience and another arm differ stands out. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { OutcomeMatrix } from '../../../src/protocol/benchmarks.js';
import { visible } from '../../components/visibleText.js';
import { base } from '../../styles.js';
import { count, t } from '../../words.js';
import { type LineRange, type Lines, linesFor, linesInSight, narrowRoom, wideRoom } from './matrixLines.js';
import { type Spot, stepped } from './matrixSteps.js';
import { matrixStyles } from './matrixStyles.js';
import {
	type Duel,
	filterWord,
	inOrder,
	kindOf,
	nameOf,
	type Outcome,
	type OutcomeFilter,
	outcomeAt,
	outcomeFilters,
	outcomeWord,
	passing,
	tally,
} from './outcomes.js';

const shapes: Readonly<Record<Outcome, string>> = { '+': 'right', '-': 'wrong', '!': 'unusable', '.': 'none' };

@customElement('flex-outcome-matrix')
export class OutcomeMatrixView extends LitElement {
	static override styles = [base, matrixStyles];

	@property({ attribute: false }) accessor matrix: OutcomeMatrix = { problems: [], arms: [], cells: {} };
	@property({ attribute: false }) accessor names: Readonly<Record<string, string>> = {};
	/** Questions by problem, where they may be shown. */
	@property({ attribute: false }) accessor questions: Readonly<Record<string, string>> = {};
	@property({ attribute: false, hasChanged: isOtherDuel }) accessor duel: Duel | undefined;
	@property({ attribute: false }) accessor filter: OutcomeFilter = 'all';
	/** The problem that was open last: the focus begins there. */
	@property({ attribute: false }) accessor open = '';
	@state() private accessor width = 800;
	@state() private accessor sight: LineRange = { from: 0, to: 4 };
	@state() private accessor spot: Spot = { row: 0, column: 0 };
	@state() private accessor read: Spot | undefined;
	@query('.area') private accessor area!: HTMLElement | null;
	@query('.all') private accessor all!: HTMLElement | null;
	@query('.shown') private accessor shown!: HTMLElement | null;
	private arms: readonly string[] = [];
	private columns: readonly number[] = [];
	private lines: Lines = linesFor(800, wideRoom, 0, 0);
	/** Drawn anew in the next frame: a new height within this one would be told to the observer again. */
	private readonly sizes = new ResizeObserver(([entry]) => {
		if (entry) requestAnimationFrame(() => this.fit(entry.contentRect.width));
	});

	override connectedCallback(): void {
		super.connectedCallback();
		this.sizes.observe(this);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.sizes.disconnect();
	}

	override willUpdate(changed: PropertyValues<this>): void {
		const { matrix, duel, filter } = this;
		this.arms = armsInRows(matrix, duel);
		this.columns = passing(matrix, duel, filter);
		this.lines = linesFor(this.width, this.narrow ? narrowRoom : wideRoom, this.columns.length, this.arms.length);
		if (changed.has('filter') || changed.has('duel') || changed.has('matrix')) this.begin();
		this.look();
	}

	override render(): TemplateResult {
		const { columns, lines, sight } = this;
		return html`<div class=${this.narrow ? 'narrow' : ''}>
			<div class="bar">${this.filters()} ${this.chooser()}</div>
			${
				columns.length === 0
					? html`<p class="quiet">${this.noneText()}</p>`
					: html`<div class="area" @scroll=${this.look}>
							<div
								class="all"
								role="grid"
								aria-label=${t('Outcomes by problem')}
								aria-colcount=${columns.length}
								aria-rowcount=${this.arms.length}
								@click=${this.onClick}
								@keydown=${this.onKey}
								@focusin=${this.onPoint}
								@pointerover=${this.onPoint}
								@pointerleave=${this.onLeave}
							>
								<div class="shown" role="presentation">
									${Array.from({ length: Math.max(0, Math.min(sight.to, lines.count) - sight.from) }, (_, at) => this.line(sight.from + at))}
								</div>
							</div>
						</div>`
			}
			<div class="reads" aria-hidden="true">${this.reading()}</div>
			${this.legend()}
		</div>`;
	}

	/** Heights and places go by the object model, for the page's policy allows no style in markup. */
	override updated(): void {
		this.all?.style.setProperty('height', `${this.lines.count * this.lines.lineHeight}px`);
		this.shown?.style.setProperty('transform', `translateY(${this.sight.from * this.lines.lineHeight}px)`);
	}

	/** Puts the focus where a person left. */
	override focus(): void {
		void this.updateComplete.then(() => this.moveTo(this.spot));
	}

	private get narrow(): boolean {
		return this.width < 560;
	}

	private filters(): TemplateResult {
		const counts = tally(this.matrix, this.duel);
		const against = this.duel ? nameOf(this.names, this.duel.against) : '';
		const shown = this.duel ? outcomeFilters : outcomeFilters.slice(0, 1);
		return html`<div class="filters" role="group" aria-label=${t('Problems that are shown, against {0}', against)}>
			${shown.map(
				(filter) => html`<button
					class="plain"
					aria-pressed=${filter === this.filter}
					@click=${() => this.say('flex-filter', filter)}
				>
					${filterWord(filter)} <span class="number">${count(counts[filter])}</span>
				</button>`,
			)}
		</div>`;
	}

	private chooser(): TemplateResult | typeof nothing {
		const { duel } = this;
		if (!duel || this.arms.length < 3) return nothing;
		const others = inOrder(this.matrix.arms, (arm) => arm).filter((arm) => arm !== duel.ours);
		return html`<label class="against quiet">
			${t('against')}
			<select @change=${this.onAgainst}>
				${others.map((arm) => html`<option value=${arm} .selected=${arm === duel.against}>${nameOf(this.names, arm)}</option>`)}
			</select>
		</label>`;
	}

	private noneText(): string {
		return this.matrix.problems.length === 0 ? t('No answers are kept of this run.') : t('There is no such problem.');
	}

	private line(at: number): TemplateResult {
		const from = at * this.lines.columns;
		const places = this.columns.slice(from, from + this.lines.columns);
		const caption = this.lines.count > 1 ? `${count(from + 1)}–${count(from + places.length)}` : '';
		return html`<div class="line" role="rowgroup">
			<div class="caption number" aria-hidden="true">${caption}</div>
			${this.arms.map((arm, row) => this.row(arm, row, from, places))}
		</div>`;
	}

	private row(arm: string, row: number, from: number, places: readonly number[]): TemplateResult {
		const name = nameOf(this.names, arm);
		const inDuel = arm === this.duel?.ours || arm === this.duel?.against;
		const kind = arm === this.duel?.ours ? 'ours' : inDuel ? '' : 'others';
		return html`<div class="row ${kind}" role="row" aria-rowindex=${row + 1}>
			<span class="name" role="rowheader" title=${name}>${name}</span>
			${places.map((place, at) => this.cell(arm, name, place, { row, column: from + at }))}
		</div>`;
	}

	private cell(arm: string, name: string, place: number, { row, column }: Spot): TemplateResult {
		const outcome = outcomeAt(this.matrix, arm, place);
		const kind = this.duel?.ours === arm ? kindOf(this.matrix, this.duel, place) : undefined;
		const mark = kind === 'gained' || kind === 'lost' ? kind : '';
		const focusable = this.tabStop.row === row && this.tabStop.column === column;
		const label = t('Problem {0}, {1}: {2}', visible(this.matrix.problems[place] ?? ''), name, outcomeWord(outcome));
		return html`<span
			class="cell ${shapes[outcome]} ${mark}"
			role="gridcell"
			aria-colindex=${column + 1}
			aria-label=${mark === '' ? label : `${label}, ${mark === 'gained' ? t('gained') : t('lost')}`}
			tabindex=${focusable ? 0 : -1}
			data-row=${row}
			data-column=${column}
		></span>`;
	}

	/** The one cell that Tab reaches; where the last one is out of sight, the first that is not. */
	private get tabStop(): Spot {
		const { columns } = this.lines;
		const line = Math.floor(this.spot.column / columns);
		const seen = line >= this.sight.from && line < this.sight.to;
		return seen ? this.spot : { row: 0, column: this.sight.from * columns };
	}

	private reading(): TemplateResult | typeof nothing {
		if (!this.read) {
			return html`<span class="quiet">${this.columns.length > 0 ? t('Choose a problem to read the answers side by side.') : nothing}</span>`;
		}
		const place = this.columns[this.read.column];
		if (place === undefined) return nothing;
		const problem = this.matrix.problems[place] ?? '';
		const arm = this.arms[this.read.row] ?? '';
		const shown = new Set([arm, this.duel?.against ?? arm, this.duel?.ours ?? arm]);
		const words = [...shown].map(
			(one) => `${nameOf(this.names, one)}: ${outcomeWord(outcomeAt(this.matrix, one, place))}`,
		);
		return html`<span><strong>${visible(problem)}</strong> <span class="quiet">${words.join(' · ')}</span></span>
			<span class="question">${visible(this.questions[problem] ?? '')}</span>`;
	}

	private legend(): TemplateResult {
		const all = Object.values(this.matrix.cells).join('');
		const sample = (kind: string, word: string): TemplateResult =>
			html`<li><span class="sample ${kind}"></span>${word}</li>`;
		const outcomes = (['+', '-', '!', '.'] as const).filter((sign) => all.includes(sign));
		const against = nameOf(this.names, this.duel?.against ?? '');
		return html`<ul class="legend quiet" aria-label=${t('Legend')}>
			${outcomes.map((sign) => sample(shapes[sign], outcomeWord(sign)))}
			${
				this.duel
					? html`${sample('right gained', t('gained over “{0}”', against))} ${sample('wrong lost', t('lost to it'))}`
					: nothing
			}
		</ul>`;
	}

	private fit(width: number): void {
		this.width = width;
	}

	private begin(): void {
		const at = this.open === '' ? -1 : this.columns.indexOf(this.matrix.problems.indexOf(this.open));
		const row = this.duel ? this.arms.indexOf(this.duel.ours) : 0;
		this.spot = { row: Math.max(0, row), column: Math.max(0, at) };
		this.read = undefined;
	}

	/** An arrow function, for it listens, too. */
	private readonly look = (): void => {
		const sight = linesInSight(this.lines, this.area?.scrollTop ?? 0);
		if (sight.from !== this.sight.from || sight.to !== this.sight.to) this.sight = sight;
	};

	private onClick(event: Event): void {
		const spot = spotOf(event);
		if (spot) this.choose(spot);
	}

	private onPoint(event: Event): void {
		const spot = spotOf(event);
		if (!spot) return;
		this.read = spot;
		if (event.type === 'focusin') this.spot = spot;
	}

	private onLeave(): void {
		this.read = undefined;
	}

	private onAgainst(event: Event): void {
		if (event.target instanceof HTMLSelectElement) this.say('flex-against', event.target.value);
	}

	private onKey(event: KeyboardEvent): void {
		const spot = spotOf(event);
		if (!spot) return;
		const chosen = event.key === 'Enter' || event.key === ' ';
		const next = stepped(spot, event.key, { ...this.lines, rows: this.arms.length, last: this.columns.length - 1 });
		if (!chosen && !next) return;
		event.preventDefault();
		if (chosen) this.choose(spot);
		else if (next) void this.moveTo(next);
	}

	private async moveTo(spot: Spot): Promise<void> {
		this.spot = spot;
		const { area, lines } = this;
		if (area) {
			const top = Math.floor(spot.column / lines.columns) * lines.lineHeight;
			if (top < area.scrollTop) area.scrollTop = top;
			const bottom = top + lines.lineHeight - area.clientHeight;
			if (bottom > area.scrollTop) area.scrollTop = bottom;
		}
		this.look();
		await this.updateComplete;
		this.renderRoot
			.querySelector<HTMLElement>(`[data-row='${spot.row}'][data-column='${spot.column}']`)
			?.focus({ preventScroll: false });
	}

	private choose({ row, column }: Spot): void {
		const problem = this.matrix.problems[this.columns[column] ?? -1];
		if (problem === undefined) return;
		this.spot = { row, column };
		this.say('flex-problem', { problem, arm: this.arms[row] ?? '' });
	}

	private say(name: string, detail: unknown): void {
		this.dispatchEvent(new CustomEvent(name, { detail }));
	}
}

function isOtherDuel(now: Duel | undefined, before: Duel | undefined): boolean {
	return now?.ours !== before?.ours || now?.against !== before?.against;
}

/** The two that are held against each other on top, the others beneath. */
function armsInRows({ arms }: OutcomeMatrix, duel: Duel | undefined): readonly string[] {
	const sorted = inOrder(arms, (arm) => arm);
	if (!duel) return sorted;
	return [duel.against, duel.ours, ...sorted.filter((arm) => arm !== duel.ours && arm !== duel.against)];
}

function spotOf(event: Event): Spot | undefined {
	const { target } = event;
	if (!(target instanceof HTMLElement) || target.dataset.column === undefined) return undefined;
	return { row: Number(target.dataset.row), column: Number(target.dataset.column) };
}
