/** Experience where people work: hints in source files and over problems. What is off is not there at all. */
import * as vscode from 'vscode';
import { Evidence } from '../evidence.js';
import type { Services } from '../services.js';
import { registerHintActions } from './hintActions.js';
import { HintFinder } from './hintFinder.js';
import { HintLenses } from './hintLenses.js';
import { HintMarks } from './hintMarks.js';
import { HintMemory } from './hintMemory.js';
import { type HintSurface, wantedSurfaces } from './hintSettings.js';
import { HintShelves } from './hintShelves.js';
import { ProblemHover } from './problemHover.js';
import { SourceHover } from './sourceHover.js';

const sources: vscode.DocumentSelector = { scheme: 'file' };
const problems: vscode.DocumentSelector = { scheme: 'file', pattern: '**/*.jsonl' };

export function registerHints(services: Services): vscode.Disposable {
	const hints = new Hints(services);
	return vscode.Disposable.from(
		hints,
		vscode.workspace.onDidChangeConfiguration((event) => {
			if (event.affectsConfiguration('flex.hints') || event.affectsConfiguration('flex.retrieval')) hints.begin();
		}),
		vscode.workspace.onDidChangeWorkspaceFolders(() => hints.begin()),
	);
}

class Hints implements vscode.Disposable {
	private readonly memory: HintMemory;
	private readonly actions: vscode.Disposable;
	private finder: HintFinder | undefined;
	private shown: vscode.Disposable | undefined;

	constructor(private readonly services: Services) {
		this.memory = new HintMemory(services.context.workspaceState);
		this.actions = registerHintActions(services, this.memory, () => this.finder);
		this.begin();
	}

	/** Registers what the settings ask for, and nothing else. */
	begin(): void {
		this.end();
		const wanted = wantedSurfaces();
		if (wanted.length > 0) this.shown = this.show(wanted);
	}

	dispose(): void {
		this.end();
		this.actions.dispose();
		this.memory.dispose();
	}

	private end(): void {
		this.shown?.dispose();
		this.shown = undefined;
		this.finder = undefined;
	}

	private show(wanted: readonly HintSurface[]): vscode.Disposable {
		const { services, memory } = this;
		const { languages } = vscode;
		const evidence = new Evidence();
		const shelves = new HintShelves(services);
		const changed = new vscode.EventEmitter<void>();
		const finder = new HintFinder(services, shelves, memory, evidence);
		const disposables: vscode.Disposable[] = [
			shelves,
			changed,
			shelves.onDidChange(() => changed.fire()),
			memory.onDidChange(() => changed.fire()),
			services.runs.onDidEnd(() => evidence.forget()),
		];
		if (wanted.includes('problemFiles')) {
			const hover = new ProblemHover(services, evidence);
			disposables.push(hover, languages.registerHoverProvider(problems, hover));
		}
		if (wanted.includes('hover')) disposables.push(languages.registerHoverProvider(sources, new SourceHover(finder)));
		if (wanted.includes('codeLens')) {
			disposables.push(languages.registerCodeLensProvider(sources, new HintLenses(finder, changed.event)));
		}
		if (wanted.includes('gutter') || wanted.includes('endOfLine')) {
			disposables.push(new HintMarks(services.context.extensionUri, finder, services.log, changed.event));
		}
		this.finder = finder;
		return vscode.Disposable.from(...disposables);
	}
}
