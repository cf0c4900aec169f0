/** How the library grew: by zone over time, and what each run added. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { GrowthInfo } from '../../../src/protocol/library.js';
import '../../components/lineChart.js';
import { connection } from '../../connection.js';
import { go } from '../../go.js';
import { attempt } from '../../news.js';
import { base } from '../../styles.js';
import { count, moment, t } from '../../words.js';
import { zoneWords } from './facetWords.js';

@customElement('flex-growth')
export class GrowthView extends LitElement {
	static override styles = [
		base,
		css`
			:host {
				display: block;
				overflow-y: auto;
				padding: 24px 36px 48px;
			}
			.inner {
				max-width: 900px;
			}
			h2 {
				margin: 26px 0 6px;
			}
			p {
				margin-top: 6px;
			}
		`,
	];

	@property({ attribute: false }) accessor shelf = '';
	@property({ attribute: false }) accessor version = 0;
	@state() private accessor growth: GrowthInfo | undefined;

	override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has('shelf') || changed.has('version')) void this.load();
	}

	override render(): TemplateResult | typeof nothing {
		const { growth } = this;
		if (!growth) return nothing;
		const last = growth.points.at(-1);
		if (!last) return html`<p>${t('Nothing was learned yet; train on a problem set to begin.')}</p>`;
		const series = (['golden', 'warning', 'mixed'] as const).map((zone) => ({
			name: zoneWords()[zone],
			colour: ({ golden: 'gold', warning: 'warn', mixed: 'mixed' } as const)[zone],
			points: growth.points.map((point, x) => ({ x, y: point[zone], note: moment(point.at) })),
		}));
		const { length } = growth.points;
		const ticks = [0, Math.floor((length - 1) / 2), length - 1].map((x) => ({
			x,
			label: moment(growth.points[x]?.at ?? ''),
		}));
		return html`<div class="inner">
			<h1>${t('{0} experiences so far', count(last.golden + last.warning + last.mixed))}</h1>
			<p class="quiet">${t('In the order in which they were written; retired ones are not counted.')}</p>
			<flex-line-chart .series=${series} .label=${t('Growth of the library')} .xLabel=${t('time')} .xTicks=${ticks}></flex-line-chart>
			<h2>${t('What each run added')}</h2>
			<table>
				<thead>
					<tr>
						<th>${t('Run')}</th>
						<th>${t('When')}</th>
						<th class="number">${t('Experiences')}</th>
					</tr>
				</thead>
				<tbody>
					${growth.runs.map(
						({ run, name, at, count: n }) => html`<tr>
							<td>
								${run === '' ? name : html`<button class="link" @click=${() => go(this, { page: 'training', run: { folder: this.shelf, run } })}>${name}</button>`}
							</td>
							<td class="quiet">${moment(at)}</td>
							<td class="number">${count(n)}</td>
						</tr>`,
					)}
				</tbody>
			</table>
		</div>`;
	}

	private async load(): Promise<void> {
		const { shelf } = this;
		if (shelf !== '') this.growth = await attempt(() => connection.ask('growth', { shelf }));
	}
}
