/** Which hints a person sees at a place of a document: those that match, are wanted here, and have proved of use. */
import { relative, sep } from 'node:path';
import * as vscode from 'vscode';
import type { UseCount } from '../../core/experience/store.js';
import type { CodeLines, LineRange } from '../../core/hints/codeBlocks.js';
import type { CodeFinding } from '../../core/hints/codePlace.js';
import type { CodeDocument } from '../../core/hints/fileHints.js';
import type { Hint, HintIndex } from '../../core/hints/hintIndex.js';
import type { ExperienceEvidence } from '../../runs/utilities.js';
import type { Evidence } from '../evidence.js';
import type { FlexFolder } from '../folders.js';
import { diagnosticSource } from '../problemFiles/diagnosticTexts.js';
import type { Services } from '../services.js';
import type { HintMemory } from './hintMemory.js';
import { isWantedIn, leastStrength, showsZone } from './hintSettings.js';
import type { HintShelf, HintShelves } from './hintShelves.js';

export interface ShownHint extends Hint {
	/** Whose library; undefined: the user's own. */
	readonly folder: FlexFolder | undefined;
	readonly uses: UseCount | undefined;
	readonly evidence: ExperienceEvidence | undefined;
}

interface Place {
	readonly shelves: readonly HintShelf[];
	readonly document: CodeDocument;
	readonly evidence: ReadonlyMap<string, ExperienceEvidence>;
}

/** Lines that are looked at in one go: a few milliseconds at most. */
const piece = 150;

type Matcher = (index: HintIndex, document: CodeDocument, least: number) => readonly Hint[];

export class HintFinder {
	constructor(
		private readonly services: Pick<Services, 'folders'>,
		private readonly shelves: HintShelves,
		private readonly memory: HintMemory,
		private readonly evidence: Evidence,
	) {}

	/** The best first; those of the block around a line. */
	async around(document: vscode.TextDocument, line: number): Promise<readonly ShownHint[]> {
		const { hintsAround } = await import('../../core/hints/fileHints.js');
		return this.ordered(document, (index, code, least) => hintsAround(index, code, line, least));
	}

	/** The best first; those of these lines alone. */
	async within(document: vscode.TextDocument, range: LineRange): Promise<readonly ShownHint[]> {
		const { hintsIn } = await import('../../core/hints/fileHints.js');
		return this.ordered(document, (index, code, least) => hintsIn(index, code, range, least));
	}

	/**
	 * By line: of each line in the range the best one. A long range is looked at in pieces, with others' turn between.
	 * @param token ends it early; what it gives then is not all
	 */
	async along(
		document: vscode.TextDocument,
		range: LineRange,
		token?: vscode.CancellationToken,
	): Promise<readonly ShownHint[]> {
		const { hintsOfRange } = await import('../../core/hints/fileHints.js');
		const byLine = new Map<number, ShownHint>();
		for (let first = range.first; first <= range.last && !token?.isCancellationRequested; first += piece) {
			const part = { first, last: Math.min(range.last, first + piece - 1) };
			const found = await this.ordered(document, (index, code, least) => hintsOfRange(index, code, part, least));
			for (const hint of found) if (!byLine.has(hint.line)) byLine.set(hint.line, hint);
			if (part.last < range.last) await new Promise((goOn) => setImmediate(goOn));
		}
		return [...byLine.values()].filter(({ line }) => line < document.lineCount).sort((a, b) => a.line - b.line);
	}

	private async ordered(document: vscode.TextDocument, match: Matcher): Promise<readonly ShownHint[]> {
		const place = await this.placeOf(document);
		if (!place) return [];
		const { orderedHints } = await import('../../core/hints/hintOrder.js');
		const least = leastStrength(document.uri);
		const seen = new Set<string>();
		const shown: ShownHint[] = [];
		for (const { folder, index, uses } of place.shelves) {
			for (const hint of match(index, place.document, least)) {
				const { id, zone } = hint.experience;
				const name = `${hint.line} ${id}`;
				if (seen.has(name) || !showsZone(zone, document.uri) || this.memory.isUnwanted(id, document)) continue;
				seen.add(name);
				shown.push({ ...hint, folder, uses: uses.get(id), evidence: place.evidence.get(id) });
			}
		}
		return orderedHints(shown, ({ uses, evidence }) => ({ uses, verdict: evidence?.verdict }));
	}

	private async placeOf(document: vscode.TextDocument): Promise<Place | undefined> {
		const folder = this.services.folders.of(document.uri);
		if (!folder || document.uri.scheme !== 'file' || document.fileName.endsWith('.jsonl')) return undefined;
		const path = relative(folder.uri.fsPath, document.uri.fsPath).split(sep).join('/');
		if (path.startsWith('.flex/') || !isWantedIn(document, path)) return undefined;
		const shelves = (await this.shelves.of(folder)).filter(({ index }) => index.size > 0);
		if (shelves.length === 0) return undefined;
		const evidence = await this.evidence.of(folder).catch(() => new Map<string, ExperienceEvidence>());
		const file = { language: document.languageId, path };
		return { shelves, document: { file, lines: linesOf(document), findings: findingsOf(document) }, evidence };
	}
}

function linesOf(document: vscode.TextDocument): CodeLines {
	return { count: document.lineCount, at: (line) => document.lineAt(line).text };
}

/** What compilers and linters complain of; suggestions are no trouble, and our own diagnostics are about problem files. */
function findingsOf({ uri }: vscode.TextDocument): readonly CodeFinding[] {
	return vscode.languages
		.getDiagnostics(uri)
		.filter(({ source, severity }) => source !== diagnosticSource && severity !== vscode.DiagnosticSeverity.Hint)
		.map(({ range, message, code, source }) => ({
			line: range.start.line,
			text: `${message} ${codeText(code, source)}`,
		}));
}

/** TypeScript's codes are bare numbers, and known by their prefix. */
function codeText(code: vscode.Diagnostic['code'], source: string | undefined): string {
	const value = typeof code === 'object' ? code.value : code;
	if (value === undefined) return '';
	return source === 'ts' || source === 'js' ? `TS${value}` : String(value);
}
