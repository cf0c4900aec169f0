/** Changes for tests: a file with lines taken away and lines added. */

import type { FileDiff } from '../../src/core/learning/capture/unifiedDiff.js';
import { parseUnifiedDiff } from '../../src/core/learning/capture/unifiedDiff.js';

export function diffOf(path: string, removed: readonly string[], added: readonly string[], section = ''): string {
	const head = `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n`;
	const place = `@@ -1,${removed.length} +1,${added.length} @@ ${section}\n`;
	return `${head}${place}${removed.map((line) => `-${line}\n`).join('')}${added.map((line) => `+${line}\n`).join('')}`;
}

export function changed(path: string, removed: readonly string[], added: readonly string[], section = ''): FileDiff {
	const [file] = parseUnifiedDiff(diffOf(path, removed, added, section));
	if (!file) throw new Error(`No diff was read for ${path}.`);
	return file;
}

/** A mistake with months, the test that showed it, and its remedy. */
export const monthFix = {
	files: [
		changed(
			'src/dates/parse.ts',
			['	return new Date(year, month, day);'],
			['	return new Date(year, month - 1, day);'],
			'export function parseDay(text: string): Date {',
		),
	],
	failure: {
		command: 'npm test',
		exitCode: 1,
		output: 'AssertionError: expected 2026-03-28 to equal 2026-02-28\n    at parseDay (src/dates/parse.ts:9)\n1 failed',
	},
};
