/** Who spends: calls, tokens, time and money by role, and how much of each cap is used. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { BoardSpending } from '../../../src/core/learning/runBoardView.js';
import type { BoardPage, BudgetInfo } from '../../../src/protocol/runs.js';
import { base } from '../../styles.js';
import { brief, count, t } from '../../words.js';

@customElement('flex-spending')
export class SpendingTable extends LitElement {
	static override styles = [
		base,
		css`
			:host {
				display: block;
				overflow-x: auto;
			}
			.cap {
				display: grid;
				grid-template-columns: auto 1fr auto;
				gap: 10px;
				align-items: center;
				margin-top: 10px;
			}
			progress {
				width: 100%;
				height: 6px;
				appearance: none;
				border: 1px solid var(--edge);
				border-radius: 3px;
				background: var(--soft);
				overflow: hidden;
			}
			progress::-webkit-progress-bar {
				background: var(--soft);
			}
			progress::-webkit-progress-value {
				background: var(--quiet);
			}
			progress.near::-webkit-progress-value {
				background: var(--bad);
			}
			@media (forced-colors: active) {
				progress::-webkit-progress-value {
					forced-color-adjust: none;
					background: Highlight;
				}
			}
		`,
	];

	@property({ attribute: false }) accessor page: BoardPage | undefined;

	override render(): TemplateResult | typeof nothing {
		if (!this.page) return nothing;
		const { spending } = this.page.board;
		if (spending.length === 0) return html`<p class="quiet">${t('No model was asked yet.')}</p>`;
		const cached = spending.reduce((sum, { cachedCalls }) => sum + cachedCalls, 0);
		const priced = spending.some(({ cost }) => cost !== undefined && cost > 0);
		return html`<table>
				<thead>
					<tr>
						<th>${t('Role')}</th>
						<th class="number">${t('Calls')}</th>
						<th class="number">${t('Tokens')}</th>
						<th class="number">${t('Median')}</th>
						${priced ? html`<th class="number">${t('Cost')}</th>` : nothing}
					</tr>
				</thead>
				<tbody>
					${spending.map((one) => this.row(one, priced))}
					${
						cached > 0
							? html`<tr class="quiet">
									<td>${t('Answered from cache')}</td>
									<td class="number">${count(cached)}</td>
									<td class="number">0</td>
									<td class="number">–</td>
									${priced ? html`<td class="number">0</td>` : nothing}
								</tr>`
							: nothing
					}
				</tbody>
			</table>
			${this.page.budgets.map((budget) => this.cap(budget))}`;
	}

	private row(
		{ role, model, calls, cachedCalls, tokensIn, tokensOut, medianMs, cost }: BoardSpending,
		priced: boolean,
	): TemplateResult {
		return html`<tr title=${model}>
			<td>${roleWord(role)}</td>
			<td class="number">${count(calls - cachedCalls)}</td>
			<td class="number">${brief(tokensIn + tokensOut)}</td>
			<td class="number">${medianMs === undefined ? '–' : t('{0} s', (medianMs / 1000).toFixed(1))}</td>
			${priced ? html`<td class="number">${cost === undefined ? t('unknown') : cost.toFixed(4)}</td>` : nothing}
		</tr>`;
	}

	private cap({ unit, used, limit }: BudgetInfo): TemplateResult {
		const label = unitWord(unit);
		const text = `${brief(Math.round(used * 100) / 100)} / ${brief(limit)}`;
		return html`<div class="cap">
			<span class="quiet">${label}</span>
			<progress class=${used > 0.9 * limit ? 'near' : ''} max=${limit} value=${Math.min(used, limit)} aria-label=${t('{0}: {1} of the cap', label, text)}></progress>
			<span class="number quiet">${text}</span>
		</div>`;
	}
}

function roleWord(role: BoardSpending['role']): string {
	const words = { actor: t('Actor'), critic: t('Critic'), updater: t('Updater'), judge: t('Judge') };
	return words[role];
}

function unitWord(unit: BudgetInfo['unit']): string {
	const words = { calls: t('Model calls'), tokens: t('Tokens'), cost: t('Cost'), minutes: t('Minutes') };
	return words[unit];
}
