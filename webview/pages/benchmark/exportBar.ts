/** Writes a result to a file that can be handed on; says where it was written. */
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ReportFormat } from '../../../src/protocol/benchmarks.js';
import type { RunPlace } from '../../../src/protocol/runs.js';
import { connection } from '../../connection.js';
import { attempt, tell } from '../../news.js';
import { base } from '../../styles.js';
import { t } from '../../words.js';

@customElement('flex-export-bar')
export class ExportBar extends LitElement {
	static override styles = [
		base,
		css`
			:host {
				display: block;
			}
			div {
				display: flex;
				flex-wrap: wrap;
				gap: 4px 14px;
				align-items: baseline;
			}
		`,
	];

	@property({ attribute: false }) accessor place: RunPlace | null = null;

	override render(): TemplateResult {
		const button = (format: ReportFormat, label: string, about: string): TemplateResult =>
			html`<button class="link" title=${about} @click=${() => this.write(format)}>${label}</button>`;
		return html`<div role="group" aria-label=${t('Export')}>
			<span class="quiet" aria-hidden="true">${t('Export')}</span>
			${button('html', t('HTML page'), t('The whole report as one page that needs no network'))}
			${button('markdown', t('Markdown'), t('The words and the tables'))}
			${button('csv', t('CSV'), t('Every answer of every arm, one row each'))}
		</div>`;
	}

	private async write(format: ReportFormat): Promise<void> {
		const { place } = this;
		if (!place) return;
		const written = await attempt(() => connection.ask('exportReport', { ...place, format }));
		if (written) tell({ text: t('Written to {0}.', written.file), failed: false });
	}
}
