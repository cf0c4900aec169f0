/** Says in the editor what is wrong with problem files and `flex-task.json`, a moment after the typing stops. */
import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import * as vscode from 'vscode';
import type { Services } from '../services.js';
import { diagnosticOf, manifestDiagnosticOf } from './diagnosticTexts.js';
import type { ProblemDocuments } from './problemDocuments.js';
import type { SplitDocuments } from './splitDocuments.js';

/** After the last change of a document, in milliseconds. */
const pause = 250;

export class ProblemDiagnostics implements vscode.Disposable {
	private readonly collection = vscode.languages.createDiagnosticCollection('flex');
	private readonly usable = new vscode.EventEmitter<void>();
	/** The lines that can't be used, as last found. */
	private readonly unusable = new Map<string, string>();
	private readonly underWay = new Map<string, { readonly controller: AbortController; timer?: NodeJS.Timeout }>();
	private readonly subscriptions: readonly vscode.Disposable[];

	constructor(
		private readonly services: Services,
		private readonly splits: SplitDocuments,
		private readonly documents: ProblemDocuments,
	) {
		const { workspace } = vscode;
		this.subscriptions = [
			this.collection,
			this.usable,
			workspace.onDidOpenTextDocument((document) => this.plan(document, 0)),
			workspace.onDidChangeTextDocument(({ document }) => this.plan(document, pause)),
			workspace.onDidCloseTextDocument((document) => this.forget(document)),
			services.problemSets.onDidChange(() => this.planAll()),
		];
		this.planAll();
	}

	/** After other lines than before are problems that can be used, or the sets changed. */
	readonly onDidChangeUsable = this.usable.event;

	dispose(): void {
		for (const { controller, timer } of this.underWay.values()) {
			clearTimeout(timer);
			controller.abort();
		}
		for (const subscription of this.subscriptions) subscription.dispose();
	}

	/** What one split says decides what is odd in another, and the manifest about all of them. */
	private planAll(): void {
		this.splits.forget();
		this.usable.fire();
		for (const document of vscode.workspace.textDocuments) this.plan(document, 0);
	}

	private plan(document: vscode.TextDocument, delay: number): void {
		if (!isProblemFile(document)) return;
		const key = document.uri.toString();
		this.stop(key);
		const controller = new AbortController();
		const timer = setTimeout(() => {
			this.check(document, controller.signal).catch((error: unknown) => this.services.log.error(String(error)));
		}, delay);
		this.underWay.set(key, { controller, timer });
	}

	private forget(document: vscode.TextDocument): void {
		this.stop(document.uri.toString());
		this.collection.delete(document.uri);
		this.documents.forget(document.uri);
		this.unusable.delete(document.uri.toString());
	}

	private stop(key: string): void {
		const before = this.underWay.get(key);
		clearTimeout(before?.timer);
		before?.controller.abort();
		this.underWay.delete(key);
	}

	private async check(document: vscode.TextDocument, signal: AbortSignal): Promise<void> {
		const found = isManifest(document)
			? await manifestDiagnostics(document)
			: await this.splitDiagnostics(document, signal);
		if (signal.aborted || !found) return;
		this.collection.set(document.uri, [...found]);
		this.tellUsable(document);
	}

	private tellUsable(document: vscode.TextDocument): void {
		const fatal = this.documents.seen(document)?.issues.filter((issue) => issue.fatal) ?? [];
		const key = document.uri.toString();
		const lines = fatal.map(({ line }) => line).join();
		if ((this.unusable.get(key) ?? '') === lines) return;
		this.unusable.set(key, lines);
		this.usable.fire();
	}

	/** Undefined where the check was overtaken by another. */
	private async splitDiagnostics(
		document: vscode.TextDocument,
		signal: AbortSignal,
	): Promise<readonly vscode.Diagnostic[] | undefined> {
		const place = await this.splits.of(document);
		if (!place || signal.aborted) return [];
		const [parsed, { findingsOf }] = await Promise.all([
			this.documents.read(document, signal),
			import('./findings.js'),
		]);
		const others = await Promise.all(place.others.map((other) => this.documents.questions(other, signal)));
		if (!parsed || signal.aborted) return undefined;
		const findings = findingsOf(parsed, place.manifest ?? {}, others);
		const fileOf = new Map(place.others.map(({ split, file }) => [split, vscode.Uri.file(file)]));
		return findings.map((finding) => diagnosticOf(finding, document, fileOf));
	}
}

async function manifestDiagnostics(document: vscode.TextDocument): Promise<readonly vscode.Diagnostic[]> {
	const { manifestFindings } = await import('./manifestFindings.js');
	const findings = manifestFindings(document.getText(), dirname(document.uri.fsPath), existsSync);
	return findings.map((finding) => manifestDiagnosticOf(finding, document));
}

function isProblemFile({ uri }: vscode.TextDocument): boolean {
	return uri.scheme === 'file' && (uri.path.endsWith('.jsonl') || uri.path.endsWith('/flex-task.json'));
}

export function isManifest({ uri }: vscode.TextDocument): boolean {
	return basename(uri.path) === 'flex-task.json';
}
