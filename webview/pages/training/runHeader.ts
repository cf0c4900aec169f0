/** How a run stands: where it is, what it found, what it spent, and the buttons that steer it. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { BoardPage, Steering } from '../../../src/protocol/runs.js';
import { base } from '../../styles.js';
import { brief, count, duration, percent, t } from '../../words.js';

@customElement('flex-run-header')
export class RunHeader extends LitElement {
	static override styles = [
		base,
		css`
			:host {
				display: flex;
				flex-wrap: wrap;
				gap: 12px 28px;
				align-items: center;
				padding: 14px 24px;
				border-bottom: 1px solid var(--line);
			}
			.where {
				flex: 0 1 auto;
				min-width: 130px;
			}
			.big {
				font-size: 1.3em;
				font-weight: 600;
				line-height: 1.3;
				font-variant-numeric: tabular-nums;
				white-space: nowrap;
			}
			progress {
				flex: 1 1 160px;
				min-width: 100px;
				height: 8px;
				appearance: none;
				border: 1px solid var(--edge);
				border-radius: 4px;
				background: var(--soft);
				overflow: hidden;
			}
			progress::-webkit-progress-bar {
				background: var(--soft);
			}
			progress::-webkit-progress-value {
				background: var(--vscode-progressBar-background, var(--accent));
			}
			@media (forced-colors: active) {
				progress::-webkit-progress-value {
					forced-color-adjust: none;
					background: Highlight;
				}
			}
			dl {
				display: flex;
				flex-wrap: wrap;
				gap: 10px 26px;
			}
			dt {
				font-size: 0.88em;
				color: var(--quiet);
			}
			.buttons {
				display: flex;
				gap: 6px;
			}
		`,
	];

	@property({ attribute: false }) accessor page: BoardPage | undefined;

	override render(): TemplateResult | typeof nothing {
		if (!this.page) return nothing;
		const { run, board } = this.page;
		const { done, total } = progressOf(this.page);
		return html`
			<div class="where">
				<div class="quiet">${run.set} · ${kindWord(run.kind)}</div>
				<div class="big">${this.where(this.page)}</div>
			</div>
			<progress max=${Math.max(1, total)} value=${Math.min(done, total)} aria-label=${t('{0} of {1} problems', count(done), count(total))}></progress>
			<dl>
				${this.figure(t('Solved at once'), run.accuracy === undefined ? '–' : percent(run.accuracy))}
				${board.kind === 'train' ? this.figure(t('Learned'), count(board.learned)) : nothing}
				${this.figure(t('Tokens'), brief(board.spending.reduce((sum, { tokensIn, tokensOut }) => sum + tokensIn + tokensOut, 0)))}
				${this.cost(this.page)} ${this.time(this.page)}
			</dl>
			<div class="buttons">${this.buttons(this.page)}</div>
		`;
	}

	private where({ run, board }: BoardPage): string {
		if (board.paused) return t('Paused');
		if (run.state === 'preparing') return t('Starting');
		if (run.state === 'stopping') return t('Stopping');
		if (board.kind === 'train' && (run.state === 'running' || run.state === 'elsewhere')) {
			return t('Epoch {0} of {1}', Math.min(board.byEpoch.length || 1, board.epochs), board.epochs);
		}
		const words: Readonly<Record<string, string>> = {
			running: t('Running'),
			elsewhere: t('Running elsewhere'),
			done: t('Done'),
			stopped: t('Stopped'),
			budget: t('Stopped by the budget'),
			killed: t('Broken off'),
			failed: t('Failed'),
			damaged: t('Damaged'),
		};
		return words[run.state] ?? run.state;
	}

	private cost({ board, budgets, currency }: BoardPage): TemplateResult | typeof nothing {
		const cap = budgets.find(({ unit }) => unit === 'cost');
		const costs = board.spending.map(({ cost }) => cost);
		const known = costs.length > 0 && costs.every((cost) => cost !== undefined);
		if (!known && !cap) return nothing;
		const spent = known ? costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0).toFixed(2) : '?';
		const text = cap ? `${spent} / ${cap.limit} ${currency}` : `${spent} ${currency}`;
		return this.figure(cap ? t('Cost, of cap') : t('Cost'), text.trim());
	}

	private time({ board, leftMs }: BoardPage): TemplateResult {
		return leftMs === undefined
			? this.figure(t('Time'), duration(board.activeMs))
			: this.figure(t('Left'), t('about {0}', duration(leftMs)));
	}

	private figure(label: string, value: string): TemplateResult {
		return html`<div>
			<dt>${label}</dt>
			<dd class="big">${value}</dd>
		</div>`;
	}

	private buttons({ run, board }: BoardPage): readonly TemplateResult[] {
		if (run.mine) {
			return [
				board.paused || run.state === 'paused'
					? this.button('continue', t('Continue'), true)
					: this.button('pause', t('Pause')),
				this.button('stop', t('Stop')),
			];
		}
		return run.resumable ? [this.button('resume', t('Resume'), true)] : [];
	}

	private button(action: Steering, label: string, primary = false): TemplateResult {
		const steer = (): boolean => this.dispatchEvent(new CustomEvent<Steering>('flex-steer', { detail: action }));
		return html`<vscode-button appearance=${primary ? 'primary' : 'secondary'} @click=${steer}>${label}</vscode-button>`;
	}
}

/** Problems that are finished, over all epochs, or answers of a benchmark. */
export function progressOf({ board }: Pick<BoardPage, 'board'>): { readonly done: number; readonly total: number } {
	if (board.kind === 'train') {
		const done = board.byEpoch.reduce((sum, { problems }) => sum + problems, 0);
		return { done, total: board.problems * Math.max(1, board.epochs) };
	}
	const done = Math.max(0, ...board.arms.map(({ answered }) => answered));
	return { done, total: Math.max(board.problems, done) };
}

function kindWord(kind: BoardPage['run']['kind']): string {
	const words: Readonly<Record<string, string>> = {
		train: t('training'),
		bench: t('benchmark'),
		tune: t('tuning'),
		curve: t('scaling curve'),
		matrix: t('inheritance'),
	};
	return words[kind] ?? '';
}
