/** The terminal: the only file that writes to it. Words go to stderr, results and `--json` to stdout. */
import { stderr, stdout } from 'node:process';

const bold = 1;
const dim = 2;
const red = 31;
const green = 32;
const yellow = 33;

export class Terminal {
	private statusShown = false;
	private lastStatus = 0;
	private readonly colour: boolean;

	constructor(
		/** True: results are JSON, and nothing else goes to stdout. */
		readonly json: boolean,
		environment: NodeJS.ProcessEnv = process.env,
	) {
		this.colour = stderr.isTTY === true && environment['NO_COLOR'] === undefined;
	}

	/** A line for people. */
	say(text = ''): void {
		this.clearStatus();
		(this.json ? stderr : stdout).write(`${text}\n`);
	}

	/** A text as it is, for another program or a file. */
	raw(text: string): void {
		this.clearStatus();
		if (!this.json) stdout.write(text);
	}

	/** What another program says, as it comes; never among results. */
	quote(text: string): void {
		this.clearStatus();
		stderr.write(text);
	}

	/** A remark that is not a result. */
	note(text: string): void {
		this.clearStatus();
		stderr.write(`${this.dim(text)}\n`);
	}

	warn(text: string): void {
		this.clearStatus();
		stderr.write(`${this.paint(yellow, 'Note:')} ${text}\n`);
	}

	error(text: string): void {
		this.clearStatus();
		stderr.write(`${this.paint(red, 'Error:')} ${text}\n`);
	}

	/** One JSON value on a line of stdout; only in `--json` mode. */
	data(value: unknown): void {
		if (this.json) stdout.write(`${JSON.stringify(value)}\n`);
	}

	/** A line that is written over by the next one; without a terminal, one line every ten seconds. */
	status(text: string): void {
		if (this.json) return;
		if (stderr.isTTY) {
			const width = Math.max(20, (stderr.columns ?? 80) - 1);
			stderr.write(`\r\u001b[2K${text.slice(0, width)}`);
			this.statusShown = true;
			return;
		}
		const now = Date.now();
		if (now - this.lastStatus < 10_000) return;
		this.lastStatus = now;
		stderr.write(`${text}\n`);
	}

	clearStatus(): void {
		if (!this.statusShown) return;
		stderr.write('\r\u001b[2K');
		this.statusShown = false;
	}

	bold(text: string): string {
		return this.paint(bold, text);
	}
	dim(text: string): string {
		return this.paint(dim, text);
	}
	good(text: string): string {
		return this.paint(green, text);
	}
	bad(text: string): string {
		return this.paint(red, text);
	}

	/** Columns aligned by their widest cell; numbers to the right. */
	table(header: readonly string[], rows: readonly (readonly string[])[]): void {
		const all = [header, ...rows];
		const widths = header.map((_, column) => Math.max(...all.map((row) => width(row[column] ?? ''))));
		const numeric = header.map((_, column) =>
			rows.every((row) => /^[−\-+]?[\d.,]*\s?(?:%|s|ms|k|M)?$|^–$|^$/u.test(row[column] ?? '')),
		);
		const line = (row: readonly string[]) =>
			row
				.map((cell, column) => {
					const gap = ' '.repeat(Math.max(0, (widths[column] ?? 0) - width(cell)));
					return numeric[column] ? gap + cell : cell + gap;
				})
				.join('  ')
				.trimEnd();
		this.say(`  ${this.bold(line(header))}`);
		for (const row of rows) this.say(`  ${line(row)}`);
	}

	private paint(code: number, text: string): string {
		return this.colour ? `\u001b[${code}m${text}\u001b[0m` : text;
	}
}

/** `[#####.....] 12/48`. */
export function progressBar(done: number, total: number, length = 24): string {
	const filled = total === 0 ? length : Math.round((Math.min(done, total) / total) * length);
	return `[${'█'.repeat(filled)}${'·'.repeat(length - filled)}] ${done}/${total}`;
}

/** `4 min 05 s`, `37 s`. */
export function duration(ms: number): string {
	const seconds = Math.round(ms / 1000);
	if (seconds < 60) return `${seconds} s`;
	return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** 512 · 12.3k · 1.2M. */
export function compactNumber(value: number): string {
	if (value < 1000) return String(value);
	if (value < 1_000_000) return `${(value / 1000).toFixed(value < 10_000 ? 1 : 0)}k`;
	return `${(value / 1_000_000).toFixed(1)}M`;
}

export function percent(share: number, digits = 0): string {
	return `${(share * 100).toFixed(digits)} %`;
}

function width(text: string): number {
	return [...text].length;
}
