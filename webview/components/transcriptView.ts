/** What happened at one problem: each attempt, round by round, as it was asked, answered, judged and advised. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Verdict } from '../../src/core/tasks/task.js';
import type { Transcript, TranscriptMessage, TranscriptPage, TranscriptRound } from '../../src/protocol/runs.js';
import { go } from '../go.js';
import { base } from '../styles.js';
import { count, t } from '../words.js';
import './molecules.js';
import type { ShownMolecules } from './molecules.js';
import './richText.js';
import { visible } from './visibleText.js';

@customElement('flex-transcript')
export class TranscriptView extends LitElement {
	static override styles = [
		base,
		css`
			:host {
				display: block;
			}
			section {
				padding: 14px 0 18px;
				border-bottom: 1px solid var(--line);
			}
			section:last-of-type {
				border-bottom: 0;
			}
			/* No heading: what level it would have depends on the page around it. */
			.title {
				font-weight: 600;
			}
			.round {
				margin-top: 12px;
				padding-inline-start: 14px;
				border-inline-start: 2px solid var(--line);
			}
			.round > * + * {
				margin-top: 8px;
			}
			.head {
				display: flex;
				flex-wrap: wrap;
				gap: 2px 14px;
				align-items: baseline;
			}
			.verdict {
				white-space: nowrap;
			}
			.sign {
				font-weight: 600;
			}
			.correct .sign {
				color: var(--good);
			}
			.incorrect .sign {
				color: var(--bad);
			}
			.answer {
				overflow-wrap: anywhere;
			}
			summary {
				width: fit-content;
				color: var(--quiet);
				cursor: pointer;
			}
			.message {
				margin: 8px 0 0;
				padding-inline-start: 14px;
			}
			.advice {
				padding: 8px 14px;
				border-inline-start: 2px solid var(--advised);
				background: var(--soft);
			}
			ul {
				display: inline;
				list-style: none;
			}
			li {
				display: inline;
				overflow-wrap: anywhere;
			}
			li + li::before {
				content: ' · ';
				color: var(--quiet);
			}
		`,
	];

	@property({ attribute: false }) accessor page: TranscriptPage | undefined;
	/** The arm whose attempts are shown; undefined: all. */
	@property({ attribute: false }) accessor only: string | undefined;
	/** Whose library the experiences are in; undefined: the one that was looked at last. */
	@property({ attribute: false }) accessor shelf: string | undefined;

	override render(): TemplateResult | typeof nothing {
		const { page, only } = this;
		if (!page) return nothing;
		const shown = page.transcripts.filter(({ arm }) => only === undefined || arm === only);
		if (shown.length === 0) return html`<p class="quiet">${t('No attempt at this problem was recorded.')}</p>`;
		return html`${shown.map((transcript) => this.transcript(transcript, shown))}`;
	}

	private transcript(transcript: Transcript, shown: readonly Transcript[]): TemplateResult {
		const { rounds } = transcript;
		return html`<section>
			<p class="title">${titleOf(transcript, shown)}</p>
			${
				rounds.length === 0
					? html`<p class="quiet">${t('Nothing was answered.')}</p>`
					: rounds.map((round) => this.round(round, rounds.length))
			}
		</section>`;
	}

	private round(round: TranscriptRound, rounds: number): TemplateResult {
		const { messages, text, cut, answer, verdict, score, advice } = round;
		const { scoreName } = this.page ?? {};
		return html`<div class="round">
			<div class="head">
				${rounds > 1 ? html`<span class="label">${t('Round {0}', round.round + 1)}</span>` : nothing} ${verdictOf(verdict)}
				${scoreName === undefined || score === undefined ? nothing : html`<span class="number"><span class="quiet">${scoreName}</span> ${score.toFixed(3).replace('-', '−')}</span>`}
				${answer === '' ? nothing : html`<span class="answer"><span class="quiet">${t('Answer:')}</span> ${visible(answer)}</span>`}
			</div>
			${this.page?.molecules && answer !== '' ? html`<flex-molecules .shown=${proposals(answer)}></flex-molecules>` : nothing}
			${this.retrieved(round)}
			${
				messages.length === 0
					? nothing
					: html`<details>
							<summary>${t('What the model was given')}</summary>
							${messages.map(message)}
						</details>`
			}
			${text === '' ? html`<p class="quiet">${t('It wrote nothing.')}</p>` : html`<flex-rich .text=${text}></flex-rich>`}
			${cut ? cutNote() : nothing}
			${
				advice === ''
					? nothing
					: html`<div class="advice" role="note" aria-label=${t('Advice')}>
							<p class="label">${t('Advice')}</p>
							<flex-rich .text=${advice}></flex-rich>
						</div>`
			}
		</div>`;
	}

	private retrieved({ retrieved }: TranscriptRound): TemplateResult | typeof nothing {
		if (retrieved.length === 0) return nothing;
		const label =
			retrieved.length === 1
				? t('It was given one experience:')
				: t('It was given {0} experiences:', count(retrieved.length));
		return html`<div>
			<span class="quiet">${label}</span>
			<ul>
				${retrieved.map(
					({ id, title }) =>
						html`<li>
							<button class="link" @click=${() => go(this, { page: 'library', shelf: this.shelf, id })}>
								${title === '' ? t('Without a title') : visible(title)}
							</button>
						</li>`,
				)}
			</ul>
		</div>`;
	}
}

/** Up to three, the likeliest first. */
function proposals(answer: string): readonly ShownMolecules[] {
	const texts = answer.split('\n').slice(0, 3);
	return texts.map((text, rank) => ({ text, caption: texts.length > 1 ? t('Proposal {0}', rank + 1) : '' }));
}

/** Only what tells this attempt from the others that are shown. */
function titleOf({ epoch, rollout, arm }: Transcript, shown: readonly Transcript[]): string {
	// In a benchmark they are answers beside each other, none of which knows of another.
	const attempt = arm === '' ? t('Attempt {0}', rollout + 1) : t('Answer {0}', rollout + 1);
	return shown.some((other) => other.epoch !== epoch) ? `${t('Epoch {0}', epoch + 1)} · ${attempt}` : attempt;
}

function message({ role, text, cut }: TranscriptMessage): TemplateResult {
	return html`<div class="message">
		<p class="label">${roleWords()[role] ?? visible(role)}</p>
		<flex-rich .text=${text}></flex-rich>
		${cut ? cutNote() : nothing}
	</div>`;
}

function cutNote(): TemplateResult {
	return html`<p class="quiet">${t('The text is longer; the rest is not shown here.')}</p>`;
}

function verdictOf(verdict: Verdict): TemplateResult {
	const { sign, word } = verdictWords()[verdict];
	return html`<span class="verdict ${verdict}"><span class="sign" aria-hidden="true">${sign}</span> ${word}</span>`;
}

function verdictWords(): Readonly<Record<Verdict, { readonly sign: string; readonly word: string }>> {
	return {
		correct: { sign: '✓', word: t('right') },
		incorrect: { sign: '✗', word: t('wrong') },
		invalid: { sign: '!', word: t('unusable') },
	};
}

function roleWords(): Readonly<Record<string, string>> {
	return {
		system: t('Instructions'),
		user: t('Task'),
		assistant: t('Its answer before'),
		tool: t('What a tool gave back'),
	};
}
