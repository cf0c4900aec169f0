/** Which experiences a command is about: those that are selected, or the one that it was called on. */
import type { Experience } from '../../core/experience/experience.js';
import type { Library } from '../../library/library.js';
import type { FlexFolder } from '../folders.js';
import type { Libraries } from '../libraries.js';

export interface ExperienceTarget {
	/** Whose library; undefined: the user's own. */
	readonly folder: FlexFolder | undefined;
	readonly id: string;
}

/** The experiences of one library that a command is about. */
export interface TargetGroup {
	readonly folder: FlexFolder | undefined;
	readonly library: Library;
	readonly experiences: readonly Experience[];
}

/** VS Code hands over the item that was clicked and, where several are selected, all of those; each comes once. */
export function targetsOf([clicked, selected]: readonly unknown[]): readonly ExperienceTarget[] {
	const given = Array.isArray(selected) && selected.length > 0 ? selected : [clicked];
	const targets = new Map<string, ExperienceTarget>();
	for (const one of given) if (isTarget(one)) targets.set(`${one.folder?.uri.toString() ?? ''}/${one.id}`, one);
	return [...targets.values()];
}

/** The targets with what their libraries hold of them now; a library that is gone has none. @throws {LibraryError} */
export async function groupTargets(
	libraries: Pick<Libraries, 'existing' | 'own'>,
	targets: readonly ExperienceTarget[],
): Promise<readonly TargetGroup[]> {
	const byLibrary = new Map<string, ExperienceTarget[]>();
	for (const target of targets) {
		const key = target.folder?.uri.toString() ?? '';
		byLibrary.set(key, [...(byLibrary.get(key) ?? []), target]);
	}
	const groups: TargetGroup[] = [];
	for (const own of byLibrary.values()) {
		const folder = own[0]?.folder;
		const library = await (folder ? libraries.existing(folder) : libraries.own());
		if (library) groups.push({ folder, library, experiences: await library.get(own.map(({ id }) => id)) });
	}
	return groups;
}

function isTarget(value: unknown): value is ExperienceTarget {
	if (typeof value !== 'object' || value === null || !('id' in value) || typeof value.id !== 'string') return false;
	if (!('folder' in value) || value.folder === undefined) return true;
	return typeof value.folder === 'object' && value.folder !== null && 'workspace' in value.folder;
}
