/** The hover over a problem of a problem file: what the library knows for it, and why. */
import * as vscode from 'vscode';
import { sourcesOf } from '../../core/experience/experience.js';
import type { SearchHit } from '../../core/experience/store.js';
import type { Library } from '../../library/library.js';
import type { Evidence } from '../evidence.js';
import type { FlexFolder } from '../folders.js';
import { ProblemDocuments } from '../problemFiles/problemDocuments.js';
import { SplitDocuments } from '../problemFiles/splitDocuments.js';
import type { Services } from '../services.js';
import { plainMarkdown } from '../views/plainMarkdown.js';
import { hintCommands, label, openLink, part, partsOf, trustedMarkdown } from './hintMarkdown.js';
import { isOn } from './hintSettings.js';
import { factTexts } from './hintTexts.js';

/** Patterns of one experience that are told. */
const mostPatterns = 2;
const mostTerms = 6;

interface Known {
	readonly hit: SearchHit;
	/** Undefined: the user's own library. */
	readonly folder: FlexFolder | undefined;
	readonly library: Library;
}

export class ProblemHover implements vscode.HoverProvider, vscode.Disposable {
	private readonly documents = new ProblemDocuments();
	private readonly splits: SplitDocuments;
	private readonly subscriptions: vscode.Disposable;

	constructor(
		private readonly services: Pick<Services, 'problemSets' | 'libraries' | 'log'>,
		private readonly evidence: Evidence,
	) {
		this.splits = new SplitDocuments(services);
		this.subscriptions = vscode.Disposable.from(
			services.problemSets.onDidChange(() => this.splits.forget()),
			vscode.workspace.onDidCloseTextDocument(({ uri }) => this.documents.forget(uri)),
		);
	}

	dispose(): void {
		this.subscriptions.dispose();
	}

	async provideHover(
		document: vscode.TextDocument,
		{ line }: vscode.Position,
		token: vscode.CancellationToken,
	): Promise<vscode.Hover | undefined> {
		if (!isOn('problemFiles', document.uri)) return undefined;
		const place = await this.splits.of(document);
		// Test problems are read by benchmarks alone: nobody looks up what helps with them.
		if (!place || place.split === 'test' || token.isCancellationRequested) return undefined;
		const problem = await this.documents.line(document, document.lineAt(line).text);
		if ('message' in problem || token.isCancellationRequested) return undefined;
		const { folder } = place.set;
		const known = await this.known(folder, document.uri, problem.question);
		if (token.isCancellationRequested || known.length === 0) return undefined;
		const name = place.manifest?.name ?? place.set.label;
		const texts = await Promise.all(known.map((one) => this.markdown(one, folder, { set: name, problem: problem.id })));
		return new vscode.Hover(texts, document.lineAt(line).range);
	}

	/** As retrieval finds it for a model, what the problem itself taught among it. */
	private async known(folder: FlexFolder, uri: vscode.Uri, text: string): Promise<readonly Known[]> {
		const { libraries } = this.services;
		const settings = vscode.workspace.getConfiguration('flex.retrieval', uri);
		const limits = {
			experiences: settings.get('experiences', 3),
			patterns: settings.get('patterns', 4),
			cases: settings.get('cases', 4),
			minMatch: settings.get('minMatch', 0),
		};
		const [library, own] = await Promise.all([libraries.existing(folder), libraries.own()]);
		const { layeredStore } = await import('../../runs/layeredStore.js');
		const first = library ?? own;
		if (!first) return [];
		const store = library && own ? layeredStore(library, own) : first;
		const [result] = await store.search([{ text, limits }]);
		return (result?.hits ?? []).map((hit) => {
			const isOwn = !library || ('isOwn' in store && store.isOwn(hit.experience.id));
			return isOwn && own ? { hit, folder: undefined, library: own } : { hit, folder, library: library ?? first };
		});
	}

	private async markdown(
		{ hit, folder, library }: Known,
		workspace: FlexFolder,
		problem: { readonly set: string; readonly problem: string },
	): Promise<vscode.MarkdownString> {
		const { experience, terms, patterns } = hit;
		const uses = (await library.uses([experience.id])).get(experience.id);
		const evidence = (await this.evidence.of(workspace).catch(() => undefined))?.get(experience.id);
		const rules = experience.patterns.filter(({ id }) => patterns.includes(id)).slice(0, mostPatterns);
		const matched = terms.slice(0, mostTerms).join(', ');
		const why = [
			matched === '' ? '' : vscode.l10n.t('matches {0}', matched),
			...factTexts(uses, evidence),
			folder ? '' : vscode.l10n.t('from your own library'),
		].filter((text) => text !== '');
		const taught = sourcesOf(experience).some(
			(source) => source.set === problem.set && source.problem === problem.problem,
		);
		const paragraphs = [
			...partsOf({ experience }),
			...rules.map(({ rule }) => part(vscode.l10n.t('Pattern'), rule)),
			`${label(vscode.l10n.t('Why here'))} ${plainMarkdown(why.join(' · '))}`,
			taught ? `**${plainMarkdown(vscode.l10n.t('Learned from this problem; a benchmark leaves it out here.'))}**` : '',
			openLink({ experience, folder }),
		];
		return trustedMarkdown(
			paragraphs.filter((text) => text !== ''),
			[hintCommands.open],
		);
	}
}
