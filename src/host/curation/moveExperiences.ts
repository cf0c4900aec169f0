/** Moves experiences between the library of a workspace and the user's own. */
import * as vscode from 'vscode';
import type { Library } from '../../library/library.js';
import type { Moved } from '../../runs/moveExperience.js';
import { Dismissed } from '../guarded.js';
import type { Services } from '../services.js';
import { shortTitle } from './curationTexts.js';
import { offerUndo } from './offerUndo.js';
import { toggleOwnLibrary } from './ownLibrary.js';
import { type ExperienceTarget, groupTargets, type TargetGroup } from './targets.js';

export type Direction = 'promote' | 'demote';

interface DoneMove {
	readonly moved: Moved;
	readonly from: Library;
	readonly to: Library;
}

export async function moveExperiences(
	services: Services,
	direction: Direction,
	targets: readonly ExperienceTarget[],
): Promise<void> {
	const groups = (await groupTargets(services.libraries, targets)).filter(
		({ folder }) => (folder === undefined) === (direction === 'demote'),
	);
	const to = groups.length > 0 && (await destination(services, direction));
	if (!to) return;
	const done: DoneMove[] = [];
	try {
		for (const group of groups) await moveGroup(direction, group, to, done);
	} finally {
		// What was moved before a failure is told, and can be taken back, too.
		if (done.length > 0) tell(services.log, direction, groups, done);
	}
}

async function moveGroup(direction: Direction, group: TargetGroup, to: Library, done: DoneMove[]): Promise<void> {
	const { promote, demote } = await import('../../runs/moveExperience.js');
	const move = direction === 'promote' ? promote : demote;
	const { library: from, experiences } = group;
	for (const { id } of experiences) done.push({ moved: await move(id, from, to), from, to });
}

/** The library that they are moved to. */
async function destination(services: Services, direction: Direction): Promise<Library | undefined> {
	const { folders, libraries } = services;
	if (direction === 'promote') {
		if (!libraries.ownEnabled && !(await toggleOwnLibrary(services))) throw new Dismissed();
		return libraries.own();
	}
	const folder = await folders.pick(vscode.l10n.t('Move to the library of which folder?'));
	return folder && libraries.open(folder);
}

function tell(
	log: vscode.LogOutputChannel,
	direction: Direction,
	groups: readonly TargetGroup[],
	done: readonly DoneMove[],
): void {
	const [first] = groups.flatMap(({ experiences }) => experiences);
	offerUndo(log, movedText(direction, done.length, shortTitle(first?.title ?? '')), async () => {
		const { undoMove } = await import('../../runs/moveExperience.js');
		for (const { moved, from, to } of done.toReversed()) await undoMove(moved, from, to);
	});
}

function movedText(direction: Direction, count: number, title: string): string {
	if (direction === 'promote') {
		return count === 1
			? vscode.l10n.t('Moved “{0}” to your own library.', title)
			: vscode.l10n.t('Moved {0} experiences to your own library.', count);
	}
	return count === 1
		? vscode.l10n.t('Moved “{0}” to the library of the workspace.', title)
		: vscode.l10n.t('Moved {0} experiences to the library of the workspace.', count);
}
