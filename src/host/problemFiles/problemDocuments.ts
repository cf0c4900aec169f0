/** The open problem files as they read: one memory for diagnostics, lenses and fixes. */
import { readFile, stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { LineFault, ParsedProblems } from '../../core/tasks/problemSet.js';
import type { Problem } from '../../core/tasks/task.js';
import type { SplitFile } from '../../providers/splitFiles.js';
import type { OtherSplit } from './findings.js';
import { LineMemory } from './lineMemory.js';

export interface ReadDocument {
	readonly version: number;
	readonly parsed: ParsedProblems;
}

/** The questions of a split that is not open, and the file's state when they were read. */
interface ReadFile {
	readonly state: string;
	readonly questions: ReadonlyMap<string, number>;
}

export class ProblemDocuments {
	private readonly memories = new Map<string, Promise<LineMemory>>();
	private readonly latest = new Map<string, ReadDocument>();
	private readonly closed = new Map<string, ReadFile>();

	/** The document's problems and what is wrong with its lines; undefined once `signal` fires, or the text changed. */
	async read(document: vscode.TextDocument, signal: AbortSignal): Promise<ParsedProblems | undefined> {
		const key = document.uri.toString();
		const { version } = document;
		const known = this.latest.get(key);
		if (known?.version === version) return known.parsed;
		const text = document.getText();
		const parsed = await (await this.memory(key)).read(text, signal);
		if (!parsed || document.version !== version) return undefined;
		this.latest.set(key, { version, parsed });
		return parsed;
	}

	/** How the document read last, where it has not changed since. */
	seen({ uri, version }: vscode.TextDocument): ParsedProblems | undefined {
		const known = this.latest.get(uri.toString());
		return known?.version === version ? known.parsed : undefined;
	}

	/** How one line reads, whatever stands on the others. */
	async line({ uri }: vscode.TextDocument, text: string): Promise<Problem | LineFault> {
		return (await this.memory(uri.toString())).line(text);
	}

	/** The questions of another split: of its document where that is open, else of its file. */
	async questions({ split, file }: SplitFile, signal: AbortSignal): Promise<OtherSplit> {
		const { questionsOf } = await import('./findings.js');
		const open = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'file' && uri.fsPath === file);
		const parsed = open && (await this.read(open, signal));
		if (parsed) return { split, questions: questionsOf(parsed) };
		const state = await stat(file).catch(() => undefined);
		if (!state?.isFile()) return { split, questions: new Map() };
		const now = `${state.mtimeMs} ${state.size}`;
		const known = this.closed.get(file);
		if (known?.state === now) return { split, questions: known.questions };
		const memory = await newMemory();
		const read = await memory.read(await readFile(file, 'utf8'), signal);
		const questions: ReadonlyMap<string, number> = read ? questionsOf(read) : new Map();
		if (read) this.closed.set(file, { state: now, questions });
		return { split, questions };
	}

	forget(uri: vscode.Uri): void {
		this.memories.delete(uri.toString());
		this.latest.delete(uri.toString());
	}

	private memory(key: string): Promise<LineMemory> {
		const known = this.memories.get(key);
		if (known) return known;
		const made = newMemory();
		this.memories.set(key, made);
		return made;
	}
}

async function newMemory(): Promise<LineMemory> {
	return new LineMemory(await import('../../core/tasks/problemSet.js'));
}
