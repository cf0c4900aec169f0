/** A new benchmark: which problems, which arms, with what, and what it would take, before anything is spent. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { BenchArm, BenchEstimate, BenchOptions, BenchPlan, BenchSet } from '../../../src/protocol/benchmarks.js';
import type { RunPlace } from '../../../src/protocol/runs.js';
import { connection } from '../../connection.js';
import { attempt } from '../../news.js';
import { base } from '../../styles.js';
import { count, t } from '../../words.js';
import { planFormStyles } from './planFormStyles.js';
import { mostSamples, planFrom, problemsIn, seeds } from './planValues.js';

/** Milliseconds without a change after which it is asked what it would take. */
const settled = 300;

@customElement('flex-plan-form')
export class PlanForm extends LitElement {
	static override styles = [base, planFormStyles];

	@property({ attribute: false }) accessor options: BenchOptions | undefined;
	/** What the form was left with. */
	@property({ attribute: false }) accessor kept: Partial<BenchPlan> = {};
	@state() private accessor plan: BenchPlan | undefined;
	@state() private accessor estimate: BenchEstimate | { readonly trouble: string } | undefined;
	/** The estimate that is shown is of an earlier plan. */
	@state() private accessor estimating = false;
	@state() private accessor starting = false;
	private timer: ReturnType<typeof setTimeout> | undefined;
	private asked = 0;

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		clearTimeout(this.timer);
		this.asked++;
	}

	override willUpdate(changed: PropertyValues<this>): void {
		if (!changed.has('options') || !this.options) return;
		this.plan = planFrom(this.options, this.plan ?? this.kept);
		this.estimateSoon();
	}

	override render(): TemplateResult {
		const { options, plan } = this;
		if (!options || !plan) return html`<p class="quiet" role="status">${t('Looking at what can be measured…')}</p>`;
		const set = options.sets.find(({ key }) => key === plan.set);
		return html`
			<h1 tabindex="-1">${t('New benchmark')}</h1>
			<p class="quiet lead">${t('The same problems are given to every arm; nothing is learned from them. Then it is said in words whether experience made a difference.')}</p>
			<form @submit=${(event: Event) => event.preventDefault()}>
				<div class="fields">
					${this.problems(options, plan, set)} ${this.arms(options.arms, plan)} ${this.means(options, plan)}
				</div>
				<div class="takes">${this.takes(options, plan)}</div>
			</form>
		`;
	}

	override focus(): void {
		void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('h1')?.focus());
	}

	private problems({ sets }: BenchOptions, plan: BenchPlan, set: BenchSet | undefined): TemplateResult {
		const n = problemsIn(set, plan.split);
		return html`<fieldset>
			<legend>${t('Problems')}</legend>
			<label class="field">
				<span>${t('Problem set')}</span>
				<select @change=${(event: Event) => this.change({ set: valueIn(event), limit: 0 })}>
					${sets.map(({ key, name }) => html`<option value=${key} .selected=${key === plan.set}>${name}</option>`)}
				</select>
			</label>
			${set && set.description !== '' ? html`<p class="quiet about">${set.description}</p>` : nothing}
			<div class="choices" role="radiogroup" aria-label=${t('Split')}>
				${(set?.splits ?? []).map(
					({ split, n: of }) => html`<label class="choice">
						<input type="radio" name="split" value=${split} .checked=${split === plan.split} @change=${() => this.change({ split, limit: 0 })} />
						<span><strong>${split}</strong> <span class="quiet number">${t('{0} problems', count(of))}</span><br /><span class="quiet">${aboutSplit(split)}</span></span>
					</label>`,
				)}
			</div>
			<label class="field">
				<span>${t('How many')}</span>
				<span>
					<input
						type="number"
						min="1"
						max=${n}
						step="1"
						placeholder=${t('all {0}', count(n))}
						.value=${plan.limit === 0 ? '' : String(plan.limit)}
						@input=${(event: Event) => this.change({ limit: limitOf(valueIn(event), n) })}
					/>
					<span class="quiet">${t('Empty: all of them. More problems show smaller differences.')}</span>
				</span>
			</label>
		</fieldset>`;
	}

	private arms(arms: readonly BenchArm[], plan: BenchPlan): TemplateResult {
		return html`<fieldset>
			<legend>${t('Arms')}</legend>
			<div class="choices two">
				${arms.map(
					({ arm, name, description, free }) => html`<label class="choice">
						<input type="checkbox" value=${arm} .checked=${plan.arms.includes(arm)} @change=${() => this.toggle(arm)} />
						<span><strong>${name}</strong>${free ? html` <span class="quiet">${t('asks no model')}</span>` : nothing}<br /><span class="quiet">${description}</span></span>
					</label>`,
				)}
			</div>
		</fieldset>`;
	}

	private means({ models, libraries }: BenchOptions, plan: BenchPlan): TemplateResult {
		return html`<fieldset>
			<legend>${t('With')}</legend>
			<label class="field">
				<span>${t('Model')}</span>
				<select @change=${(event: Event) => this.change({ model: valueIn(event) })}>
					${models.map(({ id, name }) => html`<option value=${id} .selected=${id === plan.model}>${name}</option>`)}
				</select>
			</label>
			<label class="field">
				<span>${t('Library')}</span>
				<select @change=${(event: Event) => this.change({ library: valueIn(event) })}>
					<option value="" .selected=${plan.library === ''}>${t('That of the problem set’s folder')}</option>
					${libraries.map(({ key, name, experiences }) => html`<option value=${key} .selected=${key === plan.library}>${t('{0} ({1} experiences)', name, count(experiences))}</option>`)}
				</select>
			</label>
			<label class="field">
				<span>${t('Answers')}</span>
				<span>
					<input
						type="number"
						name="samples"
						min="1"
						max=${mostSamples}
						step="1"
						.value=${String(plan.samples)}
						@change=${(event: Event) => this.change({ samples: samplesOf(valueIn(event)) })}
					/>
					<span class="quiet">${t('To each problem. Several show how sure the model is: their mean, and the vote of their majority.')}</span>
				</span>
			</label>
			<label class="field">
				<span>${t('Seed')}</span>
				<span>
					<select @change=${(event: Event) => this.change({ seed: Number(valueIn(event)) })}>
						${seeds.map((seed) => html`<option value=${seed} .selected=${seed === plan.seed}>${seed}</option>`)}
					</select>
					<span class="quiet">${t('Draws what is random: the fixed examples and the unrelated texts.')}</span>
				</span>
			</label>
		</fieldset>`;
	}

	private takes(options: BenchOptions, plan: BenchPlan): TemplateResult {
		const obstacle = this.obstacle(options, plan);
		return html`
			<h2>${t('What it takes')}</h2>
			<div class="estimate" aria-live="polite" aria-busy=${this.estimating}>${obstacle === '' ? this.estimated() : nothing}</div>
			${obstacle === '' ? nothing : html`<p id="obstacle">${obstacle}</p>`}
			<div class="buttons">
				<button
					class="small primary"
					type="button"
					?disabled=${obstacle !== '' || this.starting}
					aria-describedby=${obstacle === '' ? nothing : 'obstacle'}
					@click=${() => this.start()}
				>
					${this.starting ? t('Starting…') : t('Start the benchmark')}
				</button>
				<button class="small" type="button" @click=${() => this.say('flex-cancel')}>${t('Cancel')}</button>
			</div>
		`;
	}

	private estimated(): TemplateResult {
		const { estimate } = this;
		if (!estimate) return html`<p class="quiet">${t('Estimating…')}</p>`;
		if ('trouble' in estimate) return html`<p>${estimate.trouble}</p>`;
		const { lines, smallestGap, warnings } = estimate;
		return html`<div class=${this.estimating ? 'quiet' : ''}>
			<ul class="number">
				${lines.map((line) => html`<li>${line}</li>`)}
			</ul>
			${smallestGap > 0 && smallestGap < 100 ? html`<p>${t('So many problems show only gaps of about {0} points or more.', smallestGap)}</p>` : nothing}
			${smallestGap >= 100 ? html`<p>${t('So few problems can’t show any difference.')}</p>` : nothing}
			${warnings.map((warning) => html`<p class="warning">${warning}</p>`)}
		</div>`;
	}

	private obstacle({ obstacle }: BenchOptions, { arms }: BenchPlan): string {
		if (obstacle !== '') return obstacle;
		return arms.length === 0 ? t('Choose at least one arm.') : '';
	}

	private toggle(arm: string): void {
		const { options, plan } = this;
		if (!options || !plan) return;
		const on = new Set(plan.arms);
		if (!on.delete(arm)) on.add(arm);
		this.change({ arms: options.arms.map((one) => one.arm).filter((one) => on.has(one)) });
	}

	private change(change: Partial<BenchPlan>): void {
		const { options, plan } = this;
		if (!options || !plan) return;
		this.plan = planFrom(options, { ...plan, ...change });
		this.say('flex-plan', this.plan);
		this.estimateSoon();
	}

	/** Only the newest answer counts. */
	private estimateSoon(): void {
		clearTimeout(this.timer);
		const number = ++this.asked;
		this.estimating = true;
		const { options, plan } = this;
		if (!options || !plan || this.obstacle(options, plan) !== '') return;
		this.timer = setTimeout(() => void this.ask(plan, number), settled);
	}

	private async ask(plan: BenchPlan, number: number): Promise<void> {
		const answer = await connection
			.ask('benchEstimate', plan)
			.catch((error: unknown) => ({ trouble: error instanceof Error ? error.message : String(error) }));
		if (number !== this.asked) return;
		this.estimate = answer;
		this.estimating = false;
	}

	private async start(): Promise<void> {
		const { plan } = this;
		if (!plan || this.starting) return;
		this.starting = true;
		const place = await attempt(() => connection.ask('benchStart', plan));
		this.starting = false;
		if (place) this.say<RunPlace>('flex-started', place);
	}

	private say<T>(name: string, detail?: T): void {
		this.dispatchEvent(new CustomEvent(name, { detail }));
	}
}

function aboutSplit(split: BenchPlan['split']): string {
	return split === 'test'
		? t('For the last word only: each use is logged.')
		: t('For everyday measuring, as often as you like.');
}

function valueIn({ target }: Event): string {
	return target instanceof HTMLSelectElement || target instanceof HTMLInputElement ? target.value : '';
}

/** 1 for what is no number of answers. */
function samplesOf(text: string): number {
	const number = Math.floor(Number(text));
	return Number.isFinite(number) && number >= 1 ? Math.min(number, mostSamples) : 1;
}

/** 0, which is all, for what is no number of problems. */
function limitOf(text: string, most: number): number {
	const number = Math.floor(Number(text));
	return Number.isFinite(number) && number > 0 && number < most ? number : 0;
}
