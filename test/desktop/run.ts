/**
 * Runs the tests of `test/host` in a desktop VS Code: `npm run test:desktop [-- <part of a name>]`. It takes the one that
 * VSCODE_EXECUTABLE_PATH names, or downloads the oldest that we support; where neither can be had it says so in one line.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadAndUnzipVSCode, runTests, SilentReporter } from '@vscode/test-electron';
import { bundleTests, readReport } from '../vscode/bundleTests.js';
import { type DesktopPlan, desktopPlan, noDisplay } from './arguments.js';

const root = process.cwd();
const [grep = ''] = process.argv.slice(2);
process.exitCode = await main();

/** @returns the exit code */
async function main(): Promise<number> {
	const named = process.env.VSCODE_EXECUTABLE_PATH;
	if (named && !existsSync(named)) {
		say(`VSCODE_EXECUTABLE_PATH names nothing: ${named}`);
		return 1;
	}
	const hidden = noDisplay(process.platform, process.env);
	if (hidden) return skip(hidden);
	const folder = realpathSync(mkdtempSync(join(tmpdir(), 'flex-desktop-')));
	try {
		const engine: string = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines.vscode;
		const plan = desktopPlan({ root, folder, engine, grep });
		const executable = await findVsCode(plan.version);
		return executable.path === undefined ? skip(executable.reason) : await runIn(executable.path, plan, folder);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

type Found = { readonly path: string } | { readonly path: undefined; readonly reason: string };

async function findVsCode(version: string): Promise<Found> {
	const named = process.env.VSCODE_EXECUTABLE_PATH;
	if (named) return { path: named };
	try {
		const cachePath = join(root, '.vscode-test');
		return { path: await downloadAndUnzipVSCode({ version, cachePath, reporter: new SilentReporter() }) };
	} catch (error) {
		const [cause] = (error instanceof Error ? error.message : String(error)).split('\n', 1);
		return { path: undefined, reason: `VS Code ${version} can't be downloaded (${cause})` };
	}
}

async function runIn(executable: string, plan: DesktopPlan, folder: string): Promise<number> {
	const example = join(folder, 'workspace/problem-sets/company-conventions');
	cpSync(join(root, 'examples/company-conventions'), example, { recursive: true });
	rmSync(plan.report, { force: true });
	const tests = await bundleTests(root, join(root, 'out/desktop'));
	// It throws where VS Code ended with a code; what the tests wrote says more.
	await runTests({
		vscodeExecutablePath: executable,
		extensionDevelopmentPath: [...plan.extensionDevelopmentPath],
		extensionTestsPath: tests,
		launchArgs: [...plan.launchArgs],
		extensionTestsEnv: { ...plan.extensionTestsEnv },
	}).catch((error: Error) => say(error.message));
	const found = readReport(plan.report);
	say(found ? `${found.passed} passed, ${found.failed} failed` : 'The tests did not come to their end.');
	return found && found.passed > 0 && found.failed === 0 ? 0 : 1;
}

function skip(reason: string): number {
	say(`skipped: ${reason}`);
	return 0;
}

function say(line: string): void {
	process.stdout.write(`${line}\n`);
}
