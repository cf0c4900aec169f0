/** Opens the files of a problem set: a problem at its line, the settings, or what is wrong with the set. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { FoundSet } from '../../problemSets.js';
import { openSplits } from './problemNodes.js';

/** The problem's line in its JSONL file. */
export async function openProblem({ uri }: FoundSet, problem: string): Promise<void> {
	const { fileOfSplit, problemLines, readSplitFiles } = await import('../../../providers/splitFiles.js');
	const files = await readSplitFiles(uri.fsPath);
	for (const split of openSplits) {
		const file = fileOfSplit(files, split);
		if (file === undefined) continue;
		const line = (await problemLines(file)).get(problem);
		if (line !== undefined) return openAt(vscode.Uri.file(file), line);
	}
	await vscode.window.showInformationMessage(vscode.l10n.t('The problem {0} is not in this set any more.', problem));
}

export async function openSettings({ uri }: FoundSet): Promise<void> {
	await openAt(vscode.Uri.joinPath(uri, 'flex-task.json'), 1);
}

/** The first line of a split that can't be used; the settings where all lines can. */
export async function openFault(set: FoundSet): Promise<void> {
	const { readSplitFiles } = await import('../../../providers/splitFiles.js');
	const { parseProblems } = await import('../../../core/tasks/problemSet.js');
	const { manifest, files } = await readSplitFiles(set.uri.fsPath);
	for (const { file } of manifest ? files : []) {
		if (!existsSync(file)) continue;
		const { problems, lines, issues } = parseProblems(await readFile(file, 'utf8'));
		const labels = manifest?.answerSpace;
		const stray = labels ? problems.findIndex(({ answer }) => !labels.includes(answer)) : -1;
		const line = issues.find(({ fatal }) => fatal)?.line ?? lines[stray];
		if (line !== undefined) return openAt(vscode.Uri.file(file), line);
	}
	await openSettings(set);
}

/** @param line from 1 */
async function openAt(uri: vscode.Uri, line: number): Promise<void> {
	const selection = new vscode.Range(line - 1, 0, line - 1, 0);
	await vscode.window.showTextDocument(uri, { selection, preview: true });
}
