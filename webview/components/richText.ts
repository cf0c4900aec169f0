/** A text that a person or a model wrote, as it was meant: paragraphs, code, formulas. Nothing in it can act. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { base } from '../styles.js';
import { count, t } from '../words.js';
import { formula, formulaLook } from './formula.js';
import { codeColours, highlightCode } from './highlightCode.js';
import { type Block, type Inline, parseRich } from './richParts.js';
import { visible } from './visibleText.js';
import { wordRanges } from './wordRanges.js';

/** So much is shown at first, and added by each step. UTF-16 units. */
const step = 20_000;

@customElement('flex-rich')
export class RichText extends LitElement {
	static override styles = [
		base,
		codeColours,
		formulaLook,
		css`
			:host {
				display: block;
				overflow-wrap: anywhere;
			}
			p {
				white-space: pre-wrap;
				unicode-bidi: isolate;
			}
			p + p,
			p + pre,
			pre + p,
			pre + pre,
			.rest {
				margin-top: 0.7em;
			}
			code,
			pre {
				font-family: var(--mono);
				font-size: 0.94em;
				direction: ltr;
			}
			p code {
				padding: 1px 4px;
				border-radius: 3px;
				background: var(--soft);
				font-style: normal;
			}
			pre {
				margin: 0;
				padding: 10px 14px;
				overflow: auto;
				border-radius: 4px;
				background: var(--soft);
				color: var(--ink);
				font-style: normal;
				line-height: 1.5;
				overflow-wrap: normal;
				tab-size: 4;
			}
			mark {
				background: none;
				color: var(--hit);
				font-weight: 600;
			}
		`,
	];

	@property({ attribute: false }) accessor text = '';
	/** Words to mark, in any case; a word is marked where another begins with it. */
	@property({ attribute: false }) accessor highlight: readonly string[] | undefined;
	@state() private accessor length = step;
	private blocks: readonly Block[] = [];

	override willUpdate(changed: PropertyValues): void {
		if (changed.has('text')) this.length = step;
		if (changed.has('text') || changed.has('length')) this.blocks = parseRich(visible(cut(this.text, this.length)));
	}

	override render(): TemplateResult {
		const left = this.text.length - this.length;
		return html`${this.blocks.map((block) => this.block(block))}
			${
				left <= 0
					? nothing
					: html`<p class="rest">
							<button class="link" @click=${this.more}>${t('Show the rest')}</button>
							<span class="quiet">${t('{0} more characters', count(left))}</span>
						</p>`
			}`;
	}

	private block(block: Block): TemplateResult {
		if (block.kind === 'paragraph') return html`<p dir="auto">${block.parts.map((part) => this.inline(part))}</p>`;
		const { language, text } = block;
		const label = language === '' ? t('Code') : t('Code in {0}', language);
		const shown = this.highlight?.length ? this.marked(text) : highlightCode(language, text);
		return html`<pre tabindex="0" role="group" aria-label=${label}><code>${shown}</code></pre>`;
	}

	private inline(part: Inline): unknown {
		if (part.kind === 'text') return this.marked(part.text);
		if (part.kind === 'code') return html`<code>${this.marked(part.text)}</code>`;
		if (part.kind === 'bold') return html`<strong>${part.parts.map((inner) => this.inline(inner))}</strong>`;
		return formula(part.tex, part.display) ?? html`<code>${part.source}</code>`;
	}

	private marked(text: string): unknown {
		const ranges = wordRanges(text, this.highlight ?? []);
		if (ranges.length === 0) return text;
		const parts: unknown[] = [];
		let end = 0;
		for (const [from, to] of ranges) {
			parts.push(text.slice(end, from), html`<mark>${text.slice(from, to)}</mark>`);
			end = to;
		}
		return [...parts, text.slice(end)];
	}

	private more(): void {
		this.length += step;
	}
}

/** The first so many units; a character of two is not cut apart. */
function cut(text: string, length: number): string {
	if (text.length <= length) return text;
	const last = text.charCodeAt(length - 1);
	return text.slice(0, last >= 0xd800 && last < 0xdc00 ? length - 1 : length);
}
