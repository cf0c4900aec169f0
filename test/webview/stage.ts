/** The panel's page in a browser alone: the real script, the real policy, VS Code's colours, and answers from a test. */
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { platformOf } from '../../scripts/bundles.mjs';
import { panelHtml } from '../../src/host/panel/panelHtml.js';
import { parseQuestion } from '../../src/protocol/guards.js';
import type { Answer, CallName, HostMessage, PanelStart, Params } from '../../src/protocol/panel.js';

const root = join(import.meta.dirname, '../..');

export type ThemeName = 'dark' | 'light' | 'high-contrast' | 'high-contrast-light';
export const themeNames: readonly ThemeName[] = ['dark', 'light', 'high-contrast', 'high-contrast-light'];
export const stageWidths = [480, 1400];

/** What the extension would answer; a call that is not here is refused. */
export type Answers = {
	readonly [Name in CallName]?: (params: Params<Name>) => Answer<Name> | Promise<Answer<Name>>;
};

export interface StageOptions {
	readonly answers: Answers;
	readonly theme?: ThemeName;
	readonly width?: number;
	readonly height?: number;
	readonly start?: PanelStart;
	/** The script of the page, by its path in the project; the panel's own unless it is said. */
	readonly entry?: string;
}

export class Stage {
	/** What went wrong in the page, violations of its policy among it. */
	readonly errors: string[] = [];
	/** Addresses that the page asked for beside its own files. */
	readonly foreign: string[] = [];
	/** Every call that the page made, in order. */
	readonly asked: { readonly name: CallName; readonly params: unknown }[] = [];
	/** Bytes of JSON that the page was sent, in all. */
	bytesSent = 0;

	private constructor(
		readonly page: Page,
		private readonly server: Server,
	) {}

	static async open(browser: Browser, options: StageOptions): Promise<Stage> {
		const { answers, width = 1400, height = 860, theme = 'dark' } = options;
		const { start = { route: null, state: null, texts: {}, language: 'en' }, entry = 'webview/main.ts' } = options;
		const server = await serve(start, entry);
		const address = server.address();
		const origin = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : '';
		const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' });
		const page = await context.newPage();
		const stage = new Stage(page, server);
		page.on('pageerror', (error) => stage.errors.push(error.message));
		page.on('console', (message) => {
			if (message.type() === 'error') stage.errors.push(message.text());
		});
		page.on('request', (request) => {
			if (!request.url().startsWith(origin) && !request.url().startsWith('data:')) stage.foreign.push(request.url());
		});
		await page.exposeFunction('flexHost', (message: unknown) => stage.answer(answers, message));
		await page.addInitScript(imitateVsCode);
		await page.goto(origin);
		await stage.wear(theme);
		return stage;
	}

	/** Shows the page in another theme. */
	async wear(theme: ThemeName): Promise<void> {
		const { kind, variables } = JSON.parse(readFileSync(join(root, 'test/fixtures/themes', `${theme}.json`), 'utf8'));
		const highContrast = theme.startsWith('high-contrast');
		await this.page.emulateMedia({
			colorScheme: theme === 'dark' || theme === 'high-contrast' ? 'dark' : 'light',
			reducedMotion: 'reduce',
			forcedColors: highContrast ? 'active' : 'none',
		});
		await this.page.evaluate(
			([classes, colours]) => {
				document.body.className = String(classes);
				for (const [key, value] of Object.entries(colours))
					document.documentElement.style.setProperty(key, String(value));
			},
			[kind, variables],
		);
	}

	/** Says something to the page unasked. */
	async say(message: HostMessage): Promise<void> {
		this.bytesSent += JSON.stringify(message).length;
		await this.page.evaluate((data) => window.postMessage(data, '*'), message);
	}

	async picture(name: string): Promise<void> {
		const file = join(root, 'out/test/pictures', `${name}.png`);
		mkdirSync(dirname(file), { recursive: true });
		await this.page.screenshot({ path: file, animations: 'disabled' });
	}

	/** Violations that axe finds, one line each. */
	async violations(): Promise<readonly string[]> {
		if (!(await this.page.evaluate(() => 'axe' in globalThis))) {
			await this.page.evaluate(readFileSync(join(root, 'node_modules/axe-core/axe.min.js'), 'utf8'));
		}
		return this.page.evaluate(async () => {
			const { axe } = globalThis as unknown as {
				axe: {
					run(
						options: object,
					): Promise<{ violations: { id: string; nodes: { target: unknown; failureSummary: string }[] }[] }>;
				};
			};
			const { violations } = await axe.run({ resultTypes: ['violations'] });
			return violations.flatMap(({ id, nodes }) =>
				nodes.map(({ target, failureSummary }) => `${id} at ${JSON.stringify(target)}: ${failureSummary}`),
			);
		});
	}

	async close(): Promise<void> {
		await this.page.context().close();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private async answer(answers: Answers, message: unknown): Promise<HostMessage> {
		const question = parseQuestion(message);
		if ('fault' in question) {
			this.errors.push(question.fault);
			return { kind: 'refused', number: question.number, message: question.fault };
		}
		const { name, number, params } = question;
		if (name === 'keep') return { kind: 'answer', number, answer: null };
		this.asked.push({ name, params });
		const handler = answers[name] as ((params: unknown) => unknown) | undefined;
		try {
			if (!handler) throw new Error(`The test answers no ${name}.`);
			const answer: HostMessage = { kind: 'answer', number, answer: await handler(params) };
			this.bytesSent += JSON.stringify(answer).length;
			return answer;
		} catch (error) {
			return { kind: 'refused', number, message: error instanceof Error ? error.message : String(error) };
		}
	}
}

const scripts = new Map<string, Promise<Uint8Array>>();

/** A script as it ships, made once for all tests of a file. */
function scriptOf(entry: string): Promise<Uint8Array> {
	const script = scripts.get(entry) ?? bundle(entry);
	scripts.set(entry, script);
	return script;
}

async function bundle(entry: string): Promise<Uint8Array> {
	const { outputFiles } = await build({
		absWorkingDir: root,
		entryPoints: [entry],
		bundle: true,
		write: false,
		minify: true,
		keepNames: true,
		...platformOf({ browser: true }),
	});
	const [file] = outputFiles;
	if (!file) throw new Error('The panel has no script.');
	return file.contents;
}

/** The page, its script and its style, with the policy of the real panel. */
async function serve(start: PanelStart, entry: string): Promise<Server> {
	const main = await scriptOf(entry);
	const files: Readonly<Record<string, readonly [type: string, content: Uint8Array]>> = {
		'/main.js': ['text/javascript', main],
		'/main.css': ['text/css', readFileSync(join(root, 'webview/main.css'))],
	};
	const server = createServer((request, response) => {
		const file = files[request.url ?? ''];
		response.setHeader('content-type', file?.[0] ?? 'text/html');
		if (file) response.end(file[1]);
		else response.end(panelHtml({ script: '/main.js', style: '/main.css', source: "'self'" }, start, 'test'));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return server;
}

/** Runs in the page before its script: what VS Code gives to every webview. */
function imitateVsCode(): void {
	const key = 'state';
	const api = {
		postMessage: (message: unknown): void => {
			const ask = Reflect.get(window, 'flexHost') as (message: unknown) => Promise<unknown>;
			void ask(message).then((answer) => window.postMessage(answer, '*'));
		},
		getState: (): unknown => JSON.parse(sessionStorage.getItem(key) ?? 'null') ?? undefined,
		setState: (state: unknown): void => sessionStorage.setItem(key, JSON.stringify(state)),
	};
	Reflect.set(window, 'acquireVsCodeApi', () => api);
}
