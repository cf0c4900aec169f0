/** The history of an experience: its revisions to pick from, each compared with what is current, and brought back. */
import * as vscode from 'vscode';
import type { Revision } from '../../core/experience/store.js';
import { registerGuarded, showFailure } from '../guarded.js';
import type { Services } from '../services.js';
import { revisionScheme } from './documentPath.js';
import { type Experiences, type Found, revisionNumber, type Target } from './experiences.js';
import { comparedTab, targetFrom } from './targets.js';

interface RevisionItem extends vscode.QuickPickItem {
	readonly rev: number;
}

export function registerHistory(services: Services, experiences: Experiences): vscode.Disposable {
	const history = new History(services, experiences);
	return vscode.Disposable.from(
		registerGuarded(services.log, 'flex.library.history', (argument) => history.show(argument)),
		registerGuarded(services.log, 'flex.library.restore', (argument) => history.restoreShown(argument)),
		registerGuarded(services.log, '_flex.library.compare', (argument) => history.compareWith(argument)),
		vscode.workspace.registerTextDocumentContentProvider(revisionScheme, {
			provideTextDocumentContent: (uri) => history.textOf(uri),
		}),
	);
}

class History {
	constructor(
		private readonly services: Services,
		private readonly experiences: Experiences,
	) {}

	async show(argument: unknown): Promise<void> {
		const target = targetFrom(argument, this.services.folders, this.experiences);
		if (!target) return;
		const found = await this.experiences.find(target);
		const [revisions, { authorText, timeText, whatText }] = await Promise.all([
			found.library.history(target.id),
			import('../revisionTexts.js'),
		]);
		const restorable = !this.experiences.isReadOnly(found);
		const items = revisions.map((revision, index): RevisionItem => {
			const { rev, at, by } = revision;
			const current = rev === found.experience.rev;
			return {
				rev,
				label: vscode.l10n.t('Revision {0}', rev),
				description: `${timeText(at)} · ${authorText(by)}${current ? ` · ${vscode.l10n.t('current')}` : ''}`,
				detail: whatText(revision, revisions[index - 1]),
				...(restorable && !current ? { buttons: [restoreButton()] } : {}),
			};
		});
		await this.pick(found, items.reverse());
	}

	/** Brings back the revision that a comparison shows, or that the argument names. */
	async restoreShown(argument: unknown): Promise<void> {
		const shown = argument instanceof vscode.Uri && argument.scheme === revisionScheme ? argument : undefined;
		const uri = shown ?? comparedTab()?.original;
		const target = uri && this.experiences.targetOf(uri);
		if (!uri || !target) {
			const message = vscode.l10n.t('Open a revision from the history of an experience first.');
			await vscode.window.showInformationMessage(message);
			return;
		}
		await this.restore(target, revisionNumber(uri));
	}

	async textOf(uri: vscode.Uri): Promise<string> {
		const target = this.experiences.targetOf(uri);
		if (!target) throw vscode.FileSystemError.FileNotFound(uri);
		const { library } = await this.experiences.find(target);
		const rev = revisionNumber(uri);
		const revision = (await library.history(target.id)).find((one) => one.rev === rev);
		if (!revision) throw vscode.FileSystemError.FileNotFound(uri);
		const { formatDocument } = await import('./documentForm.js');
		return formatDocument(revision.experience);
	}

	/** Resolves when the list is closed and what was picked is open. */
	private pick(found: Found, items: readonly RevisionItem[]): Promise<void> {
		const input = vscode.window.createQuickPick<RevisionItem>();
		input.title = vscode.l10n.t('History of "{0}"', titleOf(found));
		input.placeholder = vscode.l10n.t('Pick a revision to compare it with the current one');
		input.matchOnDescription = true;
		input.matchOnDetail = true;
		input.items = items;
		return new Promise((done) => {
			const then = (action: () => Promise<void>): void => {
				closed.dispose();
				input.dispose();
				done(action().catch((error: unknown) => void showFailure(this.services.log, error)));
			};
			const closed = input.onDidHide(() => then(async () => {}));
			input.onDidAccept(() => {
				const [item] = input.selectedItems;
				if (item) then(() => this.compare(found, item.rev));
			});
			input.onDidTriggerItemButton(({ item }) => {
				const target = { folder: found.folder, id: found.experience.id };
				then(() => this.restore(target, item.rev));
			});
			input.show();
		});
	}

	/** Compares the revision that the argument names with what is current. */
	async compareWith(argument: unknown): Promise<void> {
		const target = targetFrom(argument, this.services.folders, this.experiences);
		const rev = typeof argument === 'object' && argument !== null ? Reflect.get(argument, 'rev') : undefined;
		if (target && typeof rev === 'number') await this.compare(await this.experiences.find(target), rev);
	}

	private async compare(found: Found, rev: number): Promise<void> {
		const document = this.experiences.documentOf(found);
		if (rev === found.experience.rev) {
			await vscode.commands.executeCommand('vscode.open', document);
			return;
		}
		const title = vscode.l10n.t('{0}: revision {1} ↔ current', titleOf(found), rev);
		await vscode.commands.executeCommand('vscode.diff', this.experiences.revisionOf(found, rev), document, title, {
			preview: true,
		} satisfies vscode.TextDocumentShowOptions);
	}

	/** One more revision, which can be taken back like any other. */
	private async restore(target: Target, rev: number): Promise<void> {
		const { library, experience } = await this.experiences.find(target);
		const known = (await library.history(target.id)).some((one: Revision) => one.rev === rev);
		if (!known) throw new Error(vscode.l10n.t('This experience has no revision {0}; its history lists them.', rev));
		await library.apply([{ change: { op: 'undo', id: target.id, to: rev }, by: 'user' }]);
		void this.offerToTakeBack(target, rev, experience.rev);
	}

	private async offerToTakeBack(target: Target, restored: number, before: number): Promise<void> {
		const undo = vscode.l10n.t('Undo');
		const message = vscode.l10n.t('The experience is again what it was at revision {0}.', restored);
		if ((await vscode.window.showInformationMessage(message, undo)) !== undo) return;
		await this.restore(target, before).catch((error: unknown) => showFailure(this.services.log, error));
	}
}

function restoreButton(): vscode.QuickInputButton {
	return { iconPath: new vscode.ThemeIcon('discard'), tooltip: vscode.l10n.t('Restore this revision') };
}

function titleOf({ experience }: Pick<Found, 'experience'>): string {
	return experience.title === '' ? experience.id : experience.title;
}
