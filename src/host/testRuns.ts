/** What the Testing view tells the rest of the extension: how a run of a problem set ended. */
import * as vscode from 'vscode';
import type { FlexFolder } from './folders.js';

export interface TestsEnded {
	readonly folder: FlexFolder;
	/** What was run, in the same words each time: the set, and how many of its problems. */
	readonly name: string;
	/** Problems that were not solved. */
	readonly failed: number;
	/** How each of these failed. */
	readonly output: string;
}

export class TestRuns implements vscode.Disposable {
	private readonly ended = new vscode.EventEmitter<TestsEnded>();

	/** Told once for each set of a run that came to its end; cancelled runs tell nothing. */
	readonly onDidEnd = this.ended.event;

	tell(end: TestsEnded): void {
		this.ended.fire(end);
	}

	dispose(): void {
		this.ended.dispose();
	}
}
