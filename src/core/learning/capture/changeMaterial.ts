/** What a model is shown of a change: its files without secrets, as much of them as there is room for, and the failure. */
import type { Scope } from '../../experience/experience.js';
import { estimateTokens } from '../../models/tokenEstimate.js';
import { redactSecrets } from '../../redaction.js';
import { trimFailure } from './failureText.js';
import { type LeaveOutRules, type LeftOut, leaveOut } from './leftOut.js';
import { scopeOf } from './scope.js';
import type { DiffHunk, FileDiff } from './unifiedDiff.js';

/** A command that failed before the change and passed after it, or is known to have failed. */
export interface Failure {
	readonly command: string;
	/** Undefined where it was stopped, or nobody knows. */
	readonly exitCode?: number | undefined;
	readonly output: string;
}

export interface ShownFile {
	readonly path: string;
	readonly kind: FileDiff['kind'];
	/** As the prompt shows them: a line for the place, then lines with their signs. */
	readonly hunks: readonly string[];
}

export interface ChangeMaterial {
	readonly files: readonly ShownFile[];
	readonly leftOut: readonly LeftOut[];
	/** Command and output in short, where something failed. */
	readonly failure?: { readonly command: string; readonly text: string } | undefined;
	/** Secrets that were taken out of what is left. */
	readonly redacted: number;
	readonly scope: Scope;
	/** Estimated, of files and failure together. */
	readonly tokens: number;
}

export interface MaterialOptions extends LeaveOutRules {
	/** For the diff and the failure together, at most. */
	readonly tokens: number;
}

/** The most of a file that is shown while others wait for room. */
const mostOfOneFile = 0.6;
const mostOfFailure = 0.35;

export function changeMaterial(
	files: readonly FileDiff[],
	failure: Failure | undefined,
	options: MaterialOptions,
): ChangeMaterial {
	let redacted = 0;
	const clean = (text: string): string => {
		const rest = redactSecrets(text);
		redacted += rest.found;
		return rest.text;
	};
	const shownFailure = failure && {
		command: clean(failure.command),
		text: clean(trimFailure(failure.output, Math.floor(options.tokens * mostOfFailure))),
	};
	const reasonFor = leaveOut(options);
	const leftOut: LeftOut[] = [];
	const open: FileDiff[] = [];
	for (const file of files) {
		const reason = reasonFor(file) ?? (hasContent(file) ? undefined : 'no-content');
		if (reason) leftOut.push({ path: file.path, reason });
		else open.push(file);
	}
	const all = sortedByWeight(open, shownFailure?.text ?? '').map(
		(file): ShownFile => ({
			path: file.path,
			kind: file.kind,
			hunks: file.hunks.filter(changesContent).map((hunk) => clean(hunkText(hunk))),
		}),
	);
	const room = options.tokens - estimateTokens(shownFailure?.text ?? '');
	const { shown, without } = fill(all, room);
	const material = {
		files: shown,
		leftOut: [...leftOut, ...without.map((path): LeftOut => ({ path, reason: 'no-room' }))],
		...(shownFailure ? { failure: shownFailure } : {}),
		redacted,
		scope: scopeOf(shown.map(({ path }) => path)),
	};
	return { ...material, tokens: estimateTokens(materialText(material)) };
}

/** What the prompt holds: the failure first, because it says what the change is about. */
export function materialText({ files, failure }: Pick<ChangeMaterial, 'files' | 'failure'>): string {
	const failed = failure
		? [`What failed: ${failure.command}\n${fenced(failure.text)}`, 'The change after which it passed:']
		: ['The change:'];
	return [...failed, ...files.map(fileText)].join('\n\n');
}

function fileText({ path, kind, hunks }: ShownFile): string {
	return `${path} (${kind})\n${fenced(hunks.join('\n'))}`;
}

/** A fence that nothing in the text can close. */
function fenced(text: string): string {
	const longest = Math.max(0, ...[...text.matchAll(/`{3,}/gu)].map(([ticks]) => ticks.length));
	const fence = '`'.repeat(Math.max(3, longest + 1));
	return `${fence}\n${text}\n${fence}`;
}

function hunkText({ section, newStart, lines }: DiffHunk): string {
	const place = section.trim() === '' ? `line ${newStart}` : section.trim();
	return [`@@ ${place}`, ...lines.map(({ sign, text }) => `${sign}${text}`)].join('\n');
}

function hasContent({ hunks }: FileDiff): boolean {
	return hunks.some(changesContent);
}

/** Whether more than white space changed. */
function changesContent({ lines }: DiffHunk): boolean {
	const side = (sign: '+' | '-'): string =>
		lines
			.filter((line) => line.sign === sign)
			.map(({ text }) => text.replace(/\s+/gu, ''))
			.join('');
	return side('+') !== side('-');
}

/** Files that the failure names come first, then code, then tests and texts; of two alike, the smaller one. */
function sortedByWeight(files: readonly FileDiff[], failure: string): readonly FileDiff[] {
	const weight = ({ path }: FileDiff): number => {
		const name = path.slice(path.lastIndexOf('/') + 1);
		const named = failure.includes(name) ? 4 : 0;
		if (/(?:^|\/)(?:docs?|changelog|readme)|\.(?:md|txt|rst)$/iu.test(path)) return named;
		if (/(?:^|[/._-])(?:tests?|specs?|fixtures?|__tests__)(?:[/._-]|$)/iu.test(path)) return named + 1;
		return named + (/\.(?:json|ya?ml|toml|ini|cfg|css|svg)$/iu.test(path) ? 1 : 2);
	};
	const size = ({ hunks }: FileDiff): number => hunks.reduce((sum, { lines }) => sum + lines.length, 0);
	return [...files].sort((a, b) => weight(b) - weight(a) || size(a) - size(b));
}

function fill(
	files: readonly ShownFile[],
	room: number,
): { readonly shown: readonly ShownFile[]; readonly without: readonly string[] } {
	const shown: ShownFile[] = [];
	const without: string[] = [];
	let left = room;
	for (const file of files) {
		let mine = files.length === 1 ? left : Math.min(left, Math.max(room * mostOfOneFile, left / 2));
		const hunks: string[] = [];
		for (const hunk of file.hunks) {
			const text = cutToTokens(hunk, mine);
			if (text === undefined) break;
			hunks.push(text);
			mine -= estimateTokens(text);
			left -= estimateTokens(text);
			if (text !== hunk) break;
		}
		if (hunks.length === 0) without.push(file.path);
		else shown.push({ ...file, hunks });
	}
	return { shown, without };
}

/** The first lines that fit; undefined where hardly any does. */
function cutToTokens(text: string, tokens: number): string | undefined {
	if (estimateTokens(text) <= tokens) return text;
	const kept: string[] = [];
	let used = 1;
	for (const line of text.split('\n')) {
		used += estimateTokens(line);
		if (used > tokens) break;
		kept.push(line);
	}
	return kept.length >= 4 ? `${kept.join('\n')}\n…` : undefined;
}
