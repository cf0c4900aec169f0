/** Reads unified diffs as git writes them: files, hunks and lines, with renames, deletions, binaries and odd names. */

export interface DiffLine {
	readonly sign: ' ' | '+' | '-';
	/** Without the line's end, whichever it is. */
	readonly text: string;
}

export interface DiffHunk {
	/** What stands behind the second `@@`: mostly the function around it. */
	readonly section: string;
	/** First line, from 1; 0 where the side is empty. */
	readonly oldStart: number;
	readonly newStart: number;
	readonly lines: readonly DiffLine[];
}

export interface FileDiff {
	/** The name afterwards; of a deleted file, the one before. */
	readonly path: string;
	/** The name before, where it was another. */
	readonly oldPath?: string;
	readonly kind: 'added' | 'deleted' | 'changed' | 'renamed';
	readonly binary: boolean;
	readonly hunks: readonly DiffHunk[];
}

/** The files of a diff in its order; what is no part of a diff is passed over. */
export function parseUnifiedDiff(text: string): readonly FileDiff[] {
	const lines = text.split('\n');
	const files: FileDiff[] = [];
	let at = 0;
	while (at < lines.length) {
		if (!isStart(lines, at)) {
			at++;
			continue;
		}
		const { file, next } = readFile(lines, at);
		if (file) files.push(file);
		at = next;
	}
	return files;
}

/** The header of git, or of a diff without one. */
function isStart(lines: readonly string[], at: number): boolean {
	const line = lines[at] ?? '';
	return line.startsWith('diff --git ') || (line.startsWith('--- ') && (lines[at + 1] ?? '').startsWith('+++ '));
}

interface Header {
	old?: string;
	new?: string;
	added?: boolean;
	deleted?: boolean;
	renamed?: boolean;
	binary?: boolean;
	/** Its two sides were named: the next two begin another file. */
	sided?: boolean;
}

function readFile(lines: readonly string[], start: number): { readonly file?: FileDiff; readonly next: number } {
	const header: Header = {};
	const hunks: DiffHunk[] = [];
	let at = start;
	for (; at < lines.length; at++) {
		const line = (lines[at] ?? '').replace(/\r$/u, '');
		if (line.startsWith('@@ ')) {
			const read = readHunk(lines, at);
			if (read) {
				hunks.push(read.hunk);
				at = read.next - 1;
			}
			continue;
		}
		if (at > start && isStart(lines, at) && (line.startsWith('diff --git ') || header.sided)) break;
		readHeader(line, header);
	}
	const path = header.new ?? header.old;
	if (path === undefined) return { next: at };
	const moved = header.old !== undefined && header.old !== path;
	const kind = header.added ? 'added' : header.deleted ? 'deleted' : header.renamed || moved ? 'renamed' : 'changed';
	const oldPath = moved && kind === 'renamed' ? header.old : undefined;
	return {
		file: { path, ...(oldPath === undefined ? {} : { oldPath }), kind, binary: header.binary === true, hunks },
		next: at,
	};
}

function readHeader(line: string, header: Header): void {
	if (line.startsWith('diff --git ')) {
		// Told apart only where both names are the same; a rename names both in lines of their own.
		const same = /^diff --git "?a\/(.+?)"? "?b\/\1"?$/u.exec(line)?.[1];
		if (same !== undefined) {
			header.old = unquoted(line.includes('"') ? `"${same}"` : same);
			header.new = header.old;
		}
	} else if (line.startsWith('new file mode')) header.added = true;
	else if (line.startsWith('deleted file mode')) header.deleted = true;
	else if (line.startsWith('rename from ') || line.startsWith('copy from ')) {
		header.old = unquoted(line.replace(/^\w+ from /u, ''));
		header.renamed = true;
	} else if (line.startsWith('rename to ') || line.startsWith('copy to ')) {
		header.new = unquoted(line.replace(/^\w+ to /u, ''));
	} else if (line.startsWith('Binary files ') || line.startsWith('GIT binary patch')) header.binary = true;
	else if (line.startsWith('--- ')) readSide(line, header, 'old');
	else if (line.startsWith('+++ ')) readSide(line, header, 'new');
}

function readSide(line: string, header: Header, side: 'old' | 'new'): void {
	if (side === 'new') header.sided = true;
	const name = unquoted(line.slice(4).replace(/\t.*$/u, ''));
	if (name === '/dev/null') {
		if (side === 'old') header.added = true;
		else {
			header.deleted = true;
			delete header.new;
		}
		return;
	}
	header[side] = name.replace(/^[abciow]\//u, '');
}

/** A name in quotes holds what C would escape; bytes beyond ASCII come as octal numbers, in UTF-8. */
function unquoted(name: string): string {
	if (!/^".*"$/u.test(name)) return name;
	const signs: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '"': '"', '\\': '\\' };
	const escaped = name.slice(1, -1).replace(/%/gu, '%25');
	const percent = escaped.replace(/\\([0-7]{3}|.)/gu, (whole: string, code: string) => {
		if (code.length === 3) return `%${Number.parseInt(code, 8).toString(16).padStart(2, '0')}`;
		return signs[code] ?? whole;
	});
	try {
		return decodeURIComponent(percent);
	} catch {
		return name.slice(1, -1);
	}
}

function readHunk(
	lines: readonly string[],
	start: number,
): { readonly hunk: DiffHunk; readonly next: number } | undefined {
	const head = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*?)\r?$/u.exec(lines[start] ?? '');
	if (!head) return undefined;
	const [, oldStart = '0', oldCount = '1', newStart = '0', newCount = '1', section = ''] = head;
	// The counts say where the hunk ends: a deleted line "-- a" looks like a header.
	let [old, added] = [Number(oldCount), Number(newCount)];
	const read: DiffLine[] = [];
	let at = start + 1;
	for (; at < lines.length && (old > 0 || added > 0); at++) {
		const line = lines[at] ?? '';
		// "\ No newline at end of file"
		if (line.startsWith('\\')) continue;
		const sign = line.charAt(0);
		if (sign !== '+' && sign !== '-' && sign !== ' ' && line.replace(/\r$/u, '') !== '') break;
		// Some programs take the blank from an empty line of context.
		const kind = sign === '+' || sign === '-' ? sign : ' ';
		if (kind !== '+') old--;
		if (kind !== '-') added--;
		read.push({ sign: kind, text: line.slice(1).replace(/\r$/u, '') });
	}
	while ((lines[at] ?? '').startsWith('\\')) at++;
	return { hunk: { section, oldStart: Number(oldStart), newStart: Number(newStart), lines: read }, next: at };
}
