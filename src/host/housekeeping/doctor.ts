/** "Doctor": a page that says what is in order, what is not, and what to do about it. */
import * as vscode from 'vscode';
import { type Page, Pages, PageWriter } from '../pages.js';
import { oneLine } from '../plainText.js';
import type { Services } from '../services.js';
import type { Line } from './doctorWords.js';
import type { Group } from './examine.js';

const scheme = 'flex-doctor';
/** Longest text of a line; messages of others may be pages. */
const longest = 500;

export class Doctor implements vscode.Disposable {
	private readonly pages: Pages;
	/** What was found last; a page that VS Code shows again by itself is examined anew. */
	private found: Page | undefined;

	constructor(private readonly services: Services) {
		this.pages = new Pages(scheme, async () => this.found ?? this.examined(false));
	}

	/** @param online endpoints are asked whether they answer, too */
	async show(online: boolean): Promise<void> {
		const location = vscode.ProgressLocation.Window;
		const title = vscode.l10n.t('FLEX looks whether all is in order…');
		this.found = await vscode.window.withProgress({ location, title }, () => this.examined(online));
		const name = vscode.l10n.t('FLEX doctor');
		await this.pages.show(vscode.Uri.from({ scheme, path: `/${name}.md` }));
	}

	dispose(): void {
		this.pages.dispose();
	}

	private async examined(online: boolean): Promise<Page> {
		const { examine } = await import('./examine.js');
		return pageOf(await examine(this.services, online));
	}
}

function pageOf(groups: readonly Group[]): Page {
	const writer = new PageWriter().heading(vscode.l10n.t('FLEX doctor'), 1).line(summary(groups));
	for (const { title, lines } of groups) {
		writer.heading(oneLine(title, longest));
		for (const line of lines) write(writer, line);
	}
	return writer.page([
		{ title: vscode.l10n.t('Check again'), command: 'flex.doctor', arguments: [] },
		{ title: vscode.l10n.t('Ask the endpoints, too'), command: 'flex.doctor', arguments: [{ online: true }] },
		{ title: vscode.l10n.t('Show log'), command: 'flex.showLog', arguments: [] },
	]);
}

function summary(groups: readonly Group[]): string {
	const lines = groups.flatMap((group) => group.lines);
	const broken = lines.filter(({ state }) => state === 'broken').length;
	if (broken === 0)
		return vscode.l10n.t('Nothing is broken. What is marked “to do” works for now, or comes by itself.');
	return broken === 1
		? vscode.l10n.t('One thing is broken; it says what to do.')
		: vscode.l10n.t('{0} things are broken; each says what to do.', broken);
}

function write(writer: PageWriter, { name, state, found, advice }: Line): void {
	const signs: Readonly<Record<Line['state'], string>> = {
		ok: vscode.l10n.t('✓ ok'),
		todo: vscode.l10n.t('○ to do'),
		broken: vscode.l10n.t('✗ broken'),
	};
	writer.line(`- ${signs[state]} · ${oneLine(name, longest)}: ${oneLine(found, longest)}`);
	if (advice !== undefined) writer.line(`  - ${vscode.l10n.t('What to do: {0}', advice)}`);
}
