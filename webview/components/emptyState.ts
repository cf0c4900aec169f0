/** What stands where there is nothing to show: why, and what to do. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../styles.js';

export interface EmptyAction {
	readonly label: string;
	readonly run: () => void;
}

@customElement('flex-empty')
export class EmptyState extends LitElement {
	static override styles = [
		base,
		css`
			:host {
				display: grid;
				place-content: start center;
				padding: 12vh 24px 24px;
			}
			div {
				display: grid;
				gap: 10px;
				max-width: 56ch;
				overflow-wrap: anywhere;
			}
			h2 {
				font-size: 1.15em;
				text-wrap: balance;
			}
			p {
				text-wrap: pretty;
			}
			.actions {
				display: flex;
				flex-wrap: wrap;
				gap: 8px;
				margin-top: 4px;
			}
		`,
	];

	@property({ attribute: false }) accessor heading = '';
	@property({ attribute: false }) accessor text = '';
	/** The first one is what most people want. */
	@property({ attribute: false }) accessor actions: readonly EmptyAction[] = [];

	override render(): TemplateResult {
		const buttons = this.actions.map(
			({ label, run }, at) =>
				html`<vscode-button appearance=${at === 0 ? 'primary' : 'secondary'} @click=${run}>${label}</vscode-button>`,
		);
		return html`<div>
			${this.heading === '' ? nothing : html`<h2>${this.heading}</h2>`}
			${this.text === '' ? nothing : html`<p class="quiet">${this.text}</p>`}
			${buttons.length > 0 ? html`<div class="actions">${buttons}</div>` : nothing}
		</div>`;
	}
}
