/** Experience against each other arm on the same problems: what differs, how sure that is, and what can be claimed. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { PairResult } from '../../../src/core/evaluation/report.js';
import '../../components/intervalBar.js';
import { base } from '../../styles.js';
import { count, t } from '../../words.js';
import { chance, claimSign, claimWord, exactP, points } from './figures.js';
import { inOrder, nameOf, type OutcomeFilter } from './outcomes.js';
import { stackedRows } from './stackedRows.js';

/** The problems that stand behind a number of the table. */
export interface PairFollow {
	readonly pair: PairResult;
	readonly filter: OutcomeFilter;
}

@customElement('flex-pair-table')
export class PairTable extends LitElement {
	static override styles = [
		base,
		stackedRows,
		css`
			tbody th {
				color: var(--ink);
			}
			.difference {
				display: grid;
				grid-template-columns: minmax(60px, 1fr) 10em;
				gap: 14px;
				align-items: center;
			}
			.first {
				min-width: 10.5em;
			}
			td.wide {
				width: 40%;
			}
			th.number,
			.difference > .number,
			.chance {
				white-space: nowrap;
			}
			.claim {
				white-space: nowrap;
			}
			.improved .sign {
				color: var(--good);
			}
			.worse .sign {
				color: var(--bad);
			}
			small {
				display: block;
				font-size: 0.88em;
			}
			@container (max-width: 620px) {
				small {
					display: inline;
				}
			}
		`,
	];

	@property({ attribute: false }) accessor pairs: readonly PairResult[] = [];
	@property({ attribute: false }) accessor names: Readonly<Record<string, string>> = {};

	override render(): TemplateResult | typeof nothing {
		if (this.pairs.length === 0) return nothing;
		return html`<table role="table" aria-label=${t('Experience against each other arm')}>
			<thead role="rowgroup">
				<tr role="row">
					<th role="columnheader" scope="col">${t('Against')}</th>
					<th role="columnheader" scope="col">${t('Difference in points, with 95 % interval')}</th>
					<th role="columnheader" scope="col" class="number">${t('Only with')}</th>
					<th role="columnheader" scope="col" class="number">${t('Only without')}</th>
					<th role="columnheader" scope="col" class="number">${t('By chance')}</th>
					<th role="columnheader" scope="col" class="number">${t('Claim')}</th>
				</tr>
			</thead>
			<tbody role="rowgroup">
				${inOrder(this.pairs, ({ b }) => b).map((pair) => this.row(pair))}
			</tbody>
		</table>`;
	}

	private row(pair: PairResult): TemplateResult {
		const { a, b, diff, ci95, onlyA, onlyB, pHolm, claim } = pair;
		const name = a === 'flex' ? nameOf(this.names, b) : `${nameOf(this.names, b)} (${nameOf(this.names, a)})`;
		const [low, high] = ci95;
		const range = t('{0} to {1}', points(low), points(high));
		return html`<tr role="row">
			<th role="rowheader" scope="row" class="first">${name}</th>
			<td role="cell" class="wide">
				<div class="difference">
					<flex-interval
						.low=${low}
						.value=${diff}
						.high=${high}
						.min=${-1}
						.max=${1}
						.zero=${0}
						.label=${t('Against {0}: {1} points, 95 % interval {2}', name, points(diff), range)}
					></flex-interval>
					<span class="number">${points(diff)} <span class="quiet">(${range})</span></span>
				</div>
			</td>
			<td role="cell" class="number" data-label=${t('Only with')}>${this.followed(onlyA, { pair, filter: 'gained' }, t('Show what only experience solved, against {0}', name))}</td>
			<td role="cell" class="number" data-label=${t('Only without')}>${this.followed(onlyB, { pair, filter: 'lost' }, t('Show what experience lost, against {0}', name))}</td>
			<td role="cell" class="number chance" data-label=${t('By chance')}>${chance(pHolm)} <small class="quiet">${exactP(pHolm)}</small></td>
			<td role="cell" class="number claim end ${claim.replace(' ', '-')}"><span class="sign" aria-hidden="true">${claimSign(claim)}</span> ${claimWord(claim)}</td>
		</tr>`;
	}

	private followed(value: number, follow: PairFollow, label: string): TemplateResult {
		if (value === 0) return html`0`;
		return html`<button class="link number" aria-label="${count(value)}. ${label}" @click=${() => this.follow(follow)}>${count(value)}</button>`;
	}

	private follow(detail: PairFollow): void {
		this.dispatchEvent(new CustomEvent<PairFollow>('flex-follow', { detail }));
	}
}
