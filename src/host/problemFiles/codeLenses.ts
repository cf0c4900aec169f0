/** Lenses on the lines of problem files: train and dev problems can be solved from here, test problems can't. */
import * as vscode from 'vscode';
import type { FoundSet } from '../problemSets.js';
import type { ProblemDocuments } from './problemDocuments.js';
import type { SplitDocuments } from './splitDocuments.js';

/** A lens whose command is made when it comes into sight: there may be 20,000 of them. */
class SolveLens extends vscode.CodeLens {
	constructor(
		range: vscode.Range,
		readonly document: vscode.TextDocument,
		readonly set: FoundSet,
		readonly withExperience: boolean,
	) {
		super(range);
	}
}

export class ProblemLenses implements vscode.CodeLensProvider {
	/** @param onDidChangeCodeLenses after what is known of a document changed */
	constructor(
		private readonly splits: SplitDocuments,
		private readonly documents: ProblemDocuments,
		readonly onDidChangeCodeLenses: vscode.Event<void>,
	) {}

	async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
		const place = await this.splits.of(document);
		if (!place) return [];
		if (place.split === 'test') return [testLens(place.set)];
		const unusable = new Set(
			this.documents
				.seen(document)
				?.issues.filter(({ fatal }) => fatal)
				.map(({ line }) => line),
		);
		const lenses: vscode.CodeLens[] = [];
		// Asking the document for each of its lines would take several times as long.
		for (const [line, text] of document.getText().split('\n').entries()) {
			if (unusable.has(line + 1) || text.trim() === '') continue;
			const start = new vscode.Position(line, 0);
			const range = new vscode.Range(start, start);
			lenses.push(new SolveLens(range, document, place.set, false), new SolveLens(range, document, place.set, true));
		}
		return lenses;
	}

	async resolveCodeLens(lens: vscode.CodeLens): Promise<vscode.CodeLens> {
		if (!(lens instanceof SolveLens)) return lens;
		const { document, set, withExperience } = lens;
		const { text } = document.lineAt(Math.min(lens.range.start.line, document.lineCount - 1));
		const problem = await this.documents.line(document, text);
		if ('message' in problem) {
			// The line broke after the lenses were asked for; they are asked for again in a moment.
			lens.command = { title: withExperience ? '' : vscode.l10n.t('Not a problem yet'), command: '' };
			return lens;
		}
		lens.command = {
			title: withExperience ? vscode.l10n.t('Solve with experience') : vscode.l10n.t('Solve'),
			tooltip: withExperience
				? vscode.l10n.t('Let the model answer this problem with what FLEX has learned')
				: vscode.l10n.t('Let the model answer this problem without what FLEX has learned'),
			command: withExperience ? 'flex.problemSets.solve' : 'flex.problemSets.solveWithout',
			arguments: [{ set, problem: problem.id }],
		};
		return lens;
	}
}

function testLens(set: FoundSet): vscode.CodeLens {
	return new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), {
		title: vscode.l10n.t('Test problems: only benchmarks read them'),
		tooltip: vscode.l10n.t('Run a benchmark on this problem set'),
		command: 'flex.problemSets.benchmark',
		arguments: [{ set }],
	});
}
