/**
 * Writes the colours that VS Code gives to webviews, by theme, to `test/fixtures/themes`: what the stage shows the
 * panel in. `node scripts/ts.mjs test/webview/captureThemes.ts`, when a new VS Code brings new colours.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installVsCode } from '../vscode/install.js';
import { startServer, workbenchUrl } from '../vscode/server.js';
import { openBrowser, Workbench } from '../vscode/workbench.js';

const root = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'flex-themes-'));
const workspace = join(folder, 'workspace');
mkdirSync(workspace);
const extension = join(folder, 'page');
writeExtension(extension);

const themes = {
	dark: 'Default Dark Modern',
	light: 'Default Light Modern',
	'high-contrast': 'Default High Contrast',
	'high-contrast-light': 'Default High Contrast Light',
};

const browser = await openBrowser();
for (const [name, theme] of Object.entries(themes)) {
	const dataFolder = join(folder, name);
	const settings = { 'workbench.colorTheme': theme, 'window.autoDetectColorScheme': false };
	const server = await startServer({ vscode: installVsCode(root), dataFolder, settings });
	const workbench = await Workbench.open(browser, workbenchUrl(server, { folder: workspace, extension }));
	await workbench.command('Show the Page');
	const frame = workbench.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
	await frame.locator('h1').waitFor();
	const variables = await frame.locator('html').evaluate((html) => {
		const { style } = html;
		return Object.fromEntries(
			[...style].filter((key) => key.startsWith('--vscode-')).map((key) => [key, style.getPropertyValue(key)]),
		);
	});
	const kind = await frame.locator('body').getAttribute('class');
	const file = join(root, 'test/fixtures/themes', `${name}.json`);
	mkdirSync(join(root, 'test/fixtures/themes'), { recursive: true });
	writeFileSync(file, `${JSON.stringify({ kind, variables }, null, 2)}\n`);
	await workbench.close();
	await server.stop();
}
await browser.close();
rmSync(folder, { recursive: true, force: true });

/** An extension that shows an empty page. */
function writeExtension(at: string): void {
	mkdirSync(at);
	const manifest = {
		name: 'page',
		publisher: 'flex-learn',
		version: '0.0.1',
		engines: { vscode: '^1.104.0' },
		main: './main.js',
		contributes: {
			commands: [{ command: 'page.show', title: 'Show the Page' }],
			viewsContainers: { activitybar: [{ id: 'page', title: 'FLEX', icon: '$(book)' }] },
			views: { page: [{ id: 'page.none', name: 'None' }] },
		},
	};
	writeFileSync(join(at, 'package.json'), JSON.stringify(manifest));
	const main = `const vscode = require('vscode');
exports.activate = () => {
	vscode.commands.registerCommand('page.show', () => {
		vscode.window.createWebviewPanel('page', 'Page', 1, { enableScripts: true }).webview.html = '<h1>Page</h1>';
	});
};`;
	writeFileSync(join(at, 'main.js'), main);
}
