/** Every arm with what it solved, how sure that is, and what an answer took. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ArmResult } from '../../../src/core/evaluation/report.js';
import '../../components/intervalBar.js';
import { base } from '../../styles.js';
import { count, percent, t } from '../../words.js';
import { answersOf, money, secondsPerAnswer, solvedOf, tokens, tokensPerAnswer } from './figures.js';
import { inOrder, nameOf } from './outcomes.js';
import { armRows, stackedRows } from './stackedRows.js';

@customElement('flex-arm-table')
export class ArmTable extends LitElement {
	static override styles = [
		base,
		stackedRows,
		armRows,
		css`
			td.wide {
				width: 52%;
				--figure: 3.2em;
			}
			.share {
				white-space: nowrap;
			}
		`,
	];

	@property({ attribute: false }) accessor arms: readonly ArmResult[] = [];
	@property({ attribute: false }) accessor names: Readonly<Record<string, string>> = {};
	/** ISO 4217; empty where it is not known. */
	@property({ attribute: false }) accessor currency = '';
	/** The models run on this machine: what has no price was not billed. */
	@property({ attribute: false }) accessor local = false;

	override render(): TemplateResult {
		const priced = this.arms.some(({ cost }) => cost !== null && cost > 0);
		const samples = Math.max(1, ...this.arms.map((arm) => arm.samples ?? 1));
		return html`<table role="table" aria-label=${t('What each arm solved')}>
				<thead role="rowgroup">
					<tr role="row">
						<th role="columnheader" scope="col">${t('Arm')}</th>
						<th role="columnheader" scope="col">${t('Solved, with 95 % interval')}</th>
						<th role="columnheader" scope="col" class="number">${t('Right')}</th>
						${samples > 1 ? html`<th role="columnheader" scope="col" class="number">maj@${samples}</th>` : nothing}
						<th role="columnheader" scope="col" class="number">${t('Tokens')}</th>
						<th role="columnheader" scope="col" class="number">${t('Seconds')}</th>
						${priced ? html`<th role="columnheader" scope="col" class="number">${t('Cost')}</th>` : nothing}
					</tr>
				</thead>
				<tbody role="rowgroup">
					${inOrder(this.arms, ({ arm }) => arm).map((arm) => this.row(arm, priced, samples))}
				</tbody>
			</table>
			<p class="quiet">${this.note(priced)} ${samples > 1 ? t('Solved is the mean of {0} answers to each problem (pass@1); maj@{0} is the vote of their majority.', samples) : nothing}</p>`;
	}

	private row(arm: ArmResult, priced: boolean, samples: number): TemplateResult {
		const { accuracy, n } = arm;
		const [low, high] = arm.ci95;
		const name = nameOf(this.names, arm.arm);
		const label = t('{0}: {1} solved, 95 % interval {2} to {3}', name, percent(accuracy), percent(low), percent(high));
		const ours = arm.arm === 'flex';
		return html`<tr role="row" class=${ours ? 'ours' : ''}>
			<th role="rowheader" scope="row" class="first">${name}</th>
			<td role="cell" class="wide">
				<div class="measured">
					<flex-interval .low=${low} .value=${accuracy} .high=${high} .min=${0} .max=${1} .label=${label} .strong=${ours}></flex-interval>
					<span class="number">${percent(accuracy)}</span>
				</div>
			</td>
			<td role="cell" class="number share end">${solvedOf(arm)} <span class="quiet">/ ${count(n)}</span></td>
			${samples > 1 ? html`<td role="cell" class="number" data-label="maj@${samples}">${arm.majority ? percent(arm.majority.accuracy) : '–'}</td>` : nothing}
			<td role="cell" class="number" data-label=${t('Tokens')}>${tokens(tokensPerAnswer(arm))}</td>
			<td role="cell" class="number" data-label=${t('Seconds')}>${secondsPerAnswer(arm)}</td>
			${priced ? html`<td role="cell" class="number" data-label=${t('Cost')}>${arm.cost === null ? '–' : money(arm.cost / answersOf(arm), this.currency)}</td>` : nothing}
		</tr>`;
	}

	private note(priced: boolean): string {
		if (priced) return t('Tokens, seconds and cost are of one answer.');
		return this.local || this.arms.every(({ cost }) => cost === 0)
			? t('Tokens and seconds are of one answer. It cost nothing.')
			: t('Tokens and seconds are of one answer. What it cost is not known.');
	}
}
