/** What an answer takes against how often it is right, a point for each arm, with the figures as a table behind it. */
import { css, html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ArmResult } from '../../../src/core/evaluation/report.js';
import { base } from '../../styles.js';
import { brief, percent, t } from '../../words.js';
import { answersOf, money, tokens, tokensPerAnswer } from './figures.js';
import { inOrder, nameOf } from './outcomes.js';

type Unit = 'tokens' | 'money';

interface Point {
	readonly arm: string;
	readonly name: string;
	readonly x: number;
	readonly accuracy: number;
}

interface Placed extends Point {
	readonly left: number;
	readonly top: number;
	readonly textLeft: number;
	readonly textTop: number;
	readonly anchor: 'start' | 'end';
}

/** Of the drawing, in its own units. */
const size = { width: 380, height: 230, left: 46, right: 16, top: 12, bottom: 40 };
const lineHeight = 15;

@customElement('flex-cost-chart')
export class CostChart extends LitElement {
	static override styles = [
		base,
		css`
			:host {
				display: block;
			}
			svg {
				display: block;
				width: 100%;
				max-width: 560px;
				height: auto;
			}
			text {
				font-size: 11px;
				fill: var(--quiet);
			}
			.name {
				fill: var(--ink);
			}
			.ours .name {
				font-weight: 600;
			}
			line {
				stroke: var(--line);
			}
			circle {
				fill: var(--paper);
				stroke: var(--quiet);
				stroke-width: 1.5;
			}
			.ours circle {
				fill: var(--first);
				stroke: var(--first);
			}
			.units {
				display: flex;
				gap: 16px;
				margin-bottom: 4px;
			}
			.units button {
				padding: 2px 0 4px;
				color: var(--quiet);
			}
			.units [aria-pressed='true'] {
				padding-bottom: 2px;
				border-bottom: 2px solid var(--accent);
				color: var(--ink);
			}
			summary {
				cursor: pointer;
				color: var(--quiet);
			}
		`,
	];

	@property({ attribute: false }) accessor arms: readonly ArmResult[] = [];
	@property({ attribute: false }) accessor names: Readonly<Record<string, string>> = {};
	/** ISO 4217; empty where it is not known. */
	@property({ attribute: false }) accessor currency = '';
	@state() private accessor chosen: Unit = 'tokens';

	override render(): TemplateResult {
		const priced = this.arms.some(({ cost }) => cost !== null && cost > 0);
		const unit = priced ? this.chosen : 'tokens';
		const points = this.points(unit);
		return html`${priced ? this.units() : nothing} ${this.drawing(points, unit)} ${this.behind(points, unit)}`;
	}

	private units(): TemplateResult {
		const button = (unit: Unit, word: string): TemplateResult =>
			html`<button
				class="plain"
				aria-pressed=${this.chosen === unit}
				@click=${() => {
					this.chosen = unit;
				}}
			>
				${word}
			</button>`;
		return html`<div class="units" role="group" aria-label=${t('What an answer takes, in')}>
			${button('tokens', t('Tokens'))} ${button('money', t('Money'))}
		</div>`;
	}

	private points(unit: Unit): readonly Point[] {
		return inOrder(this.arms, ({ arm }) => arm).flatMap((arm) => {
			const x = unit === 'tokens' ? tokensPerAnswer(arm) : arm.cost === null ? undefined : arm.cost / answersOf(arm);
			if (x === undefined) return [];
			return [{ arm: arm.arm, name: nameOf(this.names, arm.arm), x, accuracy: arm.accuracy }];
		});
	}

	private drawing(points: readonly Point[], unit: Unit): TemplateResult {
		const ticks = ticksUpTo(Math.max(...points.map(({ x }) => x), 0));
		const top = ticks.at(-1) ?? 1;
		const left = (x: number): number => size.left + ((size.width - size.left - size.right) * x) / top;
		const down = (y: number): number => size.top + (size.height - size.top - size.bottom) * (1 - y);
		const write = (x: number): string => (unit === 'tokens' ? brief(x) : money(x, this.currency));
		const placed = placeLabels(points.map((point) => ({ ...point, left: left(point.x), top: down(point.accuracy) })));
		const label = t('Accuracy against what an answer takes. The table below has the same figures.');
		return html`<svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label=${label}>
			${[0, 0.5, 1].map(
				(y) => svg`<line x1=${size.left} x2=${size.width - size.right} y1=${down(y)} y2=${down(y)}></line>
				<text x=${size.left - 8} y=${down(y) + 4} text-anchor="end">${percent(y)}</text>`,
			)}
			${ticks.map((x) => svg`<text x=${left(x)} y=${size.height - size.bottom + 17} text-anchor="middle">${write(x)}</text>`)}
			<text x=${(size.left + size.width - size.right) / 2} y=${size.height - 5} text-anchor="middle">${axisWord(unit)}</text>
			${placed.map(
				(point) => svg`<g class=${point.arm === 'flex' ? 'ours' : ''}>
				<circle cx=${point.left} cy=${point.top} r=${point.arm === 'flex' ? 5 : 4}></circle>
				<text class="name" x=${point.textLeft} y=${point.textTop + 4} text-anchor=${point.anchor}>${point.name}</text>
			</g>`,
			)}
		</svg>`;
	}

	private behind(points: readonly Point[], unit: Unit): TemplateResult {
		return html`<details>
			<summary>${t('Show as table')}</summary>
			<table>
				<thead>
					<tr>
						<th scope="col">${t('Arm')}</th>
						<th scope="col" class="number">${axisWord(unit)}</th>
						<th scope="col" class="number">${t('Accuracy')}</th>
					</tr>
				</thead>
				<tbody>
					${points.map(
						({ name, x, accuracy }) => html`<tr>
							<td>${name}</td>
							<td class="number">${unit === 'tokens' ? tokens(x) : money(x, this.currency)}</td>
							<td class="number">${percent(accuracy)}</td>
						</tr>`,
					)}
				</tbody>
			</table>
		</details>`;
	}
}

function axisWord(unit: Unit): string {
	return unit === 'tokens' ? t('tokens per answer') : t('cost per answer');
}

/** Three to six round numbers from 0 on, the last not under `most`. */
export function ticksUpTo(most: number): readonly number[] {
	if (most <= 0) return [0, 1];
	const rough = most / 4;
	const power = 10 ** Math.floor(Math.log10(rough));
	const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((one) => one >= rough) ?? rough;
	return Array.from({ length: Math.ceil(most / step) + 1 }, (_, at) => at * step);
}

/** Names stand beside their points, moved up or down where they would lie on each other. */
function placeLabels(points: readonly (Point & { readonly left: number; readonly top: number })[]): readonly Placed[] {
	const taken: { readonly from: number; readonly to: number; readonly top: number }[] = [];
	return points.map((point) => {
		const width = point.name.length * 6.4;
		const anchor = point.left + width + 10 > size.width ? ('end' as const) : ('start' as const);
		const textLeft = anchor === 'start' ? point.left + 9 : point.left - 9;
		const [from, to] = anchor === 'start' ? [textLeft, textLeft + width] : [textLeft - width, textLeft];
		const free = (top: number): boolean =>
			top > 8 &&
			taken.every((other) => Math.abs(other.top - top) >= lineHeight || other.to < from || other.from > to) &&
			points.every((other) => other === point || !covers({ from, to, top }, other));
		const steps = [0, -1, 1, -2, 2, -3, 3].map((step) => point.top + step * (lineHeight / 1.4));
		const top = steps.find(free) ?? point.top;
		taken.push({ from, to, top });
		return { ...point, textLeft, textTop: top, anchor };
	});
}

function covers(
	text: { readonly from: number; readonly to: number; readonly top: number },
	point: { readonly left: number; readonly top: number },
): boolean {
	return point.left > text.from - 5 && point.left < text.to + 5 && Math.abs(point.top - text.top) < 10;
}
