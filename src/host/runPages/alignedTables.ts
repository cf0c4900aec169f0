/** Markdown whose tables stand in columns, for editors that show it as it is written. */

/** @param clean what becomes of each line, given the most characters that it may have */
export function alignedTables(markdown: string, clean: (text: string, most: number) => string): string {
	const lines: string[] = [];
	let rows: (readonly string[])[] = [];
	const flush = (): void => {
		lines.push(...columns(rows));
		rows = [];
	};
	for (const raw of markdown.split(/\r?\n/u)) {
		const line = clean(raw, longestLine);
		if (line.startsWith('|')) {
			rows.push(cellsOf(line));
			continue;
		}
		flush();
		lines.push(line);
	}
	flush();
	return lines.join('\n');
}

const longestLine = 1000;

function cellsOf(line: string): readonly string[] {
	return line
		.replace(/^\||\|$/gu, '')
		.split('|')
		.map((cell) => cell.trim());
}

function columns(rows: readonly (readonly string[])[]): readonly string[] {
	const widths: number[] = [];
	for (const row of rows) for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 3, cell.length);
	return rows.map((row) => `| ${row.map((cell, at) => padded(cell, widths[at] ?? 0)).join(' | ')} |`);
}

function padded(cell: string, width: number): string {
	return /^-+$/u.test(cell) ? '-'.repeat(width) : cell.padEnd(width);
}
