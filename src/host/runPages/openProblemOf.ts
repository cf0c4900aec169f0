/** Shows a problem that a page names: the link brings its set as text. */
import * as vscode from 'vscode';
import { textFrom } from '../pickSet.js';
import type { Services } from '../services.js';

export async function openProblemOf({ problemSets }: Pick<Services, 'problemSets'>, argument: unknown): Promise<void> {
	const [uri, problem] = [textFrom(argument, 'set'), textFrom(argument, 'problem')];
	const set = (await problemSets.list()).find((known) => known.uri.toString() === uri);
	if (set && problem !== undefined) await vscode.commands.executeCommand('flex.problemSets.open', { set, problem });
}
