/**
 * `npm test`: sets everything up, runs every suite of the table, and ends with the line `N passed, N failed`
 * (`, N skipped`). A skip that `test/expected-skips.json` does not allow counts as failed, and so does a suite that
 * passed nothing.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { installSystemPackage, remedyFor, root, run, say, setUp } from './setup.mjs';

/** They pass or fail as a whole, and run side by side. */
const checks = [
	types('types', '.'),
	// The panel's page, and what its tests do in it, live in a browser.
	types('types of the page', 'webview'),
	types('types of its tests', 'test/webview'),
	{ name: 'style', command: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'] },
];

/** Their tests are counted one by one from a report that vitest writes. */
const suites = [
	vitest('unit', ['test/unit']),
	vitest('integration', ['test/integration']),
	{
		name: 'host',
		command: ['scripts/ts.mjs', 'test/vscode/hostTests.ts'],
		report: 'out/test/host.json',
		needs: 'chromium',
	},
	{
		name: 'host (installed)',
		command: ['scripts/ts.mjs', 'test/vscode/hostTests.ts', '--installed'],
		report: 'out/test/host-installed.json',
		needs: 'chromium',
	},
	vitest('page', ['test/webview'], { needs: 'chromium' }),
	{
		...vitest('ui', ['test/ui'], { needs: 'chromium' }),
		// What a browser and a VS Code do on a slow machine is not ours alone.
		again: (files) => vitest('ui-again', files, { needs: 'chromium' }),
	},
];

function types(name, project) {
	return { name, command: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', project] };
}

/**
 * A suite may also say what it needs from the system, as `needs: 'chromium'`, and how files that failed are run `again`,
 * once; what passes then is counted as such.
 */
function vitest(name, args, extra = {}) {
	const report = `out/test/${name}.json`;
	const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
	return { name, command: ['node_modules/vitest/vitest.mjs', 'run', ...args, ...reporters], report, ...extra };
}

await setUp();
const allowed = readAllowedSkips();
// What is only waited for comes in while other suites run.
const fetched = fetchForWindows();
say(`\n── ${checks.map(({ name }) => name).join(', ')}`);
const results = await Promise.all(checks.map(async (check) => judge(check, await runSuite(check))));
for (const suite of suites) {
	say(`\n── ${suite.name}`);
	results.push(judge(suite, await runSuite(suite)));
}
conclude(results);

/** What a suite with `needs` asks of the machine: a browser, and a VS Code. Each suite sees for itself whether it is there. */
async function fetchForWindows() {
	await installSystemPackage('chromium');
	await run(process.execPath, ['scripts/ts.mjs', 'test/vscode/fetch.ts'], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** The names of what passed, failed and was skipped in one suite; `later` are those that failed first, and passed then. */
async function runSuite({ name, command, report, needs, again }) {
	if (needs) await fetched;
	const remedy = needs ? remedyFor(needs) : undefined;
	if (remedy) {
		say(`Skipped: ${needs} is not installed. To run this suite: ${remedy}`);
		return { passed: [], failed: [], skipped: [`suite ${name}`] };
	}
	if (report) {
		mkdirSync(join(root, dirname(report)), { recursive: true });
		rmSync(join(root, report), { force: true });
	}
	const { code } = await run(process.execPath, command, {
		stdio: ['ignore', 'inherit', 'inherit'],
	});
	if (!report) return { passed: code === 0 ? [name] : [], failed: code === 0 ? [] : [name], skipped: [] };
	const files = readReport(report);
	const failing = files.filter(({ failed }) => failed.length > 0);
	if (code !== 0 && failing.length === 0) files.push({ failed: [`suite ${name} ended with code ${code}`] });
	if (!again || failing.length === 0) return together(files);
	say(`\n── ${name}: what failed, once more`);
	const second = await runSuite(again(failing.map(({ file }) => file)));
	const first = failing.flatMap(({ failed }) => failed);
	const later = second.passed.filter((test) => first.includes(test));
	for (const test of later) say(`failed, and passed when it was run again: ${test}`);
	return { ...together([...files.filter((file) => !failing.includes(file)), second]), later };
}

/** The names of each file. */
function readReport(report) {
	const path = join(root, report);
	const files = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).testResults : [];
	return files.map(({ name, status, assertionResults }) => {
		const found = { file: name, passed: [], failed: [], skipped: [] };
		for (const test of assertionResults) (found[test.status] ?? found.skipped).push(test.fullName);
		// A file that cannot even be loaded has no tests to report.
		if (status === 'failed' && found.failed.length === 0) found.failed.push(name);
		return found;
	});
}

function together(files) {
	const all = (key) => files.flatMap((file) => file[key] ?? []);
	return { passed: all('passed'), failed: all('failed'), skipped: all('skipped') };
}

/** Turns skips that nobody allowed, and a suite that passed nothing, into failures. */
function judge(suite, { passed, failed, skipped, later = [] }) {
	const reasons = skipped.map((test) => ({ test, reason: allowed.find(({ matches }) => matches(test))?.reason }));
	const unexpected = reasons.filter(({ reason }) => reason === undefined);
	for (const { test, reason } of reasons)
		say(reason ? `skipped: ${test} (${reason})` : `skipped unexpectedly: ${test}`);
	const wholeSuiteSkipped = skipped.includes(`suite ${suite.name}`);
	const empty = passed.length === 0 && failed.length === 0 && !wholeSuiteSkipped;
	if (empty) say(`suite ${suite.name} passed nothing`);
	return {
		name: suite.name,
		passed: passed.length,
		failed: failed.length + unexpected.length + (empty ? 1 : 0),
		skipped: skipped.length - unexpected.length,
		later: later.length,
	};
}

/** Entries are `{ test, reason }`; `test` is a full test name in which `*` stands for any text. */
function readAllowedSkips() {
	const entries = JSON.parse(readFileSync(join(root, 'test/expected-skips.json'), 'utf8'));
	return entries.map(({ test, reason }) => {
		if (!test || !reason) throw new Error('test/expected-skips.json: every entry needs "test" and "reason".');
		const pattern = new RegExp(`^${test.split('*').map(literal).join('.*')}$`, 's');
		return { reason, matches: (name) => pattern.test(name) };
	});
}

/** The text as a regular expression that matches just it. */
function literal(text) {
	return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function conclude(all) {
	say('');
	for (const { name, passed, failed, later } of all) {
		const second = later > 0 ? `, ${later} of them at the second try` : '';
		say(`${failed > 0 ? '✗' : '✓'} ${name}: ${passed} passed${second}, ${failed} failed`);
	}
	const sum = (key) => all.reduce((total, result) => total + result[key], 0);
	const skipped = sum('skipped');
	const line = `${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
	process.exitCode = sum('failed') > 0 ? 1 : 0;
	console.log(`\n${line}`);
}
