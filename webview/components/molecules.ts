/** Molecules drawn side by side; nothing where they can't be drawn here, for their texts stand beside them. */
import { css, html, LitElement, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { MoleculeDrawing } from '../../src/core/tasks/moleculeDrawing.js';
import type { TranscriptPage } from '../../src/protocol/runs.js';
import { connection } from '../connection.js';
import { base } from '../styles.js';
import { t } from '../words.js';
import { visible } from './visibleText.js';

export interface ShownMolecules {
	/** SMILES. */
	readonly text: string;
	/** Empty where the place says what it is. */
	readonly caption: string;
}

@customElement('flex-molecules')
export class Molecules extends LitElement {
	static override styles = [
		base,
		css`
			:host {
				display: block;
			}
			div {
				display: flex;
				flex-wrap: wrap;
				gap: 12px 24px;
				align-items: end;
				margin: 8px 0;
			}
			figure {
				max-width: 100%;
			}
			figcaption {
				color: var(--quiet);
				font-size: 0.9em;
			}
			svg {
				display: block;
				max-width: 100%;
				height: auto;
			}
			path {
				fill: none;
				stroke: currentColor;
			}
			path.solid {
				fill: currentColor;
				stroke: none;
			}
			.nitrogen {
				color: var(--vscode-charts-blue, var(--ink));
			}
			.oxygen {
				color: var(--vscode-charts-red, var(--ink));
			}
			.sulfur {
				color: var(--vscode-charts-yellow, var(--ink));
			}
			.phosphorus {
				color: var(--vscode-charts-purple, var(--ink));
			}
			.halogen {
				color: var(--vscode-charts-green, var(--ink));
			}
		`,
	];

	@property({ attribute: false }) accessor shown: readonly ShownMolecules[] = [];
	@state() private accessor drawings: readonly (MoleculeDrawing | null)[] = [];
	/** What was asked for last. */
	private asked = '';

	override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has('shown')) void this.load();
	}

	override render(): TemplateResult | typeof nothing {
		const figures = this.shown.flatMap(({ text, caption }, index) => {
			const drawing = this.drawings[index];
			return drawing ? [figure(drawing, text, caption)] : [];
		});
		return figures.length === 0 ? nothing : html`<div>${figures}</div>`;
	}

	private async load(): Promise<void> {
		const texts = this.shown.map(({ text }) => text.slice(0, 1_000));
		const key = JSON.stringify(texts);
		if (key === this.asked) return;
		this.asked = key;
		// Without a drawing there is the text, so a failure is not worth a word.
		const drawings = texts.length === 0 ? [] : await connection.ask('draw', { texts }).catch(() => []);
		if (key === this.asked) this.drawings = drawings;
	}
}

function figure({ width, height, strokes }: MoleculeDrawing, text: string, caption: string): TemplateResult {
	return html`<figure>
		<svg
			width=${width}
			height=${height}
			viewBox="0 0 ${width} ${height}"
			role="img"
			aria-label=${t('Structure of {0}', visible(text))}
		>
			${strokes.map(({ ink, path, width: line }) =>
				line === 0
					? svg`<path class="${ink} solid" d=${path}></path>`
					: svg`<path class=${ink} stroke-width=${line} d=${path}></path>`,
			)}
		</svg>
		${caption === '' ? nothing : html`<figcaption>${caption}</figcaption>`}
	</figure>`;
}

/** What a problem asks for, and what its set expects. */
export function asked({
	question,
	expected,
}: Pick<TranscriptPage, 'question' | 'expected'>): readonly ShownMolecules[] {
	return [
		{ text: question, caption: t('Product') },
		{ text: expected, caption: t('Expected') },
	].filter(({ text }) => text !== '');
}
