/** What a person decides about experiences: use or not, pinned or not, whose library; each of it can be taken back. */
import * as vscode from 'vscode';
import type { Library } from '../../library/library.js';
import type { Decided, Decision } from '../../runs/decisions.js';
import { registerGuarded } from '../guarded.js';
import type { Services } from '../services.js';
import { decidedText } from './curationTexts.js';
import { offerUndo, sayBriefly } from './offerUndo.js';
import { type ExperienceTarget, groupTargets, targetsOf } from './targets.js';

/** Their opposite stands beside them: a word in the status bar is enough. */
const quiet: readonly Decision[] = ['pin', 'unpin'];

export function registerCuration(services: Services): vscode.Disposable {
	const { log } = services;
	return vscode.Disposable.from(
		registerGuarded(log, 'flex.library.retire', (...args) => decideAbout(services, 'retire', targetsOf(args))),
		registerGuarded(log, 'flex.library.pin', (...args) => decideAbout(services, 'pin', targetsOf(args))),
		registerGuarded(log, 'flex.library.unpin', (...args) => decideAbout(services, 'unpin', targetsOf(args))),
		registerGuarded(log, 'flex.library.accept', (...args) => decideAbout(services, 'accept', targetsOf(args))),
		registerGuarded(log, 'flex.library.reject', (...args) => decideAbout(services, 'reject', targetsOf(args))),
		registerGuarded(log, 'flex.library.acceptAll', async () => {
			const { acceptAll } = await import('./acceptAll.js');
			return acceptAll(services);
		}),
		registerGuarded(log, 'flex.library.promote', (...args) => move(services, 'promote', targetsOf(args))),
		registerGuarded(log, 'flex.library.demote', (...args) => move(services, 'demote', targetsOf(args))),
		registerGuarded(log, 'flex.library.copyId', (...args) => copyIds(targetsOf(args))),
		registerGuarded(log, 'flex.openOwnLibrary', async () => {
			const { toggleOwnLibrary } = await import('./ownLibrary.js');
			return toggleOwnLibrary(services);
		}),
		registerGuarded(log, 'flex.undo', async () => {
			const { undoLast } = await import('./undoLast.js');
			return undoLast(services);
		}),
	);
}

async function decideAbout(
	{ libraries, log }: Services,
	decision: Decision,
	targets: readonly ExperienceTarget[],
): Promise<void> {
	const { decide, undoDecisions } = await import('../../runs/decisions.js');
	const done: { readonly library: Library; readonly changed: readonly Decided[] }[] = [];
	for (const { library, experiences } of await groupTargets(libraries, targets)) {
		const { changed } = await decide(library, decision, experiences);
		if (changed.length > 0) done.push({ library, changed });
	}
	const all = done.flatMap(({ changed }) => changed);
	const [first] = all;
	if (!first) return sayBriefly(vscode.l10n.t('Nothing to change: it is so already.'));
	const text = decidedText(decision, all.length, first.before.title);
	if (quiet.includes(decision)) return sayBriefly(text);
	offerUndo(log, text, async () => {
		for (const { library, changed } of done) await undoDecisions(library, changed);
	});
}

async function move(
	services: Services,
	way: 'promote' | 'demote',
	targets: readonly ExperienceTarget[],
): Promise<void> {
	const { moveExperiences } = await import('./moveExperiences.js');
	await moveExperiences(services, way, targets);
}

async function copyIds(targets: readonly ExperienceTarget[]): Promise<void> {
	if (targets.length === 0) return;
	await vscode.env.clipboard.writeText(targets.map(({ id }) => id).join('\n'));
	sayBriefly(targets.length === 1 ? vscode.l10n.t('Id copied.') : vscode.l10n.t('{0} ids copied.', targets.length));
}
