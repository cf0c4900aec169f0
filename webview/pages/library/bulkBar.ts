/** What can be done with several experiences at once: with those that are chosen, or with all that wait. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { PanelDecision } from '../../../src/protocol/library.js';
import { base } from '../../styles.js';
import { count, t } from '../../words.js';

@customElement('flex-bulk-bar')
export class BulkBar extends LitElement {
	static override styles = [
		base,
		css`
			:host {
				display: flex;
				flex-wrap: wrap;
				gap: 6px;
				align-items: center;
				padding: 8px 14px;
				border-bottom: 1px solid var(--line);
				background: var(--soft);
			}
			form {
				display: flex;
				gap: 6px;
				flex: 1 0 100%;
			}
			input[type='text'] {
				flex: 1;
				min-width: 0;
			}
		`,
	];

	/** 0: all that the list shows are meant. */
	@property({ attribute: false }) accessor chosen = 0;
	@property({ attribute: false }) accessor total = 0;
	@property({ attribute: false }) accessor mode: 'waiting' | 'unread' | 'any' = 'any';
	@property({ attribute: false }) accessor readOnly = false;
	@state() private accessor tagging = false;

	override render(): TemplateResult {
		const n = this.chosen || this.total;
		return html`
			<span role="status">${this.chosen > 0 ? t('{0} chosen', count(n)) : this.queueText(n)}</span>
			${
				this.mode === 'waiting'
					? html`${this.button(t('Accept all'), 'accept', true)} ${this.button(t('Reject all'), 'reject')}`
					: nothing
			}
			${this.mode === 'unread' ? this.button(t('Mark all as read'), 'accept', true) : nothing}
			${
				this.chosen > 0
					? html`${this.mode === 'any' ? html`${this.button(t('Retire'), 'retire')} ${this.button(t('Star'), 'star')} ${this.button(t('Pin'), 'pin')}` : nothing}
							<button class="small" ?disabled=${this.readOnly} aria-expanded=${this.tagging} @click=${() => this.toggleTags()}>
								${t('Domains…')}
							</button>
							<button class="link" @click=${() => this.emit('flex-none')}>${t('Choose none')}</button>`
					: nothing
			}
			${this.chosen > 0 && this.chosen < this.total ? html`<button class="link" @click=${() => this.emit('flex-all')}>${t('Choose all {0}', count(this.total))}</button>` : nothing}
			${this.tagging && this.chosen > 0 ? this.tags() : nothing}
		`;
	}

	private queueText(n: number): string {
		if (this.mode === 'waiting') return n === 1 ? t('1 waits for you') : t('{0} wait for you', count(n));
		return n === 1 ? t('1 not read yet') : t('{0} not read yet', count(n));
	}

	private tags(): TemplateResult {
		return html`<form @submit=${this.onTags}>
			<input type="text" name="tags" aria-label=${t('Domains to add, or with a minus to remove, separated by commas')} placeholder=${t('add, −remove')} />
			<button class="small primary" type="submit">${t('Apply')}</button>
		</form>`;
	}

	private button(label: string, decision: PanelDecision, primary = false): TemplateResult {
		return html`<button
			class="small ${primary ? 'primary' : ''}"
			?disabled=${this.readOnly || (this.chosen || this.total) === 0}
			@click=${() => this.emit('flex-decide', decision)}
		>
			${label}
		</button>`;
	}

	private toggleTags(): void {
		this.tagging = !this.tagging;
	}

	private onTags(event: SubmitEvent): void {
		event.preventDefault();
		const text = event.target instanceof HTMLFormElement ? String(new FormData(event.target).get('tags') ?? '') : '';
		const tags = text
			.split(',')
			.map((tag) => tag.trim())
			.filter(Boolean);
		const minus = /^[-−]\s*/u;
		const remove = tags.filter((tag) => minus.test(tag)).map((tag) => tag.replace(minus, ''));
		this.emit('flex-retag', { add: tags.filter((tag) => !minus.test(tag)), remove });
		this.tagging = false;
	}

	private emit(name: string, detail?: unknown): void {
		this.dispatchEvent(new CustomEvent(name, { detail }));
	}
}
