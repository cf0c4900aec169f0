/** Scores of a kind that grades by degree: each arm's mean with its interval, experience against it, and what is published. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ArmScore, PublishedScores, ReportScores } from '../../../src/core/evaluation/reportScores.js';
import '../../components/intervalBar.js';
import { base } from '../../styles.js';
import { count, signed, t } from '../../words.js';
import { exactP } from './figures.js';
import { inOrder, nameOf } from './outcomes.js';
import { armRows, stackedRows } from './stackedRows.js';

@customElement('flex-score-table')
export class ScoreTable extends LitElement {
	static override styles = [
		base,
		stackedRows,
		armRows,
		css`
			td.wide {
				width: 44%;
				--figure: 3.6em;
			}
			.against {
				white-space: nowrap;
			}
		`,
	];

	@property({ attribute: false }) accessor scores: ReportScores | undefined;
	@property({ attribute: false }) accessor names: Readonly<Record<string, string>> = {};

	override render(): TemplateResult | typeof nothing {
		const { scores } = this;
		if (!scores) return nothing;
		const { name, arms, published } = scores;
		// Correlations may be negative; a track from 0 on shows the usual ones better.
		const least = Math.min(0, ...arms.map(({ ci95 }) => Math.floor(10 * ci95[0]) / 10));
		return html`<table role="table" aria-label=${t('Mean {0} of each arm', name)}>
				<thead role="rowgroup">
					<tr role="row">
						<th role="columnheader" scope="col">${t('Arm')}</th>
						<th role="columnheader" scope="col">${t('Mean {0}, with 95 % interval', name)}</th>
						<th role="columnheader" scope="col" class="number">${t('Experience against it')}</th>
						<th role="columnheader" scope="col" class="number">${t('Unusable')}</th>
					</tr>
				</thead>
				<tbody role="rowgroup">
					${inOrder(arms, ({ arm }) => arm).map((arm) => this.row(arm, scores, least))}
				</tbody>
			</table>
			<p class="quiet">
				${t('Means over problems, with a bootstrap over problems; an answer that can’t be used counts as 0. Differences are tested by permutation; claims are about problems solved.')}
			</p>
			${published.map((one) => html`<p class="quiet">${publishedWords(name, one)}</p>`)}`;
	}

	private row({ arm, mean, ci95, invalid }: ArmScore, { name, pairs }: ReportScores, least: number): TemplateResult {
		const ours = arm === 'flex';
		const title = nameOf(this.names, arm);
		const [low, high] = ci95;
		const label = t('{0}: mean {1} {2}, 95 % interval {3} to {4}', title, name, ...[mean, low, high].map(figure));
		const pair = pairs.find(({ b }) => b === arm);
		return html`<tr role="row" class=${ours ? 'ours' : ''}>
			<th role="rowheader" scope="row" class="first">${title}</th>
			<td role="cell" class="wide">
				<div class="measured">
					<flex-interval
						.low=${low}
						.value=${mean}
						.high=${high}
						.min=${least}
						.max=${1}
						.zero=${least < 0 ? 0 : undefined}
						.label=${label}
						.strong=${ours}
					></flex-interval>
					<span class="number">${figure(mean)}</span>
				</div>
			</td>
			<td role="cell" class="number against" data-label=${t('Experience against it')}>
				${pair ? html`${signed(pair.diff, 3)} <span class="quiet">(${t('{0} to {1}', ...pair.ci95.map((end) => signed(end, 3)))}; ${exactP(pair.pHolm)})</span>` : '–'}
			</td>
			<td role="cell" class="number" data-label=${t('Unusable')}>${count(invalid)}</td>
		</tr>`;
	}
}

function publishedWords(score: string, { name, over, models, best, median }: PublishedScores): string {
	const said = t(
		'Published for {0}: {1} reaches {2} {3}; the median of {4} models is {5}.',
		name,
		best.model,
		score,
		figure(best.score),
		count(models),
		figure(median),
	);
	return `${said} ${t('Those are zero-shot figures over {0}; the ones above are over unseen variants only.', over)}`;
}

/** 0.7254 → 0.725, with a true minus sign. */
function figure(value: number): string {
	return value.toFixed(3).replace('-', '−');
}
