/** The panel as a whole: three pages, the way between them, and what is said for a moment. */
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { PageName, Route } from '../src/protocol/panel.js';
import { connection } from './connection.js';
import { type News, onNews } from './news.js';
import './pages/benchmark/benchmarkPage.js';
import './pages/library/libraryPage.js';
import './pages/training/trainingPage.js';
import { base, palette } from './styles.js';
import { t } from './words.js';

const pages: readonly PageName[] = ['library', 'training', 'benchmark'];

/** Milliseconds for which a message with nothing to do stays. */
const shownFor = 6_000;

@customElement('flex-app')
export class App extends LitElement {
	static override styles = [
		palette,
		base,
		css`
			:host {
				display: grid;
				grid-template-rows: auto 1fr;
				height: 100vh;
				background: var(--paper);
			}
			nav {
				padding: 0 20px;
				border-bottom: 1px solid var(--line);
			}
			.tabs {
				display: flex;
				gap: 22px;
			}
			nav [role='tab'] {
				padding: 9px 0 10px;
				color: var(--quiet);
			}
			nav [aria-selected='true'] {
				padding-bottom: 8px;
				border-bottom: 2px solid var(--accent);
				color: var(--ink);
			}
			main {
				min-height: 0;
				overflow: hidden;
			}
			#page,
			#page > * {
				height: 100%;
			}
			.news {
				position: fixed;
				inset: auto 16px 16px auto;
				display: flex;
				gap: 14px;
				align-items: baseline;
				max-width: min(560px, calc(100vw - 32px));
				padding: 10px 14px;
				border: 1px solid var(--vscode-notifications-border, var(--line));
				border-radius: 4px;
				background: var(--vscode-notifications-background, var(--paper));
				color: var(--vscode-notifications-foreground, var(--ink));
				box-shadow: 0 2px 12px rgb(0 0 0 / 30%);
			}
			.news.failed {
				border-inline-start: 3px solid var(--vscode-errorForeground);
			}
		`,
	];

	@state() accessor page: PageName = connection.kept<PageName>('page', 'library');
	/** Where somebody wants to go; each page takes what is meant for it. */
	@state() accessor route: Route | undefined;
	@state() accessor news: News | undefined;
	private forget: ReturnType<typeof setTimeout> | undefined;
	private ends: readonly (() => void)[] = [];

	override connectedCallback(): void {
		super.connectedCallback();
		this.ends = [connection.onRoute((route) => this.go(route)), onNews((news) => this.say(news))];
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		for (const end of this.ends) end();
	}

	go(route: Route): void {
		this.route = route;
		this.show(route.page);
	}

	override render(): TemplateResult {
		return html`
			<nav aria-label=${t('Pages of FLEX')}>
				<div class="tabs" role="tablist" @keydown=${this.onKey}>${pages.map((page) => this.tab(page))}</div>
			</nav>
			<main>
				<h1 class="hidden-text">FLEX: ${nameOf(this.page)}</h1>
				<div role="tabpanel" id="page" aria-labelledby=${this.page} @flex-go=${this.onGo}>${this.current()}</div>
			</main>
			<div role="status" aria-live="polite">${this.news && !this.news.failed ? this.toast(this.news) : nothing}</div>
			<div role="alert">${this.news?.failed ? this.toast(this.news) : nothing}</div>
		`;
	}

	private tab(page: PageName): TemplateResult {
		const chosen = page === this.page;
		return html`<button
			class="plain"
			role="tab"
			id=${page}
			aria-selected=${chosen}
			aria-controls="page"
			tabindex=${chosen ? 0 : -1}
			@click=${() => this.turnTo(page)}
		>
			${nameOf(page)}
		</button>`;
	}

	private current(): TemplateResult {
		const route = this.route?.page === this.page ? this.route : undefined;
		if (this.page === 'library') return html`<flex-library .route=${route}></flex-library>`;
		if (this.page === 'training') return html`<flex-training .route=${route}></flex-training>`;
		return html`<flex-benchmark .route=${route}></flex-benchmark>`;
	}

	private toast(news: News): TemplateResult {
		const { text, failed, action } = news;
		return html`<div class="news ${failed ? 'failed' : ''}">
			<span>${text}</span>
			${action ? html`<button class="link" @click=${() => this.act(action.run)}>${action.label}</button>` : nothing}
			<button class="link" @click=${() => this.quiet()}>${t('Dismiss')}</button>
		</div>`;
	}

	private show(page: PageName): void {
		this.page = page;
		connection.keep('page', page);
	}

	/** By hand: what a link led to before is not gone to again. */
	private turnTo(page: PageName): void {
		this.route = undefined;
		this.show(page);
	}

	private say(news: News): void {
		clearTimeout(this.forget);
		this.news = news;
		if (!news.failed && !news.action) this.forget = setTimeout(() => this.quiet(), shownFor);
	}

	private act(run: () => void): void {
		this.quiet();
		run();
	}

	private quiet(): void {
		clearTimeout(this.forget);
		this.news = undefined;
	}

	private onGo(event: CustomEvent<Route>): void {
		this.go(event.detail);
	}

	private onKey(event: KeyboardEvent): void {
		const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
		if (step === 0) return;
		const next = pages[(pages.indexOf(this.page) + step + pages.length) % pages.length];
		if (!next) return;
		this.turnTo(next);
		void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#${next}`)?.focus());
	}
}

function nameOf(page: PageName): string {
	if (page === 'library') return t('Library');
	return page === 'training' ? t('Training') : t('Benchmark');
}
