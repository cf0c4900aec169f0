/** The pages of answers: each problem has one with experience and one without, beside the editor it was solved from. */
import * as vscode from 'vscode';
import { Pages } from '../pages.js';
import { oneLine } from '../plainText.js';
import { solvePage } from './solvePage.js';
import type { Solved } from './solveWithProgress.js';

const scheme = 'flex-solve';
/** Answers that are kept, so that one can go back to a page that was closed. */
const mostKept = 50;
/** Characters of a tab's title. */
const longestTitle = 40;

export class SolvePages implements vscode.Disposable {
	private readonly solved = new Map<string, Solved>();
	private readonly pages = new Pages(scheme, (uri) => this.pageOf(uri));

	/** Shows the answer; another one to the same question, asked the same way, takes its place. */
	async show(solved: Solved): Promise<void> {
		const uri = addressOf(solved);
		const key = uri.toString();
		// The newest is the last to go.
		this.solved.delete(key);
		this.solved.set(key, solved);
		for (const old of [...this.solved.keys()].slice(0, -mostKept)) this.solved.delete(old);
		const column = columnOf(uri, solved);
		const editor = await this.pages.show(uri, column);
		editor.revealRange(new vscode.Range(0, 0, 0, 0));
	}

	dispose(): void {
		this.pages.dispose();
	}

	private pageOf(uri: vscode.Uri) {
		const solved = this.solved.get(uri.toString());
		if (solved) return solvePage(solved);
		throw new Error(vscode.l10n.t('This answer was not kept. Solve the problem again to see one.'));
	}
}

function addressOf({ asked, problem, attempt: { withExperience } }: Solved): vscode.Uri {
	const name = oneLine(problem.question.replace(/[\\/]/gu, ' '), longestTitle);
	const title = withExperience
		? vscode.l10n.t('With experience, {0}', name)
		: vscode.l10n.t('Without experience, {0}', name);
	const of = 'set' in asked ? asked.set.uri : asked.folder.uri;
	const query = JSON.stringify([of.toString(), problem.id, withExperience]);
	return vscode.Uri.from({ scheme, path: `/${title}.md`, query });
}

/** Where the page is open already; where another answer is; else beside what one works on. */
function columnOf(uri: vscode.Uri, { asked }: Solved): vscode.ViewColumn {
	const open = vscode.window.tabGroups.all.flatMap(({ tabs, viewColumn }) =>
		tabs.flatMap(({ input }) =>
			input instanceof vscode.TabInputText && input.uri.scheme === scheme ? [{ uri: input.uri, viewColumn }] : [],
		),
	);
	const same = open.find((tab) => tab.uri.toString() === uri.toString());
	// Answers to a free question have nothing to be right by but each other: they stand side by side.
	const beside = !('set' in asked) && vscode.window.activeTextEditor?.document.uri.scheme === scheme;
	const column = same ?? (beside ? undefined : open[0]);
	return column?.viewColumn ?? (vscode.window.activeTextEditor ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active);
}
