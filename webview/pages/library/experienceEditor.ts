/** Editing in place: the texts that models read, checked by the extension before they are kept. */
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Experience } from '../../../src/core/experience/experience.js';
import type { ExperienceDraft, FieldFault } from '../../../src/protocol/library.js';
import { connection } from '../../connection.js';
import { attempt, tellCurated } from '../../news.js';
import { base } from '../../styles.js';
import { t } from '../../words.js';

@customElement('flex-experience-editor')
export class ExperienceEditor extends LitElement {
	static override styles = [
		base,
		css`
			form {
				display: grid;
				gap: 14px;
			}
			label,
			fieldset {
				display: grid;
				gap: 4px;
			}
			fieldset {
				margin: 0;
				padding: 10px 0 10px 14px;
				border: 0;
				border-inline-start: 2px solid var(--line);
			}
			textarea {
				width: 100%;
				resize: vertical;
				line-height: 1.5;
				field-sizing: content;
				min-height: 4.2em;
			}
			input[type='text'] {
				width: 100%;
			}
			[aria-invalid='true'] {
				border-color: var(--vscode-inputValidation-errorBorder, var(--bad));
			}
			.fault {
				color: var(--vscode-errorForeground);
			}
			.buttons {
				display: flex;
				gap: 6px;
			}
		`,
	];

	@property({ attribute: false }) accessor shelf = '';
	@property({ attribute: false }) accessor experience: Experience | undefined;
	@state() private accessor draft: ExperienceDraft | undefined;
	@state() private accessor faults: readonly FieldFault[] = [];
	/** What the person began with; a newer revision is theirs to decide about. */
	private baseRev = 0;

	override willUpdate(changed: PropertyValues<this>): void {
		if (!changed.has('experience') || this.draft || !this.experience) return;
		const { title, when, strategy, patterns, domains, priority, rev } = this.experience;
		this.baseRev = rev;
		this.draft = {
			title,
			when: when.text,
			strategy: strategy.text,
			patterns: patterns.map(({ id, rule, examples }) => ({ id, rule, examples })),
			domains,
			priority,
		};
	}

	override firstUpdated(): void {
		this.renderRoot.querySelector<HTMLElement>('input')?.focus();
	}

	override render(): TemplateResult | typeof nothing {
		const { draft } = this;
		if (!draft) return nothing;
		return html`<form @submit=${this.onSubmit} @keydown=${this.onKey} aria-label=${t('Edit the experience')}>
			${this.field('title', t('Title'), draft.title, (title) => ({ title }), true)}
			${this.field('when', t('When it applies'), draft.when, (when) => ({ when }))}
			${this.field('strategy', t('Strategy'), draft.strategy, (strategy) => ({ strategy }))}
			${draft.patterns.map((pattern, at) => this.pattern(pattern, at))}
			<div><button type="button" class="small" @click=${() => this.addPattern()}>${t('Add a pattern')}</button></div>
			${this.field('domains', t('Domains, separated by commas'), draft.domains.join(', '), (text) => ({ domains: listOf(text) }), true)}
			<label>
				<span>${t('Priority, 1 to 5')}</span>
				<select @change=${(event: Event) => this.change({ priority: Number(textOf(event)) })}>
					${[1, 2, 3, 4, 5].map((one) => html`<option value=${one} ?selected=${one === draft.priority}>${one}</option>`)}
				</select>
			</label>
			${this.faultOf('')}
			<div class="buttons">
				<button class="small primary" type="submit">${t('Save')}</button>
				<button class="small" type="button" @click=${() => this.done()}>${t('Cancel')}</button>
			</div>
			<p class="quiet">${t('Cases, scope and provenance are edited in the document.')}</p>
		</form>`;
	}

	private pattern({ rule, examples }: ExperienceDraft['patterns'][number], at: number): TemplateResult {
		const set = (part: Partial<ExperienceDraft['patterns'][number]>): Partial<ExperienceDraft> => ({
			patterns: (this.draft?.patterns ?? []).map((one, index) => (index === at ? { ...one, ...part } : one)),
		});
		return html`<fieldset>
			<legend class="hidden-text">${t('Pattern {0}', at + 1)}</legend>
			${this.field(`patterns.${at}.rule`, t('Pattern {0}', at + 1), rule, (text) => set({ rule: text }))}
			${this.field(`patterns.${at}.examples`, t('Examples, one a line'), examples.join('\n'), (text) => set({ examples: linesOf(text) }))}
			<div><button type="button" class="link" @click=${() => this.dropPattern(at)}>${t('Remove this pattern')}</button></div>
		</fieldset>`;
	}

	private field(
		name: string,
		label: string,
		value: string,
		part: (text: string) => Partial<ExperienceDraft>,
		oneLine = false,
	): TemplateResult {
		const wrong = this.faults.some(({ field }) => field.startsWith(name));
		const onInput = (event: Event): void => this.change(part(textOf(event)));
		const described = wrong ? `fault-${name}` : nothing;
		return html`<label>
			<span>${label}</span>
			${
				oneLine
					? html`<input type="text" .value=${value} aria-invalid=${wrong} aria-describedby=${described} @change=${onInput} />`
					: html`<textarea .value=${value} aria-invalid=${wrong} aria-describedby=${described} @change=${onInput}></textarea>`
			}
			${this.faultOf(name)}
		</label>`;
	}

	private faultOf(name: string): TemplateResult | typeof nothing {
		const own = this.faults.filter(({ field }) => (name === '' ? field === '' : field.startsWith(name)));
		if (own.length === 0) return nothing;
		return html`<span class="fault" role="alert" id="fault-${name}">${own.map(({ message }) => message).join(' ')}</span>`;
	}

	private change(part: Partial<ExperienceDraft>): void {
		if (this.draft) this.draft = { ...this.draft, ...part };
	}

	private addPattern(): void {
		this.change({ patterns: [...(this.draft?.patterns ?? []), { id: '', rule: '', examples: [] }] });
	}

	private dropPattern(at: number): void {
		this.change({ patterns: (this.draft?.patterns ?? []).filter((_, index) => index !== at) });
	}

	private onKey(event: KeyboardEvent): void {
		if (event.key === 'Escape') this.done();
		if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
			if (event.target instanceof HTMLElement) event.target.blur();
			void this.save();
		}
	}

	private onSubmit(event: Event): void {
		event.preventDefault();
		void this.save();
	}

	private async save(): Promise<void> {
		const { shelf, experience, draft, baseRev } = this;
		if (!experience || !draft) return;
		const answer = await attempt(() => connection.ask('save', { shelf, id: experience.id, baseRev, draft }));
		if (!answer) return;
		if ('faults' in answer) {
			this.faults = answer.faults;
			await this.updateComplete;
			this.renderRoot.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
			return;
		}
		tellCurated(answer.saved);
		this.done();
	}

	private done(): void {
		this.dispatchEvent(new CustomEvent('flex-done'));
	}
}

function textOf(event: Event): string {
	const { target } = event;
	return target instanceof HTMLInputElement ||
		target instanceof HTMLTextAreaElement ||
		target instanceof HTMLSelectElement
		? target.value
		: '';
}

function listOf(text: string): readonly string[] {
	return text
		.split(',')
		.map((part) => part.trim())
		.filter(Boolean);
}

function linesOf(text: string): readonly string[] {
	return text
		.split('\n')
		.map((line) => line.trim())
		.filter(Boolean);
}
