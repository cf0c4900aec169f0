/** A benchmark while it goes on, or where it stopped: what is answered so far, how long it may take, and its steering. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { BoardArm } from '../../../src/core/learning/runBoardView.js';
import type { BoardPage, RunInfo, Steering } from '../../../src/protocol/runs.js';
import { connection } from '../../connection.js';
import { attempt } from '../../news.js';
import { base } from '../../styles.js';
import { count, duration, percent, t } from '../../words.js';
import { isLive } from './benchmarkState.js';
import { inOrder, nameOf } from './outcomes.js';

@customElement('flex-live-bench')
export class LiveBench extends LitElement {
	static override styles = [
		base,
		css`
			:host {
				display: block;
				max-width: 900px;
				container-type: inline-size;
			}
			h1 {
				margin: 6px 0;
				overflow-wrap: anywhere;
			}
			.buttons {
				display: flex;
				gap: 8px;
				margin: 14px 0 24px;
			}
			ul {
				list-style: none;
			}
			li {
				display: grid;
				grid-template-columns: 12em minmax(80px, 1fr) 15em;
				gap: 4px 18px;
				align-items: center;
				padding: 9px 0;
				border-bottom: 1px solid var(--line);
			}
			.figures {
				text-align: end;
			}
			svg {
				forced-color-adjust: none;
				display: block;
				width: 100%;
				height: 12px;
			}
			.track {
				fill: color-mix(in srgb, var(--quiet) 14%, transparent);
			}
			.answered {
				fill: color-mix(in srgb, var(--first) 35%, transparent);
			}
			.right {
				fill: var(--first);
			}
			.ours {
				font-weight: 600;
			}
			.key {
				display: flex;
				flex-wrap: wrap;
				gap: 2px 18px;
				margin-top: 10px;
			}
			.key svg {
				display: inline-block;
				width: 22px;
				height: 9px;
			}
			.warnings {
				margin-top: 20px;
			}
			@container (max-width: 620px) {
				li {
					grid-template-columns: minmax(0, 1fr) auto;
				}
				svg.bar {
					grid-row: 2;
					grid-column: 1 / -1;
				}
			}
		`,
	];

	@property({ attribute: false }) accessor board: BoardPage | undefined;
	@property({ attribute: false }) accessor names: Readonly<Record<string, string>> = {};

	override render(): TemplateResult | typeof nothing {
		if (!this.board) return nothing;
		const { run, board, leftMs, message } = this.board;
		const live = isLive(run.state);
		const left = live && leftMs !== undefined ? t('about {0} left', duration(leftMs)) : '';
		const facts = [run.set, run.model, t('{0} problems', count(board.problems)), left];
		return html`
			<p class="quiet number">${facts.filter((fact) => fact !== '').join(' · ')}</p>
			<h1 tabindex="-1">${this.heading(run)}</h1>
			<p>${live ? t('Nothing can be said before the end.') : t('It did not come to its end, so nothing can be said.')}</p>
			${message === '' ? nothing : html`<p class="quiet">${message}</p>`}
			${run.state === 'elsewhere' ? html`<p class="quiet">${t('It goes on in another window or on the command line: it can be watched here, not steered.')}</p>` : nothing}
			<div class="buttons">${this.buttons(run)}</div>
			${board.arms.length > 0 ? this.bars(board.arms, board.problems) : nothing}
			${
				board.warnings.length > 0
					? html`<div class="warnings">
							<h2 class="label">${t('To know')}</h2>
							${board.warnings.map(({ message: text, count: times }) => html`<p>! ${text} ${times > 1 ? html`<span class="quiet">(${t('{0} times', count(times))})</span>` : nothing}</p>`)}
						</div>`
					: nothing
			}
		`;
	}

	override focus(): void {
		void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('h1')?.focus());
	}

	private heading({ state }: RunInfo): string {
		const arms = this.board?.board.arms ?? [];
		const answered = arms.reduce((sum, arm) => sum + arm.answered, 0);
		if (state === 'preparing') return t('The benchmark is being prepared');
		const given = answered === 1 ? t('One answer so far') : t('{0} answers so far', count(answered));
		if (state === 'paused') return t('{0}, paused', given);
		if (state === 'stopping') return t('{0}, stopping', given);
		return isLive(state) ? given : t('{0}, then it stopped', given);
	}

	private buttons({ state, mine, resumable }: RunInfo): TemplateResult | typeof nothing {
		const button = (action: Steering, label: string, primary = false): TemplateResult =>
			html`<button class="small ${primary ? 'primary' : ''}" @click=${() => this.steer(action)}>${label}</button>`;
		if (!isLive(state)) return resumable ? button('resume', t('Resume'), true) : nothing;
		if (!mine) return nothing;
		if (state === 'paused') return html`${button('continue', t('Continue'), true)} ${button('stop', t('Stop'))}`;
		if (state === 'running') return html`${button('pause', t('Pause'))} ${button('stop', t('Stop'))}`;
		return state === 'preparing' ? button('stop', t('Stop')) : nothing;
	}

	private bars(arms: readonly BoardArm[], problems: number): TemplateResult {
		return html`<h2 class="label">${t('By arm')}</h2>
			<ul>
				${inOrder(arms, ({ arm }) => arm).map((arm) => this.bar(arm, problems))}
			</ul>
			<div class="key quiet" aria-hidden="true">
				<span><svg><rect class="right" width="100%" height="100%" rx="3"></rect></svg> ${t('right')}</span>
				<span><svg><rect class="answered" width="100%" height="100%" rx="3"></rect></svg> ${t('answered')}</span>
			</div>`;
	}

	private bar({ arm, answered, right }: BoardArm, problems: number): TemplateResult {
		const whole = Math.max(1, problems, answered);
		const ours = arm === 'flex';
		return html`<li class=${ours ? 'ours' : ''}>
			<span>${nameOf(this.names, arm)}</span>
			<svg class="bar" aria-hidden="true">
				<rect class="track" width="100%" height="100%" rx="4"></rect>
				<rect class="answered" width="${(100 * answered) / whole}%" height="100%" rx="4"></rect>
				<rect class="right" width="${(100 * right) / whole}%" height="100%" rx="4"></rect>
			</svg>
			<span class="figures number">${t('{0} right of {1}', count(right), count(answered))}${answered > 0 ? ` · ${percent(right / answered)}` : ''}</span>
		</li>`;
	}

	private steer(action: Steering): void {
		if (!this.board) return;
		const { folder, id } = this.board.run;
		void attempt(() => connection.ask('steer', { folder, run: id, action }));
	}
}
