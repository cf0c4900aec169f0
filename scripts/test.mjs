/**
 * `npm test`: sets everything up, runs every suite of the table, and ends with the line `N passed, N failed`
 * (`, N skipped`). A skip that `test/expected-skips.json` does not allow counts as failed, and so does a suite that
 * passed nothing.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
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
	twice('integration', ['test/integration']),
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
	twice('page', ['test/webview'], { needs: 'chromium' }),
	twice('ui', ['test/ui'], { needs: 'chromium' }),
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

/**
 * Where processes, a browser or a VS Code take part, what they do on a machine that stalls is not ours alone: what failed
 * is run once more. The end of the run names it, and why it failed, since that may be a defect that seldom shows.
 */
function twice(name, args, extra) {
	return { ...vitest(name, args, extra), again: (files) => vitest(`${name}-again`, files, extra) };
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

/**
 * The names of what passed and was skipped in one suite, and what failed as `{ test, why }`; `later` are those that failed
 * first, and passed then.
 */
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
	const ended = { test: `suite ${name}`, why: `It ended with code ${code}.` };
	if (!report) return { passed: code === 0 ? [name] : [], failed: code === 0 ? [] : [ended], skipped: [] };
	const files = readReport(report);
	const failing = files.filter(({ failed }) => failed.length > 0);
	if (code !== 0 && failing.length === 0) files.push({ failed: [ended] });
	if (!again || failing.length === 0) return together(files);
	say(`\n── ${name}: what failed, once more`);
	const second = await runSuite(again(failing.map(({ file }) => file)));
	const first = failing.flatMap(({ failed }) => failed);
	const later = first.filter(({ test }) => second.passed.includes(test));
	return { ...together([...files.filter((file) => !failing.includes(file)), second]), later };
}

/** What passed, failed and was skipped in each file, as `runSuite` gives it. */
function readReport(report) {
	const path = join(root, report);
	const files = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).testResults : [];
	return files.map(({ name, status, message, assertionResults }) => {
		const named = (wanted) => assertionResults.filter(wanted).map(({ fullName }) => fullName);
		const failed = assertionResults
			.filter((test) => test.status === 'failed')
			.map(({ fullName, failureMessages }) => ({ test: fullName, why: failureMessages.join('\n') }));
		// A file that cannot even be loaded has no tests to report.
		if (status === 'failed' && failed.length === 0) failed.push({ test: name, why: message });
		const passed = named((test) => test.status === 'passed');
		return { file: name, passed, failed, skipped: named((test) => !['passed', 'failed'].includes(test.status)) };
	});
}

function together(files) {
	const all = (key) => files.flatMap((file) => file[key] ?? []);
	return { passed: all('passed'), failed: all('failed'), skipped: all('skipped') };
}

/** Turns skips that nobody allowed, and a suite that passed nothing, into failures. */
function judge({ name }, { passed, failed, skipped, later = [] }) {
	const reasonOf = (test) => allowed.find(({ matches }) => matches(test))?.reason;
	const unexpected = skipped.filter((test) => reasonOf(test) === undefined);
	for (const test of skipped) say(`skipped: ${test} (${reasonOf(test) ?? 'unexpectedly'})`);
	const failures = [
		...failed,
		...unexpected.map((test) => ({ test, why: 'It was skipped, which test/expected-skips.json does not allow.' })),
	];
	if (passed.length + failed.length === 0 && !skipped.includes(`suite ${name}`)) {
		failures.push({ test: `suite ${name}`, why: 'It passed nothing.' });
	}
	return { name, passed: passed.length, failures, skipped: skipped.length - unexpected.length, later };
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

/** The end of the run, which is all that is left of a long log that was cut: what failed and why, and the counts. */
function conclude(all) {
	for (const { name, failures, later } of all) {
		for (const failure of failures) tell(`failed in ${name}`, failure);
		for (const failure of later) tell(`failed in ${name}, and passed when it was run again`, failure);
	}
	say('');
	for (const { name, passed, failures, later } of all) {
		const second = later.length > 0 ? `, ${later.length} of them at the second try` : '';
		say(`${failures.length > 0 ? '✗' : '✓'} ${name}: ${passed} passed${second}, ${failures.length} failed`);
	}
	const sum = (count) => all.reduce((total, result) => total + count(result), 0);
	const failed = sum(({ failures }) => failures.length);
	const skipped = sum((result) => result.skipped);
	process.exitCode = failed > 0 ? 1 : 0;
	console.log(`\n${sum(({ passed }) => passed)} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
}

/** One failure in as many lines as a person reads. */
function tell(how, { test, why = '' }) {
	const lines = stripVTControlCharacters(why).trim().split('\n');
	const ours = lines.filter((line) => !line.includes('node_modules')).slice(0, 20);
	say(`\n${how}: ${test}\n${ours.map((line) => `    ${line}`).join('\n')}`);
}
