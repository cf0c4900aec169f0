/** What changed in a text, line by line; what stayed the same is folded where it is long. */
import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { DiffLine } from '../../src/protocol/library.js';
import { base } from '../styles.js';
import { count, t } from '../words.js';
import { foldSame } from './diffFolds.js';
import { visible } from './visibleText.js';

const signs: Readonly<Record<DiffLine['kind'], string>> = { same: ' ', added: '+', removed: '−' };

@customElement('flex-diff')
export class DiffLines extends LitElement {
	static override styles = [
		base,
		css`
			:host {
				display: block;
				margin: 6px 0;
				font-family: var(--mono);
				font-size: 0.94em;
			}
			.line,
			.fold {
				display: grid;
				grid-template-columns: 2ch minmax(0, 1fr);
				padding: 1px 8px;
				border-inline-start: 2px solid transparent;
			}
			.sign {
				user-select: none;
				white-space: pre;
			}
			.text {
				min-height: 1.5em;
				white-space: pre-wrap;
				overflow-wrap: anywhere;
			}
			.same {
				color: var(--quiet);
			}
			.added {
				border-inline-start-color: var(--vscode-diffEditor-insertedTextBorder, var(--good));
				background: var(--vscode-diffEditor-insertedLineBackground, transparent);
			}
			.removed {
				border-inline-start-color: var(--vscode-diffEditor-removedTextBorder, var(--bad));
				background: var(--vscode-diffEditor-removedLineBackground, transparent);
			}
			.added .sign,
			.removed .sign {
				font-weight: 600;
			}
			.fold button {
				grid-column: 2;
				justify-self: start;
				padding: 3px 0;
				font-family: var(--vscode-font-family, inherit);
			}
		`,
	];

	@property({ attribute: false }) accessor lines: readonly DiffLine[] = [];
	/** Places of folds that a person opened. */
	@state() private accessor opened: ReadonlySet<number> = new Set();

	override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has('lines')) this.opened = new Set();
	}

	override render(): TemplateResult {
		if (this.lines.every(({ kind }) => kind === 'same'))
			return html`<p class="quiet">${t('The text is the same.')}</p>`;
		return html`${foldSame(this.lines, this.opened).map((part) =>
			part.kind === 'lines'
				? part.lines.map(line)
				: html`<div class="fold">
						<button class="link" @click=${() => this.unfold(part.at)}>
							${t('Show {0} more lines', count(part.lines.length))}
						</button>
					</div>`,
		)}`;
	}

	private unfold(at: number): void {
		this.opened = new Set([...this.opened, at]);
	}
}

function line({ kind, text }: DiffLine): TemplateResult {
	const spoken = { same: '', added: t('added:'), removed: t('removed:') }[kind];
	return html`<div class="line ${kind}">
		<span class="sign" aria-hidden="true">${signs[kind]}</span>
		<span class="text"><span class="hidden-text">${spoken}</span>${visible(text)}</span>
	</div>`;
}
