/** A value and its interval on a track: how sure a number is, seen at a glance. */
import { css, html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../styles.js';
import { t } from '../words.js';

/** Drawn in the `color` that is set on the element; blue where none is. */
@customElement('flex-interval')
export class IntervalBar extends LitElement {
	static override styles = [
		base,
		css`
			:host {
				display: block;
				min-width: 80px;
				color: var(--first);
			}
			svg {
				display: block;
				width: 100%;
				height: 16px;
				overflow: visible;
				forced-color-adjust: none;
			}
			.track {
				fill: var(--soft);
				stroke: var(--line);
				stroke-opacity: 0.6;
			}
			.range {
				fill: currentColor;
				fill-opacity: 0.5;
			}
			.mark {
				fill: currentColor;
			}
			.zero {
				fill: var(--quiet);
			}
		`,
	];

	@property({ attribute: false }) accessor low = 0;
	@property({ attribute: false }) accessor value = 0;
	@property({ attribute: false }) accessor high = 0;
	/** Where the track begins and ends. */
	@property({ attribute: false }) accessor min = 0;
	@property({ attribute: false }) accessor max = 1;
	/** Where nothing is gained or lost: a tick stands there. Undefined: it has no meaning here. */
	@property({ attribute: false }) accessor zero: number | undefined;
	/** The bar in words, numbers included, for who doesn't see it; empty: the numbers alone. */
	@property({ attribute: false }) accessor label = '';
	/** The one bar among others that the page speaks of. */
	@property({ attribute: false }) accessor strong = false;

	// Percents as attributes of SVG: they follow the width, and the page's policy allows no style in the markup.
	override render(): TemplateResult {
		const [from, at, to] = [this.place(this.low), this.place(this.value), this.place(this.high)];
		const thick = this.strong ? 8 : 6;
		return html`<svg role="img" aria-label=${this.label === '' ? this.words() : this.label}>
			<rect class="track" x="0" y="2.5" width="100%" height="11" rx="5.5"></rect>
			${this.zero === undefined ? nothing : svg`<rect class="zero" x=${percentOf(this.place(this.zero))} y="-1" width="1" height="18"></rect>`}
			<rect
				class="range"
				x=${percentOf(from)}
				y=${8 - thick / 2}
				width=${percentOf(Math.max(0, to - from))}
				height=${thick}
				rx=${thick / 2}
			></rect>
			<svg x=${percentOf(at)} overflow="visible">
				<rect class="mark" x="-2" y=${this.strong ? 1 : 2} width="4" height=${this.strong ? 14 : 12} rx="1"></rect>
			</svg>
		</svg>`;
	}

	/** 0–1 along the track; what lies outside stands at its end. */
	private place(value: number): number {
		const place = (value - this.min) / (this.max - this.min || 1);
		return Number.isFinite(place) ? Math.min(1, Math.max(0, place)) : 0;
	}

	private words(): string {
		const say = (value: number): number => Math.round(value * 100) / 100;
		return t('{0}, interval from {1} to {2}', say(this.value), say(this.low), say(this.high));
	}
}

function percentOf(place: number): string {
	return `${Math.round(place * 10_000) / 100}%`;
}
