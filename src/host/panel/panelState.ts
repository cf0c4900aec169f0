/** What the panel looks at, on disk: VS Code writes its own memory now and then, and a window may end at any moment. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type * as vscode from 'vscode';

/** After the last change, in milliseconds. */
const pause = 300;
/** Characters; a place in the panel takes a few hundred. */
const longest = 100_000;

export class PanelState implements vscode.Disposable {
	private readonly file: string | undefined;
	private timer: NodeJS.Timeout | undefined;
	private text = '';

	/** @param storage the extension's folder for this workspace; none where no folder is open: then nothing is kept */
	constructor(storage: vscode.Uri | undefined) {
		this.file = storage && join(storage.fsPath, 'panel.json');
	}

	/** Undefined where nothing was kept, or it can't be read. */
	read(): unknown {
		try {
			return this.file === undefined ? undefined : JSON.parse(readFileSync(this.file, 'utf8'));
		} catch {
			return undefined;
		}
	}

	keep(state: unknown): void {
		const text = JSON.stringify(state) ?? '';
		if (text.length > longest) return;
		this.text = text;
		clearTimeout(this.timer);
		this.timer = setTimeout(() => this.write(), pause);
	}

	dispose(): void {
		if (this.timer === undefined) return;
		clearTimeout(this.timer);
		this.write();
	}

	private write(): void {
		this.timer = undefined;
		const { file } = this;
		if (file === undefined) return;
		try {
			mkdirSync(dirname(file), { recursive: true });
			writeFileSync(`${file}.part`, this.text);
			renameSync(`${file}.part`, file);
		} catch {
			// A full disk costs no more than the place where one was.
		}
	}
}
