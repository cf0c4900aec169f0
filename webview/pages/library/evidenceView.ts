/** Whether an experience helps: how often it was used, and what paired evidence says, with the pairs behind it. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { EvidenceInfo, ExperiencePage } from '../../../src/protocol/library.js';
import '../../components/intervalBar.js';
import { go } from '../../go.js';
import { base } from '../../styles.js';
import { count, signed, t } from '../../words.js';

/** Under so many pairs nothing is said of the effect. */
const fewestPairs = 10;

@customElement('flex-evidence')
export class EvidenceView extends LitElement {
	static override styles = [
		base,
		css`
			.effect {
				display: grid;
				grid-template-columns: auto minmax(120px, 260px) auto;
				gap: 4px 14px;
				align-items: center;
			}
			.range {
				grid-column: 3;
			}
			.helps {
				color: var(--good);
			}
			.hurts {
				color: var(--bad);
			}
			details {
				margin-top: 8px;
			}
			table {
				max-width: 60ch;
			}
		`,
	];

	@property({ attribute: false }) accessor shelf = '';
	@property({ attribute: false }) accessor page: ExperiencePage | undefined;

	override render(): TemplateResult | typeof nothing {
		if (!this.page) return nothing;
		const { uses, evidence } = this.page;
		return html`
			${evidence ? this.effect(evidence) : html`<p>${t('Not known yet: no problem was asked with it and without it.')}</p>`}
			<p class="quiet number">
				${
					uses.used === 0
						? t('It was in no prompt yet.')
						: t(
								'Used {0} times; {1} of these problems were then solved. That alone says nothing about its worth.',
								count(uses.used),
								count(uses.solved),
							)
				}
				${uses.helpful + uses.unhelpful > 0 ? t('Found helpful {0} times, not helpful {1} times.', uses.helpful, uses.unhelpful) : nothing}
			</p>
			${evidence && evidence.list.length > 0 ? this.pairs(evidence) : nothing}
		`;
	}

	private effect(evidence: EvidenceInfo): TemplateResult {
		const { effect, interval, pairs, verdict } = evidence;
		const verdicts: Readonly<Record<EvidenceInfo['verdict'], string>> = {
			helps: t('It helps.'),
			hurts: t('It hurts.'),
			'no evidence': t('No evidence either way.'),
			unknown: pairs > 0 ? t('Too few pairs to say: {0} of {1}.', pairs, fewestPairs) : t('Too little to say.'),
		};
		const range = interval ? t('95 % from {0} to {1}', signed(interval[0]), signed(interval[1])) : '';
		return html`<p>
				<strong class=${verdict}>${verdicts[verdict]}</strong>
				${pairs > 0 ? pairWords(evidence) : nothing}
			</p>
			${evidence.drawn ? html`<p>${drawnWords(evidence.drawn)}</p>` : nothing}
			${
				interval
					? html`<div class="effect">
							<span>${t('Effect on accuracy')}</span>
							<flex-interval
								.low=${interval[0]}
								.value=${effect}
								.high=${interval[1]}
								.min=${-1}
								.max=${1}
								.zero=${0}
								.label=${`${t('Effect on accuracy')} ${signed(effect)}, ${range}`}
							></flex-interval>
							<span class="number ${verdict}">${signed(effect)}</span>
							<span class="quiet number range">${range}</span>
						</div>`
					: nothing
			}`;
	}

	private pairs({ list, pairs }: EvidenceInfo): TemplateResult {
		return html`<details>
			<summary>${t('The pairs behind it')}</summary>
			<table>
				<thead>
					<tr>
						<th>${t('Problem')}</th>
						<th>${t('With experience')}</th>
						<th>${t('Without')}</th>
					</tr>
				</thead>
				<tbody>
					${list.map(
						({ run, problem, withSolved, withoutSolved }) => html`<tr>
							<td><button class="link" @click=${() => this.follow(run, problem)}>${problem}</button></td>
							<td>${outcome(withSolved)}</td>
							<td>${outcome(withoutSolved)}</td>
						</tr>`,
					)}
				</tbody>
			</table>
			${pairs > list.length ? html`<p class="quiet">${t('The newest {0} of {1}.', list.length, count(pairs))}</p>` : nothing}
		</details>`;
	}

	private follow(run: string, problem: string): void {
		go(this, { page: 'benchmark', run: { folder: this.shelf, run }, problem });
	}
}

function pairWords({ basis, pairs, helped, hurt }: EvidenceInfo): string {
	const counts = [count(pairs), count(helped), count(hurt)];
	return basis === 'benchmarks'
		? t(
				'Of {0} problems asked with what was found, this among it, and with nothing, {1} were solved only with it and {2} only without it.',
				...counts,
			)
		: t(
				'Of {0} problems asked with it and with it alone left out, {1} were solved only with it and {2} only without it.',
				...counts,
			);
}

function drawnWords(drawn: NonNullable<EvidenceInfo['drawn']>): string {
	const { given, givenSolved, withheld, withheldSolved } = drawn;
	const counts = [givenSolved, given, withheldSolved, withheld].map(count);
	return t(
		'In trainings {0} of {1} problems were solved at once where it was given, and {2} of {3} where it was withheld at random.',
		...counts,
	);
}

function outcome(solved: boolean): string {
	return solved ? `✓ ${t('solved')}` : `✗ ${t('not solved')}`;
}
