/** Above each document: how often the experience was used, its history, where it comes from, and what it waits for. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { sourcesOf } from '../../core/experience/experience.js';
import type { UseCount } from '../../core/experience/store.js';
import type { Services } from '../services.js';
import { revisionScheme, scheme } from './documentPath.js';
import { type Experiences, type Found, revisionNumber } from './experiences.js';

/** Sources that the tooltip lists. */
const listedSources = 20;

export function registerLenses(services: Services, experiences: Experiences): vscode.Disposable {
	const lenses = new Lenses(services, experiences);
	const selector = [{ scheme }, { scheme: revisionScheme }];
	return vscode.Disposable.from(
		lenses,
		services.libraries.onDidChange(() => lenses.refresh()),
		vscode.languages.registerCodeLensProvider(selector, lenses),
	);
}

class Lenses implements vscode.CodeLensProvider, vscode.Disposable {
	private readonly changed = new vscode.EventEmitter<void>();
	readonly onDidChangeCodeLenses = this.changed.event;

	constructor(
		private readonly services: Services,
		private readonly experiences: Experiences,
	) {}

	refresh(): void {
		this.changed.fire();
	}

	dispose(): void {
		this.changed.dispose();
	}

	async provideCodeLenses({ uri }: vscode.TextDocument): Promise<vscode.CodeLens[]> {
		const target = this.experiences.targetOf(uri);
		if (!target) return [];
		const found = await this.experiences.find(target).catch(() => undefined);
		if (!found) return [];
		const commands = uri.scheme === scheme ? await this.ofDocument(found) : await this.ofRevision(uri, found);
		return commands.map((command) => new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), command));
	}

	private async ofDocument(found: Found): Promise<readonly vscode.Command[]> {
		const { folder, library, experience } = found;
		const { id } = experience;
		const target = { folder, id };
		const [uses, history] = await Promise.all([library.uses([id]), library.history(id)]);
		const revisions =
			history.length === 1 ? vscode.l10n.t('1 revision') : vscode.l10n.t('{0} revisions', history.length);
		const waits = experience.status === 'quarantined' || experience.status === 'proposed';
		const curation = waits && !this.experiences.isReadOnly(found) ? curate(target) : [];
		return [
			...curation,
			{ title: usesText(uses.get(id)), command: '' },
			{
				title: `$(history) ${revisions}`,
				tooltip: vscode.l10n.t('Compare and restore revisions'),
				command: 'flex.library.history',
				arguments: [target],
			},
			...this.origin(found),
			...(await this.taught(found)),
		];
	}

	private async ofRevision(uri: vscode.Uri, { library, experience }: Found): Promise<readonly vscode.Command[]> {
		const rev = revisionNumber(uri);
		const revisions = await library.history(experience.id);
		const index = revisions.findIndex((one) => one.rev === rev);
		const revision = revisions[index];
		if (!revision) return [];
		const { authorText, timeText, whatText } = await import('../revisionTexts.js');
		const parts = [
			vscode.l10n.t('Revision {0}', rev),
			timeText(revision.at),
			authorText(revision.by),
			whatText(revision, revisions[index - 1]),
		];
		const restore = {
			title: `$(discard) ${vscode.l10n.t('Restore this revision')}`,
			command: 'flex.library.restore',
			arguments: [uri],
		};
		return [{ title: parts.join(' · '), command: '' }, ...(rev === experience.rev ? [] : [restore])];
	}

	/** The run that wrote it, with a link where the folder still has it, or the file that it came from. */
	private origin({ folder, experience }: Found): readonly vscode.Command[] {
		const { run, imported } = experience.origin;
		if (imported !== undefined) return [{ title: vscode.l10n.t('Imported from {0}', imported), command: '' }];
		if (!/^[0-9A-HJKMNP-TV-Z]{26}$/u.test(run)) return [];
		const title = vscode.l10n.t('From run {0}', run);
		if (!folder || !existsSync(join(folder.workspace.runs, run))) return [{ title, command: '' }];
		return [{ title: `$(go-to-file) ${title}`, command: 'flex.runs.open', arguments: [{ folder, id: run }] }];
	}

	/** The first problem that taught it, with a link where the workspace has its set. */
	private async taught({ experience }: Found): Promise<readonly vscode.Command[]> {
		const sources = sourcesOf(experience);
		const [first] = sources;
		if (!first) return [];
		const name = `${first.set}/${first.problem}`;
		const title =
			sources.length === 1
				? vscode.l10n.t('Taught by {0}', name)
				: vscode.l10n.t('Taught by {0} and {1} more', name, sources.length - 1);
		const listed = sources.slice(0, listedSources).map(({ set, problem }) => `${set}/${problem}`);
		const tooltip = [...listed, ...(sources.length > listedSources ? ['…'] : [])].join('\n');
		const set = (await this.services.problemSets.list()).find(({ label }) => label === first.set);
		if (!set) return [{ title, tooltip, command: '' }];
		const link = { command: 'flex.problemSets.open', arguments: [{ set, problem: first.problem }] };
		return [{ title: `$(go-to-file) ${title}`, tooltip, ...link }];
	}
}

function curate(target: object): readonly vscode.Command[] {
	return [
		{ title: `$(check) ${vscode.l10n.t('Accept')}`, command: 'flex.library.accept', arguments: [target] },
		{ title: `$(close) ${vscode.l10n.t('Reject')}`, command: 'flex.library.reject', arguments: [target] },
	];
}

function usesText(count: UseCount | undefined): string {
	if (!count || count.used === 0) return vscode.l10n.t('Not used yet');
	if (count.used === 1) {
		return count.solved === 1 ? vscode.l10n.t('Used once, solved it') : vscode.l10n.t('Used once, not solved');
	}
	return vscode.l10n.t('Used {0} times, solved {1}', count.used, count.solved);
}
