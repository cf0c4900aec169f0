/** A worked problem: what was asked, how it was solved, and what came out. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Case, Outcome } from '../../src/core/experience/experience.js';
import { base } from '../styles.js';
import { t } from '../words.js';
import './molecules.js';
import './richText.js';
import { type SolutionPart, solutionParts } from './solutionParts.js';

@customElement('flex-case')
export class CaseText extends LitElement {
	static override styles = [
		base,
		css`
			:host {
				display: block;
				padding: 12px 16px 14px;
				border-radius: 5px;
				background: var(--soft);
			}
			.label {
				margin-bottom: 2px;
			}
			section + section {
				margin-top: 12px;
			}
			.comment {
				margin: 8px 0;
				padding-inline-start: 12px;
				border-inline-start: 2px solid var(--advised);
				color: var(--quiet);
			}
			.outcome {
				margin-inline-start: 8px;
				letter-spacing: 0;
				text-transform: none;
			}
		`,
	];

	@property({ attribute: false }) accessor item: Case | undefined;
	/** Question and answer are SMILES. */
	@property({ attribute: false }) accessor molecules = false;

	override render(): TemplateResult | typeof nothing {
		if (!this.item) return nothing;
		const { question, answer, solution = '', outcome } = this.item;
		const words = outcomeWords()[outcome];
		return html`
			${question === '' ? nothing : section(t('Question'), '', this.told(question))}
			${solution === '' ? nothing : section(t('Solution'), words, solutionParts(solution).map(solutionPart))}
			${answer === '' ? nothing : section(t('Answer'), solution === '' ? words : '', this.told(answer))}
		`;
	}

	private told(text: string): TemplateResult {
		if (!this.molecules) return rich(text);
		return html`${rich(text)}<flex-molecules .shown=${[{ text, caption: '' }]}></flex-molecules>`;
	}
}

function section(title: string, outcome: string, content: unknown): TemplateResult {
	return html`<section>
		<p class="label">${title}${outcome === '' ? nothing : html`<span class="outcome">${outcome}</span>`}</p>
		${content}
	</section>`;
}

function solutionPart({ comment, text }: SolutionPart): TemplateResult {
	return comment ? html`<div class="comment" role="note" aria-label=${t('Comment')}>${rich(text)}</div>` : rich(text);
}

function rich(text: string): TemplateResult {
	return html`<flex-rich .text=${text}></flex-rich>`;
}

function outcomeWords(): Readonly<Record<Outcome, string>> {
	return {
		correct: `✓ ${t('right')}`,
		incorrect: `✗ ${t('wrong')}`,
		mixed: `◐ ${t('wrong at first, right in the end')}`,
	};
}
