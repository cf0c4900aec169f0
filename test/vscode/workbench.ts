/** A VS Code workbench in a real browser, with the few gestures that tests and pictures need. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Browser, chromium, type FrameLocator, type Locator, type Page } from 'playwright-core';
import { browserPath } from '../../scripts/browser.mjs';

export interface WindowSize {
	readonly width: number;
	readonly height: number;
}

/** Themes of VS Code, and the class by which the window shows that it has them on. */
const themes = { light: '.vs', dark: '.vs-dark', 'high-contrast': '.hc-black' } as const;
type Theme = keyof typeof themes;

/** Milliseconds that a gesture may take on a slow machine. */
const patience = 30_000;

export async function openBrowser(): Promise<Browser> {
	return chromium.launch({
		executablePath: browserPath(),
		headless: true,
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
		],
	});
}

export class Workbench {
	/** What went wrong in the page itself. */
	readonly pageErrors: string[] = [];
	/** Hosts beside the server that the page has asked. */
	readonly foreignHosts = new Set<string>();

	private constructor(readonly page: Page) {
		page.setDefaultTimeout(patience);
		page.on('pageerror', (error) => this.pageErrors.push(error.message));
		page.on('request', (request) => {
			const { host, protocol } = new URL(request.url());
			if (protocol.startsWith('http') && !host.startsWith('127.0.0.1')) this.foreignHosts.add(host);
		});
	}

	/** Opens `url` (see `workbenchUrl`) and waits until the window stands. */
	static async open(
		browser: Browser,
		url: string,
		size: WindowSize = { width: 1400, height: 900 },
	): Promise<Workbench> {
		const context = await browser.newContext({
			viewport: size,
			permissions: ['clipboard-read', 'clipboard-write'],
			reducedMotion: 'reduce',
		});
		return Workbench.openIn(await context.newPage(), url);
	}

	/** A second window of the same person: what they decided in this one, such as whom to trust, holds there, too. */
	async openBeside(url: string): Promise<Workbench> {
		return Workbench.openIn(await this.page.context().newPage(), url);
	}

	private static async openIn(page: Page, url: string): Promise<Workbench> {
		const workbench = new Workbench(page);
		await page.goto(url);
		await page.locator('.monaco-workbench').waitFor({ timeout: 2 * patience });
		// What the extension contributes comes a moment later; a palette that is opened before lacks its commands.
		await page.locator('.activitybar .action-label[aria-label^="FLEX"]').waitFor({ timeout: 2 * patience });
		return workbench;
	}

	async close(): Promise<void> {
		await this.page.context().close();
	}

	/** Runs a command from the palette, by the title that stands there. */
	async command(title: string): Promise<void> {
		const input = await this.palette(title);
		await input.press('Enter');
	}

	/** The titles that the palette shows for a text. */
	async paletteTitles(text: string): Promise<readonly string[]> {
		await this.palette(text);
		const titles = await this.page.locator('.quick-input-list .monaco-list-row .label-name').allInnerTexts();
		await this.page.keyboard.press('Escape');
		return titles;
	}

	/** The title of the question that is being asked. */
	get question(): Locator {
		return this.page.locator('.quick-input-widget .quick-input-title');
	}

	/** A row of the list that is being asked from. */
	choice(text: string | RegExp): Locator {
		return this.page
			.locator('.quick-input-widget:visible .quick-input-list .monaco-list-row', { hasText: text })
			.first();
	}

	/** Picks a row of a quick pick. */
	async pick(text: string | RegExp): Promise<void> {
		const row = this.choice(text);
		await row.waitFor();
		await row.click();
	}

	/** Types into the input that is open, and confirms. */
	async answer(text: string): Promise<void> {
		const input = this.page.locator('.quick-input-widget:visible input.input');
		await input.waitFor();
		await input.fill(text);
		await input.press('Enter');
	}

	/** A notification by its text. */
	notice(text: string | RegExp): Locator {
		return this.page.locator('.notification-list-item', { hasText: text }).first();
	}

	/** Presses a button of a notification. */
	async answerNotice(text: string | RegExp, button: string): Promise<void> {
		const notice = this.notice(text);
		await notice.waitFor();
		await notice.locator('.monaco-button', { hasText: button }).click();
	}

	/** Presses a button of a modal dialog. */
	async answerDialog(button: string): Promise<void> {
		await this.page.locator('.monaco-dialog-box .monaco-button', { hasText: button }).click();
	}

	/** Opens a container of the activity bar by its name; a badge that lies over the icon takes the press in its place. */
	async openContainer(name: string): Promise<void> {
		await this.page.locator(`.activitybar .action-label[aria-label^="${name}"]`).click({ force: true });
	}

	/** Rows of the tree of a view, by the view's title. */
	rows(view: string): Locator {
		return this.page.locator(`.pane:has(.pane-header[aria-label^="${view}"]) .pane-body .monaco-list-row`);
	}

	/** The page of FLEX's panel. */
	get panel(): FrameLocator {
		return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
	}

	/** A row of the Testing view. */
	test(text: string | RegExp): Locator {
		return this.page.locator('.test-explorer .monaco-list-row', { hasText: text }).first();
	}

	/** The icon of a test that is in this state: `passed`, `failed`, `error`. */
	testIn(state: string, text: string | RegExp): Locator {
		return this.test(text).locator(`.codicon-testing-${state}-icon`);
	}

	/** What the last test run says, by its text. */
	testMessage(text: string | RegExp): Locator {
		return this.page.locator('.test-output-peek-tree .monaco-list-row', { hasText: text }).first();
	}

	/** Opens what the last test run says, until `shown` is there; the list moves while results come in. */
	async openTestMessage(text: string | RegExp, shown: Locator): Promise<void> {
		await this.again(async (timeout) => {
			await this.testMessage(text).click({ timeout });
			await shown.waitFor({ timeout });
		});
	}

	/** Beside the list of messages: the one that is chosen. */
	get openedTestMessage(): Locator {
		return this.page.locator('.test-output-peek-message-container');
	}

	/** Opens the Testing view, and in it a row after another, each where it is closed. */
	async openTests(...path: readonly (string | RegExp)[]): Promise<void> {
		await this.openContainer('Testing');
		for (const text of path) {
			await this.test(text).waitFor();
			if ((await this.test(text).getAttribute('aria-expanded')) === 'true') continue;
			await this.test(text).click();
			await this.page.keyboard.press('ArrowRight');
		}
	}

	/** Presses the button of a row of the Testing view that runs it. */
	async runTest(text: string | RegExp): Promise<void> {
		await this.test(text).hover();
		await this.test(text).locator('.codicon-testing-run-icon').click();
	}

	/** Waits until keys go to the tree of a view. */
	async focusOf(view: string): Promise<void> {
		const pane = `.pane:has(.pane-header[aria-label^="${view}"]) .pane-body`;
		await this.page.locator(`${pane} .monaco-list:focus-within`).waitFor();
	}

	statusBarItem(text: string | RegExp): Locator {
		return this.page.locator('.statusbar-item', { hasText: text }).first();
	}

	/** Opens a file of the workspace by its name. */
	async openFile(name: string): Promise<void> {
		const input = await this.quickInput('Control+P', name, name);
		await input.press('Enter');
	}

	/** Rests the mouse on a place until the hover with this text is there. */
	async hoverOver(place: Locator, text: string): Promise<Locator> {
		const hover = this.page.locator('.monaco-hover:visible', { hasText: text }).first();
		return this.again(async (timeout) => {
			await this.page.mouse.move(5, 5);
			await place.hover();
			await hover.waitFor({ timeout });
			return hover;
		});
	}

	/** Puts on a theme: high contrast as the system asks for it, the others by the palette. */
	async show(theme: Theme): Promise<void> {
		const contrast = theme === 'high-contrast';
		await this.page.emulateMedia(
			contrast ? { forcedColors: 'active', colorScheme: 'dark' } : { forcedColors: 'none', colorScheme: 'light' },
		);
		const shown = this.page.locator(`.monaco-workbench${themes[theme]}`);
		if (!contrast) {
			const other = theme === 'light' ? 'dark' : 'light';
			await shown.or(this.page.locator(`.monaco-workbench${themes[other]}`)).waitFor();
			if (!(await shown.isVisible())) await this.command('Preferences: Toggle between Light/Dark Themes');
		}
		await shown.waitFor();
	}

	async picture(file: string): Promise<void> {
		mkdirSync(dirname(file), { recursive: true });
		await this.page.screenshot({ path: file, animations: 'disabled' });
	}

	/** Opens the palette with a text. */
	private async palette(text: string): Promise<Locator> {
		return this.quickInput('F1', `>${text}`, text);
	}

	/** Opens a quick input by its key, types into it, and waits for a row. */
	private async quickInput(key: string, text: string, row: string): Promise<Locator> {
		const input = this.page.locator('.quick-input-widget:visible input.input');
		return this.again(async (timeout) => {
			// One that stands open offers what there was when it was opened.
			if (await input.isVisible()) await this.page.keyboard.press('Escape');
			await this.page.keyboard.press(key);
			await input.fill(text, { timeout });
			await this.choice(row).waitFor({ timeout });
			return input;
		});
	}

	/**
	 * Makes a gesture again where it had no effect, as a person does: a window that has just drawn something overlooks a
	 * move of the mouse, a list moves under it, and what takes the focus closes a palette. Each try is given twice the
	 * milliseconds of the last.
	 */
	private async again<T>(gesture: (timeout: number) => Promise<T>): Promise<T> {
		for (let timeout = patience / 16; ; timeout *= 2) {
			try {
				return await gesture(timeout);
			} catch (error) {
				if (timeout >= patience) throw error;
			}
		}
	}
}
