/** A benchmark's result: in words, then the arms, the pairs, and every problem; beside them curves and cost. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Report } from '../../../src/core/evaluation/report.js';
import type { BenchArm, Comparisons, ReportPage } from '../../../src/protocol/benchmarks.js';
import { base } from '../../styles.js';
import { t } from '../../words.js';
import './armTable.js';
import './comparisonsView.js';
import './costChart.js';
import './measuredHow.js';
import './outcomeMatrix.js';
import './pairTable.js';
import './paperTable.js';
import './resultWords.js';
import './scoreTable.js';
import type { OutcomeMatrixView } from './outcomeMatrix.js';
import { type OutcomeFilter, tally, usualDuel } from './outcomes.js';
import type { PairFollow } from './pairTable.js';
import type { ResultWords } from './resultWords.js';

/** What the matrix is to show. */
export interface MatrixView {
	readonly filter: OutcomeFilter;
	/** Empty: the usual arm. */
	readonly against: string;
}

@customElement('flex-bench-result')
export class BenchResult extends LitElement {
	static override styles = [
		base,
		css`
			:host {
				display: block;
				container-type: inline-size;
			}
			.columns {
				display: grid;
				grid-template-columns: minmax(0, 1fr) minmax(340px, 400px);
			}
			.main {
				min-width: 0;
				padding-inline-end: 36px;
			}
			.side {
				min-width: 0;
				padding-inline-start: 36px;
				border-inline-start: 1px solid var(--line);
			}
			section {
				margin-top: 30px;
			}
			.side section:first-child {
				margin-top: 0;
			}
			h2 {
				margin-bottom: 6px;
			}
			flex-cost-chart,
			flex-comparisons + section {
				margin-top: 4px;
			}
			.side > section {
				margin-top: 28px;
			}
			@container (max-width: 1020px) {
				.columns {
					grid-template-columns: minmax(0, 1fr);
				}
				.main {
					padding-inline-end: 0;
				}
				.side {
					display: grid;
					grid-template-columns: repeat(auto-fit, minmax(300px, 1fr));
					gap: 0 40px;
					align-items: start;
					margin-top: 34px;
					padding: 26px 0 0;
					border-top: 1px solid var(--line);
					border-inline-start: 0;
				}
				.side > section {
					margin-top: 0;
				}
			}
			@container (max-width: 700px) {
				.side {
					grid-template-columns: minmax(0, 1fr);
					gap: 28px 0;
				}
			}
		`,
	];

	@property({ attribute: false }) accessor page: ReportPage | undefined;
	@property({ attribute: false }) accessor comparisons: Comparisons | undefined;
	@property({ attribute: false }) accessor arms: readonly BenchArm[] = [];
	@property({ attribute: false }) accessor currency = '';
	@property({ attribute: false }) accessor view: MatrixView = { filter: 'all', against: '' };
	/** The problem that was read last. */
	@property({ attribute: false }) accessor problem = '';
	@query('flex-result-words') private accessor words!: ResultWords | null;
	@query('flex-outcome-matrix') private accessor matrix!: OutcomeMatrixView | null;

	override render(): TemplateResult | typeof nothing {
		const { page } = this;
		if (!page?.report) return nothing;
		return html`<div class="columns">
			<div class="main">${this.main(page, page.report)}</div>
			<div class="side">
				<flex-comparisons .comparisons=${this.comparisons}></flex-comparisons>
				<section aria-label=${t('What does it cost?')}>
					<h2 class="label">${t('What does it cost?')}</h2>
					<flex-cost-chart .arms=${page.report.arms} .names=${page.armNames} .currency=${this.currency}></flex-cost-chart>
				</section>
			</div>
		</div>`;
	}

	override focus(): void {
		void this.updateComplete.then(() => this.words?.focus());
	}

	/** Puts the focus back to the problem that was read. */
	focusProblem(): void {
		void this.updateComplete.then(() => this.matrix?.focus());
	}

	private main(page: ReportPage, report: Report): TemplateResult {
		const { matrix, armNames: names } = page;
		const usual = usualDuel(matrix.arms);
		const lost = usual?.ours === 'flex' && usual.against === 'llm' ? tally(matrix, usual).lost : 0;
		return html`
			<flex-result-words
				.report=${report}
				.words=${page.words}
				.lost=${lost}
				@flex-show-lost=${() => this.show({ filter: 'lost', against: 'llm' })}
			></flex-result-words>
			<section aria-label=${t('The arms')}>
				<flex-arm-table .arms=${report.arms} .names=${names} .currency=${this.currency} .local=${page.local}></flex-arm-table>
			</section>
			${
				report.scores
					? html`<section aria-label=${t('How good the answers are')}>
							<h2 class="label">${t('How good the answers are')}</h2>
							<flex-score-table .scores=${report.scores} .names=${names}></flex-score-table>
						</section>`
					: nothing
			}
			${
				report.pairs.length > 0 && !report.partial
					? html`<section aria-label=${t('On the same problems')}>
							<h2 class="label">${t('On the same problems')}</h2>
							<flex-pair-table .pairs=${report.pairs} .names=${names} @flex-follow=${this.onFollow}></flex-pair-table>
						</section>`
					: nothing
			}
			${
				page.paper
					? html`<section aria-label=${t('Beside the paper')}>
							<h2 class="label">${t('Beside the paper')}</h2>
							<flex-paper-table .table=${page.paper}></flex-paper-table>
						</section>`
					: nothing
			}
			<section aria-label=${t('Problem by problem')}>
				<h2 class="label">${t('Problem by problem')}</h2>
				<flex-outcome-matrix
					.matrix=${matrix}
					.names=${names}
					.questions=${page.questions}
					.duel=${usualDuel(matrix.arms, this.view.against)}
					.filter=${this.view.filter}
					.open=${this.problem}
					@flex-filter=${(event: CustomEvent<OutcomeFilter>) => this.say({ ...this.view, filter: event.detail })}
					@flex-against=${(event: CustomEvent<string>) => this.say({ ...this.view, against: event.detail })}
					@flex-problem=${(event: CustomEvent<unknown>) => this.dispatchEvent(new CustomEvent('flex-problem', { detail: event.detail }))}
				></flex-outcome-matrix>
			</section>
			<section><flex-measured-how .report=${report} .names=${names} .arms=${this.arms}></flex-measured-how></section>
		`;
	}

	private onFollow({ detail: { pair, filter } }: CustomEvent<PairFollow>): void {
		this.show({ filter, against: pair.b });
	}

	/** Shows these problems, and goes there. */
	private show(view: MatrixView): void {
		this.say(view);
		void this.updateComplete.then(() => {
			this.matrix?.scrollIntoView({ block: 'center' });
			this.matrix?.focus();
		});
	}

	private say(detail: MatrixView): void {
		this.dispatchEvent(new CustomEvent<MatrixView>('flex-matrix-view', { detail }));
	}
}
