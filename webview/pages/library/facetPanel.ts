/** The facets beside the list: what there is, how much of it, and what is chosen. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { FacetName, FacetValue } from '../../../src/core/experience/browse.js';
import type { BrowsePage } from '../../../src/protocol/library.js';
import { visible } from '../../components/visibleText.js';
import { base, zones } from '../../styles.js';
import { count, t } from '../../words.js';
import { facetTitle, valueWord, zoneSigns } from './facetWords.js';
import type { LibraryState } from './libraryState.js';

const shown: readonly FacetName[] = ['zone', 'domain', 'utility', 'status', 'mark', 'part', 'set', 'model', 'run'];
/** Values of a facet before "more". */
const few = 5;

@customElement('flex-facets')
export class FacetPanel extends LitElement {
	static override styles = [
		base,
		zones,
		css`
			:host {
				display: block;
			}
			section {
				margin-bottom: 18px;
			}
			.label {
				margin-bottom: 4px;
			}
			.value {
				display: grid;
				grid-template-columns: 14px minmax(0, 1fr) auto;
				gap: 6px;
				width: 100%;
				padding: 2px 0;
				border-radius: 3px;
			}
			.value:hover {
				background: var(--hover);
			}
			.value[aria-pressed='true'] {
				color: var(--link);
				font-weight: 600;
			}
			.value[aria-pressed='true']::before {
				content: '✓';
				grid-column: 1;
			}
			.name:first-child {
				grid-column: 1 / 3;
			}
			.name {
				grid-column: 2;
				overflow: hidden;
				text-overflow: ellipsis;
				white-space: nowrap;
			}
			.sign {
				grid-column: 1;
				font-size: 0.75em;
				line-height: 2;
			}
			.value[aria-pressed='true'] .name {
				grid-column: 2;
			}
			.value[aria-pressed='true'] .sign {
				display: none;
			}
		`,
	];

	@property({ attribute: false }) accessor answer: BrowsePage | undefined;
	@property({ attribute: false }) accessor chosen: LibraryState['facets'] = {};
	@state() private accessor whole: ReadonlySet<FacetName> = new Set();

	override render(): TemplateResult {
		return html`${shown.map((name) => this.facet(name))}`;
	}

	private facet(name: FacetName): TemplateResult | typeof nothing {
		const all = this.answer?.facets[name] ?? [];
		const chosen = this.chosen[name] ?? [];
		const values = all.filter(({ value, count: n }) => n > 0 || chosen.includes(value));
		// One value of which everything is tells nothing.
		if (values.length === 0 || (values.length === 1 && chosen.length === 0 && name !== 'zone')) return nothing;
		const open = this.whole.has(name);
		const listed = open ? values : values.filter(({ value }, at) => at < few || chosen.includes(value));
		const left = values.length - listed.length;
		return html`<section aria-labelledby="facet-${name}">
			<h2 class="label" id="facet-${name}">${facetTitle(name)}</h2>
			${listed.map((value) => this.value(name, value, chosen.includes(value.value)))}
			${
				left > 0
					? html`<button class="plain quiet value" @click=${() => this.expand(name)}>
							<span class="name">${t('{0} more', left)}</span>
						</button>`
					: nothing
			}
		</section>`;
	}

	private value(name: FacetName, { value, count: n }: FacetValue, pressed: boolean): TemplateResult {
		const word = visible(valueWord(name, value, this.answer?.runNames ?? {}));
		const zone = name === 'zone' && isZone(value) ? value : undefined;
		return html`<button
			class="plain value"
			aria-pressed=${pressed}
			title=${word}
			@click=${() => this.dispatchEvent(new CustomEvent('flex-facet', { detail: { name, value } }))}
		>
			${zone ? html`<span class="sign ${zone}" aria-hidden="true">${zoneSigns[zone]}</span>` : nothing}
			<span class="name">${word}</span>
			<span class="quiet number">${count(n)}</span>
		</button>`;
	}

	private expand(name: FacetName): void {
		this.whole = new Set([...this.whole, name]);
	}
}

function isZone(value: string): value is keyof typeof zoneSigns {
	return value in zoneSigns;
}
