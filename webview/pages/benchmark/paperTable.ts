/** The paper's own table with this result as its last line, and what is not the same. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { PaperTable } from '../../../src/protocol/benchmarks.js';
import { base } from '../../styles.js';
import { t } from '../../words.js';

@customElement('flex-paper-table')
export class PaperTableView extends LitElement {
	static override styles = [
		base,
		css`
			:host {
				display: block;
				overflow-x: auto;
			}
			tbody th {
				font-weight: 400;
				color: var(--ink);
			}
			.ours > * {
				font-weight: 600;
			}
			details {
				margin-top: 8px;
			}
			summary {
				cursor: pointer;
			}
			ul {
				margin: 6px 0 0 18px;
			}
		`,
	];

	@property({ attribute: false }) accessor table: PaperTable | null = null;

	override render(): TemplateResult | typeof nothing {
		const { table } = this;
		if (!table) return nothing;
		const [model = '', ...figures] = table.head;
		return html`<p class="quiet">${table.caption}</p>
			<table>
				<thead>
					<tr>
						<th scope="col">${model}</th>
						${figures.map((name) => html`<th scope="col" class="number">${name}</th>`)}
					</tr>
				</thead>
				<tbody>
					${table.lines.map((line, at) => this.line(line, at === table.lines.length - 1))}
				</tbody>
			</table>
			<details>
				<summary>${t('What is not the same')}</summary>
				<ul>
					${table.differences.map((sentence) => html`<li>${sentence}</li>`)}
				</ul>
			</details>`;
	}

	private line([model = '', ...figures]: readonly string[], ours: boolean): TemplateResult {
		return html`<tr class=${ours ? 'ours' : ''}>
			<th scope="row">${model}</th>
			${figures.map((figure) => html`<td class="number">${figure}</td>`)}
		</tr>`;
	}
}
