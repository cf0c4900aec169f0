/**
 * How soon the panel answers in Chromium, with 1,000 and 10,000 experiences: its first rows, each key of a search, and
 * scrolling; and what a run of 10,000 events leaves in its memory. Beside it, a page that holds all rows and hides those
 * that do not fit.
 */
import type { Browser, Page } from 'playwright-core';
import type { RunEventBody } from '../src/core/learning/events.js';
import { openBrowser } from '../test/vscode/workbench.js';
import { folded, runAnswers, runInfo } from '../test/webview/boards.js';
import { largeLibrary, libraryAnswers } from '../test/webview/shelves.js';
import { Stage } from '../test/webview/stage.js';
import { quantile, reporter } from './support/measure.js';

const report = reporter(process.argv.slice(2));
const typed = ['customer refund', 'battery', 'invoice helmet', 'cracked frame'];
void main();

async function main(): Promise<void> {
	const browser = await openBrowser();
	for (const size of [1_000, 10_000]) await measure(browser, size);
	await measureStream(browser, 10_000);
	await browser.close();
}

async function measure(browser: Browser, size: number): Promise<void> {
	const library = largeLibrary(size);
	const stage = await Stage.open(browser, { answers: libraryAnswers(library) });
	const firstRows: number[] = [];
	for (let round = 0; round < 5; round++) {
		await stage.page.reload();
		await stage.page.locator('.row').first().waitFor();
		firstRows.push(await stage.page.evaluate(() => performance.now()));
	}
	const keys = await keystrokes(stage.page);
	await stage.page.getByRole('searchbox').fill('');
	await stage.page.locator('.row').first().waitFor();
	const frames = await scrolled(stage.page, '.scroller');
	await stage.close();

	const peer = await (await browser.newContext({ viewport: { width: 1400, height: 860 } })).newPage();
	const texts = library.experiences.map(({ title, when, strategy }) => `${title} ${when.text} ${strategy.text}`);
	const peerFirst = await fillPlain(peer, texts);
	const peerKeys = await keystrokes(peer);
	await peer.locator('input').fill('');
	const peerFrames = await scrolled(peer, '.scroller');
	await peer.context().close();

	const name = (what: string): string => `${what}, ${size} experiences`;
	const pair = (what: string, ours: number, theirs: number, n: number): void =>
		report({ name: name(what), value: ours, unit: 'ms', peer: theirs, ratio: theirs / ours, n });
	pair('first rows', quantile(firstRows, 0.5), peerFirst, firstRows.length);
	pair('key to rows, p50', quantile(keys, 0.5), quantile(peerKeys, 0.5), keys.length);
	pair('key to rows, p99', quantile(keys, 0.99), quantile(peerKeys, 0.99), keys.length);
	pair('longest frame of scrolling', Math.max(...frames), Math.max(...peerFrames), frames.length);
}

/** Milliseconds from each key to the painted frame with its rows. */
async function keystrokes(page: Page): Promise<readonly number[]> {
	return page.evaluate(async (texts) => {
		const deep = (selector: string, root: ParentNode = document): HTMLElement | null => {
			const own = root.querySelector<HTMLElement>(selector);
			if (own) return own;
			for (const element of root.querySelectorAll('*')) {
				const found = element.shadowRoot && deep(selector, element.shadowRoot);
				if (found) return found;
			}
			return null;
		};
		const input = deep('input');
		/** Counts the answers that are drawn: the panel by itself, the plain page by hand. */
		const drawn = (): unknown => Reflect.get(deep('flex-library') ?? window, 'version');
		if (!(input instanceof HTMLInputElement)) throw new Error('The page has no search.');
		const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
		const times: number[] = [];
		for (const text of texts) {
			for (let length = 1; length <= text.length; length++) {
				input.value = text.slice(0, length);
				const [before, started] = [drawn(), performance.now()];
				input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
				while (drawn() === before) await new Promise((resolve) => setTimeout(resolve, 1));
				await frame();
				times.push(performance.now() - started);
			}
		}
		return times;
	}, typed);
}

/** Milliseconds of each frame while the list goes by, a page a frame. */
async function scrolled(page: Page, selector: string): Promise<readonly number[]> {
	return page.locator(selector).evaluate(async (list) => {
		const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
		const times: number[] = [];
		list.scrollTop = 0;
		let last = await frame();
		for (let at = 0; at < 200; at++) {
			list.scrollTop += 700;
			const now = await frame();
			times.push(now - last);
			last = now;
		}
		return times;
	});
}

/** The same rows, all of them in the page. @returns milliseconds until they are painted */
async function fillPlain(page: Page, texts: readonly string[]): Promise<number> {
	await page.setContent('<input type="search"><div class="scroller" style="height:700px;overflow:auto"></div>');
	return page.evaluate(async (all) => {
		const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
		const list = document.querySelector('.scroller');
		const input = document.querySelector('input');
		if (!list || !input) throw new Error('The page is not there.');
		const started = performance.now();
		const rows = all.map((text) => {
			const row = document.createElement('div');
			row.className = 'row';
			row.style.height = '56px';
			row.textContent = text.slice(0, 200);
			return row;
		});
		list.append(...rows);
		await frame();
		await frame();
		const lower = all.map((text) => text.toLowerCase());
		input.addEventListener('input', () => {
			const words = input.value.toLowerCase().split(' ').filter(Boolean);
			for (const [at, text] of lower.entries()) {
				const fits = words.every((word) => text.includes(word));
				const row = rows[at];
				if (row) row.style.display = fits ? '' : 'none';
			}
			Reflect.set(window, 'version', Number(Reflect.get(window, 'version') ?? 0) + 1);
		});
		return performance.now() - started;
	}, texts);
}

/** What a run leaves in the page's memory, from its first event to its last. */
async function measureStream(browser: Browser, problems: number): Promise<void> {
	const bodies: RunEventBody[] = [
		{ type: 'run.started', kind: 'train', set: 'bench', problems, epochs: 1, resumed: false },
	];
	const board = folded(bodies);
	const stage = await Stage.open(browser, { answers: runAnswers([{ info: runInfo(), board }]) });
	await stage.page.getByRole('tab', { name: 'Training' }).click();
	await stage.page.locator('.cells .cell').first().waitFor();
	const session = await stage.page.context().newCDPSession(stage.page);
	const heap = async (): Promise<number> => {
		await session.send('HeapProfiler.collectGarbage');
		return (await session.send('Runtime.getHeapUsage')).usedSize / 1e6;
	};
	const place = (at: number) => ({ problem: `p${at}`, epoch: 0, rollout: 0, round: 0 });
	const sizes: number[] = [await heap()];
	for (let at = 0; at < problems; at++) {
		const stamp = { v: 1 as const, run: '01JRUN', seq: at + 1, at: new Date().toISOString() };
		board.add({ ...stamp, type: 'problem.finished', ...place(at), firstAttempt: at % 2 === 0, solved: true });
		if (at % 50 !== 0) continue;
		await stage.say({ kind: 'changed', topics: ['board'] });
		if (at % 1_000 === 0) sizes.push(await heap());
	}
	sizes.push(await heap());
	await stage.close();
	const [first = 0] = sizes;
	report({ name: `memory before a run of ${problems} events`, value: first, unit: 'MB', n: 1 });
	report({ name: `memory after it`, value: sizes.at(-1) ?? 0, unit: 'MB', n: 1 });
	report({ name: `most in between`, value: Math.max(...sizes), unit: 'MB', n: sizes.length });
}
