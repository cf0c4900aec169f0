/** Where the extension host begins the tests: runs them with mocha, and writes a report as vitest's JSON reporter does. */
import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Mocha from 'mocha';

/** Milliseconds for one test. */
const patience = 60_000;

interface Result {
	readonly fullName: string;
	readonly status: 'passed' | 'failed' | 'pending';
	readonly duration: number;
	readonly failureMessages: readonly string[];
}

/** @throws where a test failed */
export async function run(): Promise<void> {
	const { FLEX_TEST_REPORT: report, FLEX_TEST_GREP: grep } = process.env;
	if (!report) throw new Error('FLEX_TEST_REPORT names no file.');
	const files = readdirSync(__dirname).filter((name) => name.endsWith('.test.js'));
	const results: Result[] = [];
	// One after another, each on its own: hooks outside of any group are meant for their file alone.
	for (const name of files) results.push(...(await runFile(join(__dirname, name), grep)));
	const failures = results.filter(({ status }) => status === 'failed').length;
	write(report, {
		success: failures === 0,
		testResults: [{ name: 'test/host', status: 'passed', assertionResults: results }],
	});
	if (failures > 0) throw new Error(`${failures} tests failed.`);
}

async function runFile(file: string, grep: string | undefined): Promise<readonly Result[]> {
	const mocha = new Mocha({ ui: 'bdd', timeout: patience, ...(grep ? { grep } : {}) });
	mocha.addFile(file);
	const results: Result[] = [];
	await new Promise<number>((resolve) => {
		const runner = mocha.run(resolve);
		runner.on('pass', (test) => results.push(resultOf(test, 'passed')));
		runner.on('pending', (test) => results.push(resultOf(test, 'pending')));
		runner.on('fail', (test, error) => results.push(resultOf(test, 'failed', error)));
	});
	// Each listens to rejections that nobody handled and passes them on to the others: together they would never end.
	mocha.dispose();
	return results;
}

function resultOf(test: Mocha.Runnable, status: Result['status'], error?: unknown): Result {
	const fullName = test.fullTitle();
	const failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
	const failureMessages = status === 'failed' ? [failure] : [];
	say(`${status === 'failed' ? 'not ok' : 'ok'} ${fullName} (${test.duration ?? 0} ms)`);
	for (const message of failureMessages) say(`# ${message}`);
	return { fullName, status, duration: test.duration ?? 0, failureMessages };
}

/** In one step, so that nobody reads half of it. */
function write(file: string, content: unknown): void {
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(`${file}.part`, JSON.stringify(content, null, 1));
	renameSync(`${file}.part`, file);
}

/** The workbench passes on what the extension host prints. */
function say(line: string): void {
	// biome-ignore lint/suspicious/noConsole: there is no other way out of the extension host
	console.log(line);
}
