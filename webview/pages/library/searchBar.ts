/** What is looked for: words, order, and every filter that is on, each to be taken away. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { BrowseSort, FacetName } from '../../../src/core/experience/browse.js';
import type { BrowsePage } from '../../../src/protocol/library.js';
import { visible } from '../../components/visibleText.js';
import { base } from '../../styles.js';
import { count, t } from '../../words.js';
import { facetTitle, sortWords, valueWord } from './facetWords.js';
import { firstState, isFiltered, type LibraryState, toggled } from './libraryState.js';

@customElement('flex-search-bar')
export class SearchBar extends LitElement {
	static override styles = [
		base,
		css`
			:host {
				display: grid;
				gap: 7px;
				padding: 12px 14px 9px;
				border-bottom: 1px solid var(--line);
			}
			input {
				width: 100%;
				min-height: 30px;
			}
			.found {
				display: flex;
				justify-content: space-between;
				align-items: center;
				gap: 10px;
				color: var(--quiet);
			}
			.found select {
				min-height: 22px;
				padding: 0 4px;
				border-color: transparent;
				background: transparent;
				color: inherit;
			}
			.found option {
				background: var(--vscode-dropdown-background);
				color: var(--vscode-dropdown-foreground);
			}
			.filters {
				display: flex;
				flex-wrap: wrap;
				gap: 4px 8px;
				align-items: center;
			}
			.tag {
				max-width: 100%;
				overflow: hidden;
				padding: 0 8px;
				border: 1px solid var(--link);
				border-radius: 10px;
				background: none;
				color: var(--link);
				font: inherit;
				font-size: 0.92em;
				text-overflow: ellipsis;
				white-space: nowrap;
				cursor: pointer;
			}
		`,
	];

	@property({ attribute: false }) accessor view: LibraryState = firstState;
	@property({ attribute: false }) accessor answer: BrowsePage | undefined;
	/** Changes with every answer. */
	@property({ attribute: false }) accessor version = 0;
	/** Experiences in the library. */
	@property({ attribute: false }) accessor all = 0;
	@query('input') private accessor input!: HTMLInputElement;

	override focus(): void {
		this.input.focus();
	}

	override render(): TemplateResult {
		const { text, sort } = this.view;
		return html`
			<input
				type="search"
				.value=${live(text)}
				placeholder=${t('Search experiences')}
				aria-label=${t('Search experiences')}
				@input=${this.onInput}
				@keydown=${this.onKey}
			/>
			<div class="found">
				<span role="status">${this.found()}</span>
				<select aria-label=${t('Order')} @change=${this.onSort}>
					${Object.entries(sortWords()).map(([key, word]) => html`<option value=${key} ?selected=${key === sort}>${word}</option>`)}
				</select>
			</div>
			${isFiltered(this.view) ? this.filters() : nothing}
		`;
	}

	private found(): string {
		const { answer } = this;
		if (!answer) return '';
		if (answer.nearby) return t('Nothing has all these words; {0} come near', count(answer.total));
		if (isFiltered(this.view)) return t('{0} of {1}', count(answer.total), count(this.all));
		return answer.total === 1 ? t('1 experience') : t('{0} experiences', count(answer.total));
	}

	private filters(): TemplateResult {
		const runNames = this.answer?.runNames ?? {};
		const tags = facets.flatMap((name) =>
			(this.view.facets[name] ?? []).map((value) => ({ name, value, word: visible(valueWord(name, value, runNames)) })),
		);
		return html`<div class="filters" role="group" aria-label=${t('Filtered by')}>
			${tags.map(
				({ name, value, word }) => html`<button
					class="tag"
					title=${t('{0}: {1}. Click to take the filter away.', facetTitle(name), word)}
					@click=${() => this.find({ facets: toggled(this.view.facets, name, value) })}
				>
					${word} <span aria-hidden="true">✕</span>
				</button>`,
			)}
			<button class="link" @click=${() => this.find({ text: '', facets: {} })}>${t('Clear')}</button>
		</div>`;
	}

	private onInput(): void {
		const text = this.input.value;
		const id = idIn(text);
		this.find(id === undefined ? { text, view: 'list' } : { text: '', facets: {}, id, view: 'list' });
	}

	private onKey(event: KeyboardEvent): void {
		if (event.key === 'ArrowDown') this.dispatchEvent(new CustomEvent('flex-down'));
		if (event.key === 'Escape' && this.view.text !== '') this.find({ text: '' });
	}

	private onSort(event: Event): void {
		const sort = event.target instanceof HTMLSelectElement ? event.target.value : '';
		if (isSort(sort)) this.find({ sort });
	}

	private find(change: Partial<LibraryState>): void {
		this.dispatchEvent(new CustomEvent('flex-find', { detail: change }));
	}
}

const facets: readonly FacetName[] = ['zone', 'status', 'utility', 'mark', 'part', 'domain', 'set', 'model', 'run'];

/** The experience that a pasted id or link names. */
function idIn(text: string): string | undefined {
	return /^(?:[\w-]+:\/\/[^/]+\/experience\/)?([0-9a-f]{16})$/u.exec(text.trim())?.[1];
}

function isSort(value: string): value is BrowseSort {
	return value in sortWords();
}
