/** What matters of a failed command's output: the lines that tell what went wrong, in as few tokens as asked for. */
import { estimateTokens } from '../../models/tokenEstimate.js';

/** Characters of a line that are kept. */
const longestLine = 300;
/** Lines beside one that tells of an error. */
const before = 1;
const after = 4;
/** The last lines, where most programs sum up. */
const lastLines = 6;

/**
 * The lines around errors and the last lines, in their order, with "…" for what was left out; repeated lines once.
 * @param tokens estimated, at most
 */
export function trimFailure(output: string, tokens: number): string {
	const lines = plainLines(output);
	const telling = lines.map(weightOf);
	const wanted = new Map<number, number>();
	const want = (at: number, weight: number): void => {
		if (at >= 0 && at < lines.length) wanted.set(at, Math.max(weight, wanted.get(at) ?? 0));
	};
	for (let at = 0; at < lines.length; at++) {
		const weight = telling[at] ?? 0;
		if (weight === 0) continue;
		for (let near = at - before; near <= at + after; near++) want(near, near === at ? weight + 1 : weight / 2);
	}
	for (let at = lines.length - lastLines; at < lines.length; at++) want(at, 1);
	return joined(lines, withinBudget(lines, wanted, tokens));
}

/** The one line that says best what went wrong; empty where none does. */
export function headline(failure: string): string {
	const lines = failure.split('\n').map((line) => line.trim());
	const best = lines
		.map((line, at) => ({ line, at, weight: weightOf(line) }))
		.sort((a, b) => b.weight - a.weight || a.at - b.at)[0];
	return best && best.weight > 0 ? best.line : (lines.find((line) => line !== '' && line !== '…') ?? '');
}

/**
 * Without colours, cursor movements, what a progress bar wrote over, and calls outside of the project; no line twice in a
 * row.
 */
function plainLines(output: string): readonly string[] {
	const plain = output.replace(escapes, '');
	const lines = plain.split('\n').map((line) => {
		const written = line.replace(/\r+$/u, '');
		return written
			.slice(written.lastIndexOf('\r') + 1)
			.replace(controls, '')
			.trimEnd()
			.slice(0, longestLine);
	});
	return lines.filter((line, at) => line !== '' && line !== lines[at - 1] && !foreign.test(line));
}

/** A call within the runtime or a package, and what a runtime says of itself: nothing here can mend it. */
const foreign =
	/^\s*(?:at (?:.*[( ])?(?:node:|native\b|internal\/|java\.base\/|jdk\.internal\.|org\.junit\.)|at .*[\\/]node_modules[\\/]|Node\.js v\d)/u;

// Colours and cursor (CSI), titles and links (OSC), and the two-sign kinds.
const escapes = new RegExp(
	`${'\\u001b'}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${'\\u0007\\u001b'}]*(?:${'\\u0007'}|${'\\u001b'}\\\\)|[@-Z\\\\^_=>78])|${'\\u009b'}[0-?]*[ -/]*[@-~]`,
	'gu',
);
const controls = new RegExp(`[${'\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f'}]`, 'gu');

/** How much a line tells about a failure: 0 for nothing. */
function weightOf(line: string): number {
	if (/^\s*(?:at |\d+ (?:passing|passed)|✓|√|ok \d+|PASS\b)/u.test(line)) return 0;
	// A key whose text begins on the next line.
	if (/:\s*[|>][-+]?$/u.test(line)) return 1;
	// "0 errors", "errors: 0": what did not happen.
	if (/\b(?:0|no) (?:errors?|failures?|failed)\b|\b(?:errors?|failures?|failed|fail):? 0\b/iu.test(line)) return 0;
	if (/^\s*(?:\w+\.)*\w*(?:Error|Exception|Panic)\b\s*(?:\[\w+\])?:/u.test(line)) return 4;
	if (
		/\berror(?:\[\w+\])?(?: \w+\d+)?:|\bE {2,}\w|\bassert(?:ion)?\b.*(?:fail|==|!=)|\bpanicked at\b|\bTraceback\b/iu.test(
			line,
		)
	)
		return 3;
	if (/\bexpected\b|\bactual\b|\breceived\b|\bundefined\b|\bcannot\b|\bcan't\b|\bno such\b|\bnot found\b/iu.test(line))
		return 2;
	if (/\b(?:errors?|fail(?:ed|ure|ures|s|ing)?|fatal|exception|panic)\b|[✗✘×✖❯]|^not ok\b/iu.test(line)) return 2;
	return 0;
}

/** The heaviest lines first, the earlier of two alike: later errors mostly follow from the first. */
function withinBudget(
	lines: readonly string[],
	wanted: ReadonlyMap<number, number>,
	tokens: number,
): ReadonlySet<number> {
	const kept = new Set<number>();
	let used = 0;
	for (const [at] of [...wanted].sort((a, b) => b[1] - a[1] || a[0] - b[0])) {
		const size = estimateTokens(lines[at] ?? '') + 1;
		if (used + size > tokens) break;
		used += size;
		kept.add(at);
	}
	return kept;
}

function joined(lines: readonly string[], kept: ReadonlySet<number>): string {
	const parts: string[] = [];
	let last = -1;
	for (const at of [...kept].sort((a, b) => a - b)) {
		if (last >= 0 && at > last + 1) parts.push('…');
		parts.push(lines[at] ?? '');
		last = at;
	}
	return parts.join('\n');
}
