/** A page of components alone: `show` puts one of them into a host that has the panel's colours. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import '../../webview/components/caseText.js';
import '../../webview/components/diffLines.js';
import '../../webview/components/emptyState.js';
import '../../webview/components/intervalBar.js';
import '../../webview/components/lineChart.js';
import '../../webview/components/richText.js';
import '../../webview/components/transcriptView.js';
import { base, palette } from '../../webview/styles.js';

@customElement('flex-components')
class Components extends LitElement {
	static override styles = [
		palette,
		base,
		css`
			:host {
				display: block;
				height: 100vh;
				overflow: auto;
				background: var(--paper);
			}
			main {
				display: grid;
				grid-template-columns: repeat(auto-fit, minmax(min(420px, 100%), 1fr));
				gap: 24px 40px;
				align-items: start;
				max-width: 1360px;
				padding: 20px;
			}
		`,
	];

	override render(): TemplateResult {
		return html`<main><h1 class="hidden-text">Components</h1></main>`;
	}
}

const host = new Components();
document.body.append(host);
void host.updateComplete.then(() => {
	/** @param content the properties of the component */
	const show = (name: string, content: Readonly<Record<string, unknown>>): void => {
		const element = document.createElement(name);
		Object.assign(element, content);
		host.renderRoot.querySelector('main')?.append(element);
	};
	Reflect.set(window, 'show', show);
	document.body.dataset.ready = 'yes';
});
