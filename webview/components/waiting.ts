/** What stands in a page until there is something to show. */
import { html, type TemplateResult } from 'lit';

/** @param text what is waited for */
export function waiting(text: string): TemplateResult {
	return html`<p class="loading quiet" role="status">
		<vscode-progress-ring aria-hidden="true"></vscode-progress-ring>
		<span>${text}</span>
	</p>`;
}
