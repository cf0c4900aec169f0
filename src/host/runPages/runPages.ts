/** The pages of runs, which follow those that go on. */
import * as vscode from 'vscode';
import { type Page, Pages } from '../pages.js';
import { oneLine } from '../plainText.js';
import type { RunTarget } from '../runArgument.js';
import { runLabel } from '../runWords.js';
import type { Services } from '../services.js';
import type { ShownState } from '../shownRun.js';

const scheme = 'flex-run';
/** A run of another process is looked at this often at most, while others make news; milliseconds. */
const lookPace = 2_000;
const unsettled: readonly ShownState[] = ['preparing', 'running', 'paused', 'stopping'];

export class RunPages implements vscode.Disposable {
	/** How each page was when it was made. */
	private readonly made = new Map<string, { readonly state: ShownState; readonly at: number }>();
	private readonly pages = new Pages(scheme, (uri) => this.pageOf(uri));
	private readonly subscriptions: readonly vscode.Disposable[];

	constructor(private readonly services: Services) {
		this.subscriptions = [
			services.runs.onDidChange(() => this.follow()),
			// What another process does is not told; it is looked at with the page.
			vscode.window.onDidChangeActiveTextEditor((editor) => {
				if (editor?.document.uri.scheme === scheme) this.pages.refresh(editor.document.uri);
			}),
			vscode.workspace.onDidCloseTextDocument(({ uri }) => this.made.delete(uri.toString())),
			this.pages,
		];
	}

	async show(target: RunTarget): Promise<void> {
		const query = queryOf(target);
		const open = this.pages.open.find((uri) => uri.query === query);
		await this.pages.show(open ?? (await this.addressOf(target)));
	}

	/** Closes the page of a run that is no more. */
	async close(target: RunTarget): Promise<void> {
		const query = queryOf(target);
		const tabs = vscode.window.tabGroups.all
			.flatMap((group) => group.tabs)
			.filter(
				({ input }) => input instanceof vscode.TabInputText && input.uri.scheme === scheme && input.uri.query === query,
			);
		await vscode.window.tabGroups.close(tabs);
	}

	dispose(): void {
		for (const subscription of this.subscriptions) subscription.dispose();
	}

	private follow(): void {
		const live = new Set(this.services.runs.live.map(({ job }) => job.id));
		for (const uri of this.pages.open) {
			const known = this.made.get(uri.toString());
			const goesOn = live.has(targetIn(uri)?.id ?? '') || (known && unsettled.includes(known.state));
			const isDue = known?.state === 'elsewhere' && Date.now() - known.at >= lookPace;
			if (goesOn || isDue) this.pages.refresh(uri);
		}
	}

	private async addressOf(target: RunTarget): Promise<vscode.Uri> {
		const { shownRun } = await import('./readStory.js');
		const label = runLabel(await shownRun(this.services, target));
		return vscode.Uri.from({
			scheme,
			path: `/${oneLine(label.replace(/[\\/]/gu, ' '), 80)}.md`,
			query: queryOf(target),
		});
	}

	private async pageOf(uri: vscode.Uri): Promise<Page> {
		const named = targetIn(uri);
		const folder = this.services.folders.all().find((known) => known.uri.toString() === named?.folder);
		if (!named || !folder) throw new Error(vscode.l10n.t('The folder of this run is not in the workspace any more.'));
		const [{ readStory }, { runPage }] = await Promise.all([import('./readStory.js'), import('./runPage.js')]);
		const story = await readStory(this.services, { folder, id: named.id });
		this.made.set(uri.toString(), { state: story.shown.state, at: Date.now() });
		return runPage(story);
	}
}

function queryOf({ folder, id }: RunTarget): string {
	return JSON.stringify([folder.uri.toString(), id]);
}

function targetIn({ query }: vscode.Uri): { readonly folder: string; readonly id: string } | undefined {
	try {
		const value: unknown = JSON.parse(query);
		const [folder, id] = Array.isArray(value) ? value : [];
		return typeof folder === 'string' && typeof id === 'string' ? { folder, id } : undefined;
	} catch {
		return undefined;
	}
}
