/** One experience as a page of a handbook: when it applies, strategy, patterns, cases, and whether it helps. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Pattern } from '../../../src/core/experience/experience.js';
import type { ExperiencePage } from '../../../src/protocol/library.js';
import '../../components/caseText.js';
import '../../components/richText.js';
import { visible } from '../../components/visibleText.js';
import { connection } from '../../connection.js';
import { go } from '../../go.js';
import { attempt } from '../../news.js';
import { base, zones } from '../../styles.js';
import { t } from '../../words.js';
import './evidenceView.js';
import './experienceActions.js';
import './experienceEditor.js';
import './historyView.js';
import './neighbourView.js';
import type { Section } from './experienceActions.js';
import { statusWords, zoneSigns, zoneWords } from './facetWords.js';

@customElement('flex-experience')
export class ExperienceDetail extends LitElement {
	static override styles = [
		base,
		zones,
		css`
			:host {
				display: block;
				overflow-y: auto;
				padding: 24px 36px 48px;
				outline: none;
			}
			article {
				max-width: 76ch;
			}
			.meta {
				display: flex;
				flex-wrap: wrap;
				gap: 4px 10px;
				align-items: baseline;
				margin-top: 8px;
			}
			.parts {
				display: flex;
				flex: 1;
				flex-wrap: wrap;
				overflow-x: clip;
			}
			/* The dot before a part; at the beginning of a line it lies outside of what is shown. */
			.part {
				position: relative;
				margin-inline-start: -11px;
				padding-inline: 11px 19px;
			}
			.part:last-child {
				padding-inline-end: 0;
			}
			.part::before {
				content: '·' / '';
				position: absolute;
				inset-inline-start: 0;
				width: 11px;
			}
			.zone {
				padding: 1px 9px;
				border: 1px solid var(--line);
				border-radius: 10px;
				color: var(--ink);
				font-size: 0.88em;
			}
			h2 {
				margin: 24px 0 6px;
			}
			.strategy {
				font-size: 1.08em;
				line-height: 1.65;
			}
			.pattern {
				margin-bottom: 12px;
				padding-inline-start: 14px;
				border-inline-start: 2px solid var(--line);
			}
			.example {
				color: var(--quiet);
				font-style: italic;
			}
			.case {
				margin-bottom: 10px;
			}
			ul {
				list-style: none;
			}
			.sources li {
				display: flex;
				gap: 10px;
			}
			.back {
				display: none;
				margin-bottom: 14px;
			}
			@container panel (max-width: 760px) {
				:host {
					padding: 16px 16px 40px;
				}
				.back {
					display: inline-block;
				}
			}
		`,
	];

	@property({ attribute: false }) accessor shelf = '';
	/** Empty: none is open. */
	@property({ attribute: false }) accessor open = '';
	/** Changes when the library did: then it is read again. */
	@property({ attribute: false }) accessor version = 0;
	@property({ attribute: false }) accessor words: readonly string[] = [];
	@state() private accessor page: ExperiencePage | null | undefined;
	@state() private accessor section: Section = 'read';
	private read = 0;

	override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has('open') || changed.has('shelf')) {
			this.section = 'read';
			this.page = undefined;
			this.scrollTop = 0;
		}
		if (changed.has('open') || changed.has('shelf') || changed.has('version')) void this.load();
	}

	/** Goes to work on the experience that is open. */
	edit(): void {
		this.section = 'edit';
	}

	override render(): TemplateResult | typeof nothing {
		if (this.open === '') return html`<p class="quiet">${t('Choose an experience to read it.')}</p>`;
		if (this.page === undefined) return nothing;
		const back = html`<button class="link back" @click=${() => this.emit('flex-back')}>← ${t('All experiences')}</button>`;
		if (this.page === null) {
			return html`${back}
				<p>${t('This experience is not in the library. It may be in another one, or was forgotten.')}</p>`;
		}
		return html`${back}
			<article aria-labelledby="title">${this.section === 'edit' ? this.editor(this.page) : this.reading(this.page)}</article>`;
	}

	private async load(): Promise<void> {
		const round = ++this.read;
		const { shelf, open } = this;
		if (open === '' || shelf === '') return;
		const page = await attempt(() => connection.ask('experience', { shelf, id: open }));
		if (round === this.read && page !== undefined) this.page = page;
	}

	private editor({ experience }: ExperiencePage): TemplateResult {
		return html`<flex-experience-editor
			.shelf=${this.shelf}
			.experience=${experience}
			@flex-done=${() => this.show('read')}
		></flex-experience-editor>`;
	}

	private reading(page: ExperiencePage): TemplateResult {
		const { experience, cut } = page;
		const { title, zone, when, strategy, patterns, cases } = experience;
		return html`
			<h1 id="title" tabindex="-1">${title === '' ? t('Without a title') : visible(title)}</h1>
			<p class="meta quiet">
				<span class="zone"><span class=${zone} aria-hidden="true">${zoneSigns[zone]}</span> ${zoneWords()[zone]}</span>
				<span class="parts">${this.meta(page)}</span>
			</p>
			<flex-experience-actions
				.shelf=${this.shelf}
				.page=${page}
				.section=${this.section}
				@flex-section=${(event: CustomEvent<Section>) => this.show(event.detail)}
			></flex-experience-actions>
			${cut ? html`<p class="quiet">${t('Long texts are cut here; the document shows all of it.')}</p>` : nothing}
			${this.below(page)} ${
				when.text === ''
					? nothing
					: html`<h2>${t('When it applies')}</h2>
						<flex-rich .text=${when.text} .highlight=${this.words}></flex-rich>`
			}
			${
				strategy.text === ''
					? nothing
					: html`<h2>${t('Strategy')}</h2>
							<flex-rich class="strategy" .text=${strategy.text} .highlight=${this.words}></flex-rich>`
			}
			${
				patterns.length === 0
					? nothing
					: html`<h2>${patterns.length === 1 ? t('Pattern') : t('Patterns')}</h2>
							${patterns.map((pattern) => this.pattern(pattern))}`
			}
			${
				cases.length === 0
					? nothing
					: html`<h2>${cases.length === 1 ? t('Case') : t('Cases')}</h2>
							${cases.map((item) => html`<flex-case class="case" .item=${item} .molecules=${page.molecules ?? false}></flex-case>`)}`
			}
			<h2>${t('Does it help?')}</h2>
			<flex-evidence .shelf=${this.shelf} .page=${page}></flex-evidence>
			${this.provenance(page)}
		`;
	}

	private meta({ experience, runName, runHere }: ExperiencePage): TemplateResult {
		const { domains, origin, rev, status, priority } = experience;
		const parts: (TemplateResult | string)[] = [];
		if (status !== 'active') parts.push(statusWords()[status] ?? status);
		if (domains.length > 0) parts.push(visible(domains.join(', ')));
		if (runName !== '') {
			const run = { folder: this.shelf, run: origin.run };
			parts.push(
				runHere
					? html`${t('learned in')}
							<button class="link" @click=${() => go(this, { page: 'training', run })}>${runName}</button>`
					: html`${t('learned in {0}', runName)}`,
			);
		}
		if (origin.imported) parts.push(t('from {0}', visible(origin.imported)));
		if (rev > 1) parts.push(rev === 2 ? t('revised once') : t('revised {0} times', rev - 1));
		if (priority !== 3) parts.push(t('priority {0} of 5', priority));
		return html`${parts.map((part) => html`<span class="part">${part}</span>`)}`;
	}

	private below({ experience, readOnly }: ExperiencePage): TemplateResult | typeof nothing {
		const { id, rev } = experience;
		if (this.section === 'history') {
			return html`<flex-history .shelf=${this.shelf} .experience=${id} .rev=${rev} .readOnly=${readOnly}></flex-history>`;
		}
		if (this.section !== 'similar') return nothing;
		return html`<flex-neighbours
			.shelf=${this.shelf}
			.experience=${id}
			.rev=${rev}
			.readOnly=${readOnly}
			@flex-open=${(event: CustomEvent<string>) => this.emit('flex-open', event.detail)}
		></flex-neighbours>`;
	}

	private pattern({ rule, examples }: Pattern): TemplateResult {
		return html`<div class="pattern">
			<flex-rich .text=${rule} .highlight=${this.words}></flex-rich>
			${examples.map((example) => html`<flex-rich class="example" .text=${example} .highlight=${this.words}></flex-rich>`)}
		</div>`;
	}

	private provenance({ sources }: ExperiencePage): TemplateResult | typeof nothing {
		if (sources.length === 0) return nothing;
		return html`<h2>${t('Taught by')}</h2>
			<ul class="sources">
				${sources.slice(0, mostSources).map(
					({ set, problem, here }) => html`<li>
						${
							here
								? html`<button class="link" @click=${() => this.problem(set, problem)}>${visible(problem)}</button>`
								: html`<span>${visible(problem)}</span>`
						}
						<span class="quiet">${visible(set)}</span>
					</li>`,
				)}
				${sources.length > mostSources ? html`<li class="quiet">${t('{0} more', sources.length - mostSources)}</li>` : nothing}
			</ul>`;
	}

	private show(section: Section): void {
		this.section = section;
	}

	private problem(set: string, problem: string): void {
		void attempt(() => connection.ask('open', { what: 'problem', set, problem }));
	}

	private emit(name: string, detail?: unknown): void {
		this.dispatchEvent(new CustomEvent(name, { detail }));
	}
}

const mostSources = 40;
