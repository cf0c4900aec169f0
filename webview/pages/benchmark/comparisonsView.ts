/** What other runs say of the same problem set: whether more experience helps, and which models gain from whose. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Comparisons, CurveInfo, InheritanceInfo } from '../../../src/protocol/benchmarks.js';
import '../../components/lineChart.js';
import { go } from '../../go.js';
import { base } from '../../styles.js';
import { count, percent, t } from '../../words.js';
import { signedPoints } from './figures.js';

const colours = ['first', 'good', 'mixed'] as const;

@customElement('flex-comparisons')
export class ComparisonsView extends LitElement {
	static override styles = [
		base,
		css`
			:host {
				display: block;
			}
			section + section {
				margin-top: 28px;
			}
			h2 {
				margin-bottom: 8px;
			}
			p {
				margin: 6px 0;
			}
			/* As high before it is drawn as after, so that what stands below keeps its place. */
			flex-line-chart {
				min-height: 222px;
			}
			.scroll {
				overflow-x: auto;
			}
			.matrix {
				width: 100%;
				border-collapse: separate;
				border-spacing: 3px;
			}
			.matrix th,
			.matrix td {
				padding: 5px 8px;
				border: 0;
			}
			.matrix thead th {
				max-width: 9em;
				overflow: hidden;
				font-size: 0.92em;
				text-align: center;
				text-overflow: ellipsis;
				vertical-align: bottom;
			}
			.matrix tbody th {
				max-width: 11em;
				padding-inline-start: 0;
				overflow-wrap: anywhere;
			}
			.matrix td {
				min-width: 62px;
				border-radius: 3px;
				text-align: center;
				font-variant-numeric: tabular-nums;
				line-height: 1.35;
			}
			.matrix small {
				display: block;
				font-size: 0.8em;
				white-space: nowrap;
			}
			.unclear {
				background: color-mix(in srgb, var(--quiet) 7%, transparent);
				color: var(--quiet);
			}
			.clear {
				font-weight: 600;
			}
			.clear small {
				font-weight: 400;
			}
			.matrix .up {
				border: 1px solid color-mix(in srgb, var(--good) 55%, transparent);
				background: color-mix(in srgb, var(--good) 16%, transparent);
			}
			.up.large {
				background: color-mix(in srgb, var(--good) 30%, transparent);
			}
			.matrix .down {
				border: 1px solid color-mix(in srgb, var(--bad) 55%, transparent);
				background: color-mix(in srgb, var(--bad) 16%, transparent);
			}
		`,
	];

	@property({ attribute: false }) accessor comparisons: Comparisons | undefined;

	override render(): TemplateResult | typeof nothing {
		const { comparisons } = this;
		if (!comparisons) return nothing;
		const { curves, matrices } = comparisons;
		return html`
			${curves.length > 0 ? this.scaling(newestByModel(curves)) : nothing} ${matrices.map((matrix) => this.inheritance(matrix))}
			${curves.length + matrices.length === 0 ? this.none() : nothing}
		`;
	}

	private scaling(curves: readonly CurveInfo[]): TemplateResult {
		const series = curves.slice(0, colours.length).map(({ model, points }, at) => ({
			name: curves.length > 1 ? model : '',
			colour: colours[at] ?? 'quiet',
			points: points.map(({ experiences, accuracy, ci95: [low, high], n }) => ({
				...{ x: experiences, y: accuracy, low, high },
				note: t('{0} experiences: {1} of {2} problems', count(experiences), percent(accuracy), count(n)),
			})),
		}));
		const ticks = (curves[0]?.points ?? []).map(({ experiences }) => ({ x: experiences, label: count(experiences) }));
		return html`<section aria-label=${t('Does more experience help?')}>
			<h2 class="label">${t('Does more experience help?')}</h2>
			${curves.map((curve) => html`<p class="number">${curveWords(curve)}</p>`)}
			<flex-line-chart
				.series=${series}
				.label=${t('Accuracy by the size of the library')}
				.xLabel=${t('experiences in the library')}
				.yPercent=${true}
				.xTicks=${ticks}
				.height=${190}
			></flex-line-chart>
			<p class="quiet">${t('The band is the 95 % interval.')} <button class="link" @click=${() => go(this, { page: 'training' })}>${t('How accuracy grew in training')}</button></p>
		</section>`;
	}

	private inheritance({ models, rows, name }: InheritanceInfo): TemplateResult {
		return html`<section aria-label=${t('Who can inherit it?')}>
			<h2 class="label">${t('Who can inherit it?')}</h2>
			<div class="scroll" tabindex="0" role="region" aria-label=${name}>
				<table class="matrix">
					<thead>
						<tr>
							<th scope="col"><span class="hidden-text">${t('Library')}</span></th>
							${models.map((model) => html`<th scope="col" title=${model}>${model}</th>`)}
						</tr>
					</thead>
					<tbody>
						${rows.map(
							({ library, cells }) => html`<tr>
								<th scope="row">${library}</th>
								${cells.map((cell) => gain(cell))}
							</tr>`,
						)}
					</tbody>
				</table>
			</div>
			<p class="quiet">${t('Points that a model (column) gains with a library (row) over itself alone, with the 95 % interval. Pale and with a ≈: the interval includes zero, so it could be chance.')}</p>
		</section>`;
	}

	private none(): TemplateResult {
		return html`<section aria-label=${t('Further comparisons')}>
			<h2 class="label">${t('Further comparisons')}</h2>
			<p class="quiet">
				${t('Whether more experience helps, and which models can inherit it, is measured on the command line: flex-learn curve and flex-learn matrix. Their results then stand here.')}
			</p>
			<p><button class="link" @click=${() => go(this, { page: 'training' })}>${t('How accuracy grew in training')}</button></p>
		</section>`;
	}
}

type Cell = InheritanceInfo['rows'][number]['cells'][number];

function gain({ diff, ci95: [low, high], clear }: Cell): TemplateResult {
	const range = t('{0} to {1}', signedPoints(low), signedPoints(high));
	if (!clear) return html`<td class="unclear">≈ ${signedPoints(diff)} <small>${range}</small></td>`;
	const kind = diff < 0 ? 'down' : diff >= 20 ? 'up large' : 'up';
	return html`<td class="clear ${kind}">${signedPoints(diff)} <small>${range}</small></td>`;
}

/** Runs come newest first; of each model the newest tells most. */
function newestByModel(curves: readonly CurveInfo[]): readonly CurveInfo[] {
	return curves.filter(
		({ model, points }, at) => points.length > 0 && curves.findIndex((one) => one.model === model) === at,
	);
}

/** The ends of the curve in a sentence; nothing more is claimed of it. */
function curveWords({ model, points }: CurveInfo): string {
	const [first, last] = [points[0], points.at(-1)];
	if (!first || !last || first === last) return '';
	return t(
		'{0}: {1} with {2} experiences, {3} with {4}.',
		...[model, percent(first.accuracy), count(first.experiences), percent(last.accuracy), count(last.experiences)],
	);
}
