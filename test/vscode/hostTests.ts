/**
 * Runs the tests of `test/host` inside the extension host of a real VS Code: `npm run host [-- <part of a name>]`.
 * With `--installed` a few of them test the extension as it is installed from its package, not the one in this folder.
 *
 * The workbench says that all is well also where the extension host died, so only the report that the tests write at
 * their very end proves that they ran.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleTests, readReport } from './bundleTests.js';
import { installVsCode, newest, oldest } from './install.js';
import { packageExtension } from './packageExtension.js';
import { installExtension, startServer, type VsCodeServer, workbenchUrl } from './server.js';
import { openBrowser } from './workbench.js';

const root = process.cwd();
const {
	values: { installed },
	positionals: [grep = ''],
} = parseArgs({ options: { installed: { type: 'boolean', default: false } }, allowPositionals: true });
const out = join(root, installed ? 'out/host-installed' : 'out/host');
const report = join(root, 'out/test', installed ? 'host-installed.json' : 'host.json');
/** Contributes a chat model. Where the extension is installed, this one is under development: tests need one that is. */
const fakeModel = join(root, 'test/vscode/fakeModel');
/**
 * Those that make sense where it is installed. Most others stand in for the user by replacing functions of `vscode`, which
 * every extension has its own copy of: they reach it only where the tests lie in its folder.
 */
const smokeTests = ['activation.test.ts', 'installed.test.ts'];
/** Milliseconds for all tests together. */
const limit = 480_000;

process.exitCode = (await main()) ? 0 : 1;

async function main(): Promise<boolean> {
	const tests = await bundleTests(root, out, installed ? smokeTests : undefined);
	rmSync(report, { force: true });
	mkdirSync(join(root, 'out/test'), { recursive: true });
	const folder = realpathSync(mkdtempSync(join(tmpdir(), 'flex-host-')));
	const server = await startHost(folder);
	const browser = await openBrowser();
	try {
		const ended = await runIn(server, browser, join(folder, 'workspace'), tests);
		const found = readReport(report);
		if (!found) say(`The tests did not come to their end (${ended}). The server's log ends with:\n${tailOf(server)}`);
		if (found?.passed === 0) say(`No test passed; is "${grep}" part of a name?`);
		return found !== undefined && found.passed > 0 && found.failed === 0 && ended === 0;
	} finally {
		await browser.close();
		await server.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}

async function startHost(folder: string): Promise<VsCodeServer> {
	const workspace = join(folder, 'workspace');
	cpSync(join(root, 'examples/company-conventions'), join(workspace, 'problem-sets/company-conventions'), {
		recursive: true,
	});
	const dataFolder = join(folder, 'server');
	const vscode = installVsCode(root, process.env.VSCODE_OLDEST ? oldest : newest);
	if (installed) installExtension(vscode, dataFolder, packageExtension(root, folder));
	else cpSync(fakeModel, join(dataFolder, 'extensions/flex-test.fake-model-0.0.1'), { recursive: true });
	return startServer({
		vscode,
		dataFolder,
		environment: {
			FLEX_TEST_REPORT: report,
			FLEX_TEST_GREP: grep,
			FLEX_TEST_ROOT: root,
			FLEX_TEST_EXTENSION: installed ? join(dataFolder, 'extensions') : root,
			FAKE_MODEL_SCRIPT: join(folder, 'fakeModel.json'),
			FAKE_MODEL_LOG: join(folder, 'fakeModel.jsonl'),
		},
	});
}

/** @returns what the workbench says at the end: 0, another code, or why there is none */
async function runIn(
	server: VsCodeServer,
	browser: Awaited<ReturnType<typeof openBrowser>>,
	folder: string,
	tests: string,
): Promise<number | string> {
	const context = await browser.newContext();
	const page = await context.newPage();
	const ended = new Promise<number | string>((resolve) => {
		setTimeout(() => resolve(`no end after ${limit / 1000} s`), limit).unref();
		void page.exposeFunction('codeAutomationExit', (code: number) => resolve(code));
		page.on('crash', () => resolve('the page crashed'));
	});
	await page.exposeFunction('codeAutomationLog', (_kind: string, parts: readonly unknown[]) => {
		const line = parts.map(String).join(' ');
		if (/^(ok|not ok|#|note) /.test(line) || process.env.VERBOSE) say(line);
	});
	await page.goto(workbenchUrl(server, { folder, extension: installed ? fakeModel : root, tests }));
	return ended;
}

function tailOf({ logFile }: VsCodeServer): string {
	return readFileSync(logFile, 'utf8').slice(-3000);
}

function say(line: string): void {
	process.stdout.write(`${line}\n`);
}
