/** Hints as quiet marks in the visible lines: at the ends of lines or in the margin, as the settings say. */
import * as vscode from 'vscode';
import type { HintFinder, ShownHint } from './hintFinder.js';
import { hintMarkdown } from './hintMarkdown.js';
import { isOn } from './hintSettings.js';
import { hintTitle } from './hintTexts.js';

/** After the last change, scroll or diagnostic, in milliseconds. */
const pause = 300;

export class HintMarks implements vscode.Disposable {
	private readonly endOfLine = vscode.window.createTextEditorDecorationType({
		rangeBehavior: vscode.DecorationRangeBehavior.ClosedOpen,
		after: { margin: '0 0 0 2em', color: new vscode.ThemeColor('editorCodeLens.foreground') },
	});
	private readonly gutter: Readonly<Record<'warning' | 'advice', vscode.TextEditorDecorationType>>;
	private readonly subscriptions: readonly vscode.Disposable[];
	private waiting: NodeJS.Timeout | undefined;
	private disposed = false;

	/** @param onDidChange after the library or what a person wants to see changed */
	constructor(
		extension: vscode.Uri,
		private readonly finder: HintFinder,
		private readonly log: vscode.LogOutputChannel,
		onDidChange: vscode.Event<void>,
	) {
		const { window, workspace, languages } = vscode;
		this.gutter = { warning: gutterType(extension, 'warning'), advice: gutterType(extension, 'advice') };
		this.subscriptions = [
			this.endOfLine,
			...Object.values(this.gutter),
			window.onDidChangeVisibleTextEditors(() => this.plan()),
			window.onDidChangeTextEditorVisibleRanges(() => this.plan()),
			workspace.onDidChangeTextDocument(({ document }) => {
				if (window.visibleTextEditors.some((editor) => editor.document === document)) this.plan();
			}),
			languages.onDidChangeDiagnostics(() => this.plan()),
			onDidChange(() => this.plan()),
		];
		this.plan();
	}

	dispose(): void {
		this.disposed = true;
		clearTimeout(this.waiting);
		for (const subscription of this.subscriptions) subscription.dispose();
	}

	private plan(): void {
		clearTimeout(this.waiting);
		this.waiting = setTimeout(() => {
			this.waiting = undefined;
			for (const editor of vscode.window.visibleTextEditors) {
				this.mark(editor).catch((error: unknown) => this.log.error(String(error)));
			}
		}, pause);
	}

	private async mark(editor: vscode.TextEditor): Promise<void> {
		const { document } = editor;
		const [atEnd, inGutter] = [isOn('endOfLine', document.uri), isOn('gutter', document.uri)];
		const { version } = document;
		const hints = atEnd || inGutter ? await this.visible(editor) : [];
		// What was found for other text stands at the wrong lines; the change has planned the next look already.
		if (this.disposed || document.version !== version) return;
		editor.setDecorations(this.endOfLine, atEnd ? hints.map((hint) => endMark(hint, document)) : []);
		for (const [kind, type] of Object.entries(this.gutter)) {
			const marked = inGutter ? hints.filter((hint) => (kind === 'warning') === isWarning(hint)) : [];
			editor.setDecorations(
				type,
				marked.map((hint) => lineRange(hint, document)),
			);
		}
	}

	private async visible({ document, visibleRanges }: vscode.TextEditor): Promise<readonly ShownHint[]> {
		const found = new Map<number, ShownHint>();
		for (const { start, end } of visibleRanges) {
			for (const hint of await this.finder.along(document, { first: start.line, last: end.line }))
				found.set(hint.line, hint);
		}
		return [...found.values()];
	}
}

function gutterType(extension: vscode.Uri, kind: 'warning' | 'advice'): vscode.TextEditorDecorationType {
	const icon = (theme: string): vscode.Uri => vscode.Uri.joinPath(extension, 'media', `hint-${kind}-${theme}.svg`);
	return vscode.window.createTextEditorDecorationType({
		gutterIconSize: '80%',
		light: { gutterIconPath: icon('light') },
		dark: { gutterIconPath: icon('dark') },
	});
}

function endMark(hint: ShownHint, document: vscode.TextDocument): vscode.DecorationOptions {
	const text = isWarning(hint)
		? vscode.l10n.t('FLEX warns: {0}', hintTitle(hint))
		: vscode.l10n.t('FLEX: {0}', hintTitle(hint));
	const range = document.lineAt(hint.line).range;
	// The mark is no code: hovers of the line don't reach it, so it brings its own.
	const hoverMessage = hintMarkdown(hint, document);
	return {
		range: new vscode.Range(range.end, range.end),
		hoverMessage,
		renderOptions: { after: { contentText: text } },
	};
}

function lineRange({ line }: ShownHint, document: vscode.TextDocument): vscode.Range {
	return document.lineAt(line).range;
}

function isWarning({ experience }: ShownHint): boolean {
	return experience.zone !== 'golden';
}
