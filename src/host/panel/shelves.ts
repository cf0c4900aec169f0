/** The libraries that the panel can show, by their keys. */
import * as vscode from 'vscode';
import type { Library } from '../../library/library.js';
import type { ShelfInfo } from '../../protocol/library.js';
import type { FlexFolder } from '../folders.js';
import type { Services } from '../services.js';

export const ownKey = 'own';

export interface Shelf {
	readonly key: string;
	/** Undefined: the user's own library. */
	readonly folder: FlexFolder | undefined;
	readonly library: Library;
	readonly readOnly: boolean;
}

type Ports = Pick<Services, 'folders' | 'libraries'>;

/** @throws where there is no such library (any more) */
export async function shelfOf({ folders, libraries }: Ports, key: string): Promise<Shelf> {
	const folder = folders.all().find(({ uri }) => uri.toString() === key);
	const library = await (folder ? libraries.existing(folder) : key === ownKey ? libraries.own() : undefined);
	if (!library) throw new Error(vscode.l10n.t('There is no such library in this window any more.'));
	const untrusted = folder !== undefined && !vscode.workspace.isTrusted;
	return { key, folder, library, readOnly: untrusted || library.report.readOnly };
}

/** The library of a shelf that can be changed. @throws where it can only be read */
export async function writableShelf(ports: Ports, key: string): Promise<Shelf> {
	const shelf = await shelfOf(ports, key);
	if (!shelf.readOnly) return shelf;
	throw new Error(
		vscode.workspace.isTrusted
			? vscode.l10n.t(
					'This library can only be read: a newer version of FLEX keeps it, or its folder is write-protected.',
				)
			: vscode.l10n.t('This workspace is not trusted, so its library can only be read. Trust it to make changes.'),
	);
}

/** All there are, those of the workspace first; a folder that has none yet is among them. */
export async function shelfInfos(ports: Ports): Promise<readonly ShelfInfo[]> {
	const { folders, libraries } = ports;
	const infos: ShelfInfo[] = [];
	for (const folder of folders.all()) infos.push(await infoOf(folder, await libraries.existing(folder)));
	const own = await libraries.own();
	return own ? [...infos, await infoOf(undefined, own)] : infos;
}

async function infoOf(folder: FlexFolder | undefined, library: Library | undefined): Promise<ShelfInfo> {
	const key = folder?.uri.toString() ?? ownKey;
	const name = folder?.name ?? vscode.l10n.t('Your own library');
	const none: ShelfInfo = {
		...{ key, name, own: folder === undefined, experiences: 0, waiting: 0, fresh: 0, lastRun: '', readOnly: false },
	};
	if (!library) return none;
	const { experiences, byStatus } = await library.stats();
	const lastRun = await lastRunOf(library);
	const readOnly = (folder !== undefined && !vscode.workspace.isTrusted) || library.report.readOnly;
	return {
		...none,
		experiences,
		waiting: byStatus.proposed.experiences + byStatus.quarantined.experiences,
		fresh: lastRun === '' ? 0 : await freshOf(library, lastRun),
		lastRun,
		readOnly,
	};
}

/** Experiences in use that a run wrote and nobody has read yet. */
async function freshOf(library: Library, run: string): Promise<number> {
	const facets = { run: [run], mark: ['unread'], status: ['active'] };
	const query = { text: '', facets, sort: 'newest', offset: 0, limit: 0, utility: new Map() } as const;
	return (await library.browse(query)).total;
}

/** Changes that are looked at for the last training. */
const lookedAt = 500;

async function lastRunOf(library: Library): Promise<string> {
	const changes = await library.recent(lookedAt);
	const last = changes.find(({ by, op }) => by.startsWith('run:') && op === 'insert');
	return last ? last.by.slice('run:'.length) : '';
}
