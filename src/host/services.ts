/** What the features of the extension share, built in one place. */
import type * as vscode from 'vscode';
import { Folders } from './folders.js';
import { Libraries } from './libraries.js';
import { Models } from './models/models.js';
import { ProblemSets } from './problemSets.js';
import { Runs } from './runs.js';
import { TestRuns } from './testRuns.js';

export interface Services {
	readonly context: vscode.ExtensionContext;
	readonly log: vscode.LogOutputChannel;
	readonly folders: Folders;
	readonly libraries: Libraries;
	readonly problemSets: ProblemSets;
	readonly models: Models;
	/** The runs of this window. */
	readonly runs: Runs;
	/** Runs of the Testing view, as they end. */
	readonly testRuns: TestRuns;
}

/** Nothing is read and nothing is opened yet: each service works when it is first asked. */
export function buildServices(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Services {
	const folders = new Folders();
	const libraries = new Libraries(context, log, folders);
	const problemSets = new ProblemSets(folders);
	const models = new Models({ context, log });
	const runs = new Runs(log, folders);
	const testRuns = new TestRuns();
	context.subscriptions.push(folders, libraries, problemSets, runs, testRuns);
	return { context, log, folders, libraries, problemSets, models, runs, testRuns };
}
