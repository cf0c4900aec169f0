/** Pages to read: Markdown documents that nobody can edit, whose links run commands. */
import * as vscode from 'vscode';
import { commandLink, fenced } from './attemptText.js';
import { withoutAddresses } from './plainText.js';

export interface PageLink {
	readonly line: number;
	readonly start: number;
	readonly end: number;
	readonly target: vscode.Uri;
	readonly tooltip: string;
}

/** What can be done with a page as a whole, offered above its first line. */
export interface PageAction {
	readonly title: string;
	readonly command: string;
	readonly arguments: readonly unknown[];
}

export interface Page {
	readonly text: string;
	readonly links: readonly PageLink[];
	readonly actions: readonly PageAction[];
}

/** Puts a page together, line by line. */
export class PageWriter {
	private readonly lines: string[] = [];
	private readonly links: PageLink[] = [];

	heading(text: string, level: 1 | 2 = 2): this {
		if (this.lines.length > 0 && this.lines.at(-1) !== '') this.lines.push('');
		this.lines.push(`${'#'.repeat(level)} ${text}`, '');
		return this;
	}

	line(text = ''): this {
		this.lines.push(...text.split(/\r?\n/u));
		return this;
	}

	/**
	 * A text of somebody else, set apart as it is: nothing in it reads as a part of the page, or is a link.
	 * @param links words that run a command wherever the text has them
	 */
	quote(text: string, links: ReadonlyMap<string, CommandLink> = new Map()): this {
		const first = this.lines.length;
		this.line(withoutAddresses(fenced(text.trim())));
		for (const [at, shown] of this.lines.slice(first).entries()) {
			for (const [word, command] of links) {
				for (let start = shown.indexOf(word); start >= 0; start = shown.indexOf(word, start + word.length)) {
					this.addLink(first + at, start, start + word.length, command);
				}
			}
		}
		return this;
	}

	/** A line whose part `label` runs a command. */
	link(before: string, label: string, command: CommandLink, after = ''): this {
		this.addLink(this.lines.length, before.length, before.length + label.length, command);
		this.lines.push(`${before}${label}${after}`);
		return this;
	}

	page(actions: readonly PageAction[] = []): Page {
		return { text: `${this.lines.join('\n').trimEnd()}\n`, links: this.links, actions };
	}

	private addLink(line: number, start: number, end: number, { command, argument, tooltip }: CommandLink): void {
		this.links.push({ line, start, end, target: vscode.Uri.parse(commandLink(command, argument)), tooltip });
	}
}

export interface CommandLink {
	readonly command: string;
	/** Passed on as JSON. */
	readonly argument: unknown;
	/** What a click does. */
	readonly tooltip: string;
}

/** The pages of one scheme, made when they are shown; what shows one is told of its changes by `refresh`. */
export class Pages
	implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider, vscode.CodeLensProvider, vscode.Disposable
{
	private readonly changed = new vscode.EventEmitter<vscode.Uri>();
	private readonly lensesChanged = new vscode.EventEmitter<void>();
	private readonly shown = new Map<string, Page>();
	private readonly registrations: vscode.Disposable;

	/** @param make the page of an address; what it throws is shown as the page */
	constructor(
		readonly scheme: string,
		private readonly make: (uri: vscode.Uri) => Page | Promise<Page>,
	) {
		const { workspace, languages } = vscode;
		this.registrations = vscode.Disposable.from(
			workspace.registerTextDocumentContentProvider(scheme, this),
			languages.registerDocumentLinkProvider({ scheme }, this),
			languages.registerCodeLensProvider({ scheme }, this),
			workspace.onDidCloseTextDocument(({ uri }) => this.shown.delete(uri.toString())),
			this.changed,
			this.lensesChanged,
		);
	}

	readonly onDidChange = this.changed.event;
	readonly onDidChangeCodeLenses = this.lensesChanged.event;

	/** Addresses of the pages that are open. */
	get open(): readonly vscode.Uri[] {
		return vscode.workspace.textDocuments.map(({ uri }) => uri).filter(({ scheme }) => scheme === this.scheme);
	}

	refresh(uri: vscode.Uri): void {
		this.changed.fire(uri);
	}

	/** Shows the page, where the user is or beside it. */
	async show(uri: vscode.Uri, viewColumn: vscode.ViewColumn = vscode.ViewColumn.Active): Promise<vscode.TextEditor> {
		const document = await vscode.workspace.openTextDocument(uri);
		// A page that is open already may be an old one.
		this.refresh(uri);
		return vscode.window.showTextDocument(document, { viewColumn, preview: true });
	}

	async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
		const page = await this.pageOf(uri);
		this.shown.set(uri.toString(), page);
		this.lensesChanged.fire();
		return page.text;
	}

	provideDocumentLinks({ uri }: vscode.TextDocument): vscode.DocumentLink[] {
		return (this.shown.get(uri.toString())?.links ?? []).map(({ line, start, end, target, tooltip }) => {
			const link = new vscode.DocumentLink(new vscode.Range(line, start, line, end), target);
			link.tooltip = tooltip;
			return link;
		});
	}

	provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
		const top = new vscode.Range(0, 0, 0, 0);
		return (this.shown.get(uri.toString())?.actions ?? []).map(
			({ title, command, arguments: given }) => new vscode.CodeLens(top, { title, command, arguments: [...given] }),
		);
	}

	dispose(): void {
		this.registrations.dispose();
	}

	private async pageOf(uri: vscode.Uri): Promise<Page> {
		try {
			return await this.make(uri);
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			return new PageWriter().heading(vscode.l10n.t('This page can’t be shown'), 1).line(message).page();
		}
	}
}
