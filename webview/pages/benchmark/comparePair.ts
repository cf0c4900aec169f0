/** One problem, and what two arms made of it side by side: the question, the experience that was used, the answers. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { OutcomeMatrix } from '../../../src/protocol/benchmarks.js';
import type { RunPlace, TranscriptPage } from '../../../src/protocol/runs.js';
import { asked } from '../../components/molecules.js';
import '../../components/richText.js';
import '../../components/transcriptView.js';
import { visible } from '../../components/visibleText.js';
import { connection } from '../../connection.js';
import { attempt } from '../../news.js';
import { base } from '../../styles.js';
import { t } from '../../words.js';
import { inOrder, nameOf, type Outcome, outcomeAt, outcomeWord } from './outcomes.js';

const signs: Readonly<Record<Outcome, string>> = { '+': '✓', '-': '✗', '!': '!', '.': '·' };

@customElement('flex-compare')
export class ComparePair extends LitElement {
	static override styles = [
		base,
		css`
			:host {
				display: block;
				max-width: 1400px;
				container-type: inline-size;
			}
			.way {
				display: flex;
				flex-wrap: wrap;
				gap: 6px 14px;
				align-items: center;
				margin-bottom: 14px;
			}
			.way .where {
				margin-inline-start: auto;
			}
			h1 {
				overflow-wrap: anywhere;
			}
			.asked {
				max-width: 80ch;
				margin: 8px 0 20px;
			}
			.asked flex-rich {
				display: block;
			}
			.asked p {
				margin-top: 8px;
				overflow-wrap: anywhere;
			}
			.sides {
				display: grid;
				grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
			}
			section {
				min-width: 0;
				padding-inline-end: 28px;
			}
			section + section {
				padding-inline: 28px 0;
				border-inline-start: 1px solid var(--line);
			}
			.side-head {
				display: flex;
				gap: 12px;
				align-items: baseline;
				padding-bottom: 8px;
				margin-bottom: 10px;
				border-bottom: 1px solid var(--line);
			}
			.side-head select {
				min-width: 0;
				font-weight: 600;
			}
			.outcome {
				margin-inline-start: auto;
				white-space: nowrap;
			}
			.right .sign {
				color: var(--good);
			}
			.wrong .sign {
				color: var(--bad);
			}
			@container (max-width: 700px) {
				.sides {
					grid-template-columns: minmax(0, 1fr);
				}
				section,
				section + section {
					padding: 0 0 20px;
					border: 0;
				}
				.way .where {
					margin-inline-start: 0;
				}
			}
		`,
	];

	@property({ attribute: false }) accessor place: RunPlace | null = null;
	/** Name of the problem set. */
	@property({ attribute: false }) accessor set = '';
	@property({ attribute: false }) accessor problem = '';
	/** Left and right. */
	@property({ attribute: false }) accessor beside: readonly [left: string, right: string] = ['', ''];
	@property({ attribute: false }) accessor matrix: OutcomeMatrix = { problems: [], arms: [], cells: {} };
	@property({ attribute: false }) accessor names: Readonly<Record<string, string>> = {};
	/** Problems to go through, in order, and what they have in common; empty: they are all. */
	@property({ attribute: false }) accessor list: readonly string[] = [];
	@property({ attribute: false }) accessor listName = '';
	@state() private accessor page: TranscriptPage | undefined;
	@state() private accessor trouble = '';
	private asked = '';

	override willUpdate(changed: PropertyValues<this>): void {
		if (changed.has('place') || changed.has('problem') || changed.has('beside')) void this.load();
	}

	override render(): TemplateResult {
		const at = this.list.indexOf(this.problem);
		return html`<div @keydown=${this.onKey}>
			<div class="way">
				<button class="small" @click=${() => this.say('flex-back')}>← ${t('Result')}</button>
				<span class="where quiet number">${at < 0 ? nothing : this.listName === '' ? t('{0} of {1}', at + 1, this.list.length) : t('{0} of {1}, {2}', at + 1, this.list.length, this.listName)}</span>
				<button class="small" ?disabled=${at <= 0} @click=${() => this.step(-1)}>${t('Previous')}</button>
				<button class="small" ?disabled=${at < 0 || at >= this.list.length - 1} @click=${() => this.step(1)}>${t('Next')}</button>
			</div>
			<h1 tabindex="-1">${t('Problem {0}', visible(this.problem))}</h1>
			${this.trouble === '' ? this.body() : html`<p role="alert">${this.trouble}</p>`}
		</div>`;
	}

	override focus(): void {
		void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('h1')?.focus());
	}

	private body(): TemplateResult {
		const { page } = this;
		if (!page) return html`<p class="quiet" role="status">${t('Reading the answers…')}</p>`;
		return html`<div class="asked">
				${page.question === '' ? html`<p class="quiet">${t('The question can’t be shown: the problem set is not in this workspace any more.')}</p>` : html`<flex-rich .text=${page.question}></flex-rich>`}
				${page.expected === '' ? nothing : html`<p><span class="quiet">${page.openEnded ? t('A good answer:') : t('Expected:')}</span> ${visible(page.expected)}</p>`}
				${page.molecules ? html`<flex-molecules .shown=${asked(page)}></flex-molecules>` : nothing}
				${page.here ? html`<p><button class="link" @click=${() => this.openProblem()}>${t('Open the problem')}</button></p>` : nothing}
			</div>
			<div class="sides">${this.beside.map((arm, side) => this.side(page, arm, side))}</div>`;
	}

	private side(page: TranscriptPage, arm: string, side: number): TemplateResult {
		const outcome = outcomeAt(this.matrix, arm, this.matrix.problems.indexOf(this.problem));
		const own = page.transcripts.filter((transcript) => transcript.arm === arm);
		return html`<section aria-label=${nameOf(this.names, arm)}>
			<h2 class="hidden-text">${nameOf(this.names, arm)}</h2>
			<div class="side-head">
				<select aria-label=${side === 0 ? t('Arm on the left') : t('Arm on the right')} @change=${(event: Event) => this.onArm(event, side)}>
					${inOrder(this.matrix.arms, (one) => one).map(
						(one) => html`<option value=${one} .selected=${one === arm}>${nameOf(this.names, one)}</option>`,
					)}
				</select>
				<span class="outcome ${outcome === '+' ? 'right' : 'wrong'}"><span class="sign" aria-hidden="true">${signs[outcome]}</span> ${outcomeWord(outcome)}</span>
			</div>
			${
				own.length === 0
					? html`<p class="quiet">${outcome === '.' ? t('This arm has not answered it.') : t('Its words are not kept.')}</p>`
					: html`<flex-transcript .page=${{ ...page, transcripts: own }} .only=${arm} .shelf=${this.place?.folder}></flex-transcript>`
			}
		</section>`;
	}

	private async load(): Promise<void> {
		const { place, problem, beside } = this;
		if (!place || problem === '') return;
		const key = JSON.stringify([place, problem, beside]);
		this.asked = key;
		if (this.page?.problem !== problem) this.page = undefined;
		this.trouble = '';
		try {
			const page = await connection.ask('transcripts', { ...place, problem, arms: [...new Set(beside)] });
			if (key === this.asked) this.page = page;
		} catch (error) {
			if (key === this.asked) this.trouble = error instanceof Error ? error.message : String(error);
		}
	}

	private openProblem(): void {
		void attempt(() => connection.ask('open', { what: 'problem', set: this.set, problem: this.problem }));
	}

	private step(by: number): void {
		const next = this.list[this.list.indexOf(this.problem) + by];
		if (next !== undefined) this.say('flex-problem', next);
	}

	private onArm(event: Event, side: number): void {
		if (!(event.target instanceof HTMLSelectElement)) return;
		const [left, right] = this.beside;
		this.say('flex-beside', side === 0 ? [event.target.value, right] : [left, event.target.value]);
	}

	private onKey(event: KeyboardEvent): void {
		const [from] = event.composedPath();
		// A long line of code is scrolled with the same keys.
		if (from instanceof HTMLSelectElement || from instanceof HTMLPreElement) return;
		if (event.key === 'Escape') this.say('flex-back');
		if (event.key === 'ArrowLeft') this.step(-1);
		if (event.key === 'ArrowRight') this.step(1);
	}

	private say(name: string, detail?: unknown): void {
		this.dispatchEvent(new CustomEvent(name, { detail }));
	}
}
