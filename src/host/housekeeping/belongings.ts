/** All that FLEX keeps, piece by piece: in a folder, for the user, and on this machine, each with its size. */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, sep } from 'node:path';
import * as vscode from 'vscode';
import type { ComponentName } from '../../providers/components.js';
import type { ForgetPart } from '../../runs/forget.js';
import type { FlexFolder } from '../folders.js';
import type { Services } from '../services.js';

export interface Belonging {
	readonly id: ForgetPart | 'own' | 'keys' | 'models' | ComponentName;
	readonly label: string;
	/** Where it lies, or what it is. */
	readonly detail: string;
	/** Undefined where it takes no room to speak of. */
	readonly bytes: number | undefined;
	/** Part of the folder; else it belongs to the user or the machine, and serves other workspaces, too. */
	readonly ofFolder: boolean;
}

/** What there is; `folder` undefined: only what no folder has. */
export async function belongings(services: Services, folder: FlexFolder | undefined): Promise<readonly Belonging[]> {
	const groups = await Promise.all([
		folder ? ofFolder(folder) : [],
		ownLibrary(services),
		keys(services),
		onThisMachine(),
	]);
	return groups.flat();
}

async function ofFolder({ workspace }: FlexFolder): Promise<readonly Belonging[]> {
	const { forgettable } = await import('../../runs/forget.js');
	const labels: Readonly<Record<ForgetPart, string>> = {
		library: vscode.l10n.t('Library: everything learned here, with its history'),
		runs: vscode.l10n.t('Runs: logs, reports and the record of benchmarks'),
		cache: vscode.l10n.t('Cache: answers of models'),
		profiles: vscode.l10n.t('Profiles: settings that were tuned for a model'),
		datasets: vscode.l10n.t('Public datasets that were added'),
	};
	return forgettable(workspace.flex).map(({ part, names, bytes }) => ({
		id: part,
		label: labels[part],
		detail: names.map((name) => join('.flex', name)).join(', '),
		bytes,
		ofFolder: true,
	}));
}

async function ownLibrary({ libraries }: Services): Promise<readonly Belonging[]> {
	const { bytesOf } = await import('../../runs/diskUse.js');
	const folder = libraries.ownFolder;
	if (!existsSync(folder)) return [];
	const label = vscode.l10n.t('Your own library, which follows you across workspaces');
	return [{ id: 'own', label, detail: folder, bytes: bytesOf(folder), ofFolder: false }];
}

async function keys({ models }: Services): Promise<readonly Belonging[]> {
	const names = models.keys.names();
	if (names.length === 0) return [];
	const label = vscode.l10n.t('API keys in the secret storage of VS Code');
	return [{ id: 'keys', label, detail: names.join(', '), bytes: undefined, ofFolder: false }];
}

/** Only what FLEX has fetched itself: model files in other folders are the user's. */
async function onThisMachine(): Promise<readonly Belonging[]> {
	const [{ componentNames, flexHome }, { bytesOf }] = await Promise.all([
		import('../../providers/components.js'),
		import('../../runs/diskUse.js'),
	]);
	const home = flexHome(process.env);
	const components: Readonly<Record<ComponentName, string>> = {
		llama: vscode.l10n.t('llama.cpp, which runs embedded models'),
		rdkit: vscode.l10n.t('RDKit, which reads and draws molecules'),
	};
	const models = await fetchedModels(home);
	return [
		...(models.length > 0
			? [
					{
						id: 'models' as const,
						label: vscode.l10n.t('Embedded models, which all workspaces and the command line use'),
						detail: models.map(({ name }) => name).join(', '),
						bytes: models.reduce((sum, { bytes }) => sum + bytes, 0),
						ofFolder: false,
					},
				]
			: []),
		...componentNames
			.map((id) => ({ id, folder: join(home, 'components', id) }))
			.filter(({ folder }) => existsSync(folder))
			.map(({ id, folder }) => ({
				id,
				label: components[id],
				detail: folder,
				bytes: bytesOf(folder),
				ofFolder: false,
			})),
	];
}

async function fetchedModels(home: string): Promise<readonly { readonly name: string; readonly bytes: number }[]> {
	const { listModels } = await import('../../providers/modelFetcher.js');
	const listed = await listModels({ home, environment: process.env });
	return listed.filter(({ file }) => file?.startsWith(join(home, 'models') + sep));
}

/** Deletes the pieces; libraries are closed first. @throws {ForgetError} before anything of the folder is deleted */
export async function forgetAll(
	{ libraries, models }: Services,
	folder: FlexFolder | undefined,
	ids: readonly Belonging['id'][],
): Promise<void> {
	const [{ forget }, { componentNames, flexHome, removeComponent }, { removeModel }] = await Promise.all([
		import('../../runs/forget.js'),
		import('../../providers/components.js'),
		import('../../providers/modelFetcher.js'),
	]);
	const parts = ids.flatMap((id) =>
		id === 'own' || id === 'keys' || id === 'models' || id === 'llama' || id === 'rdkit' ? [] : [id],
	);
	if (folder && parts.length > 0) {
		const { flex } = folder.workspace;
		if (parts.includes('library')) await libraries.whileClosed(folder, () => forget(flex, parts));
		else await forget(flex, parts);
	}
	if (ids.includes('own')) {
		await libraries.whileClosed(undefined, () => rm(libraries.ownFolder, { recursive: true, force: true }));
	}
	if (ids.includes('keys')) for (const name of models.keys.names()) await models.keys.clear(name);
	const home = flexHome(process.env);
	if (ids.includes('models')) for (const { name } of await fetchedModels(home)) await removeModel(name, { home });
	for (const name of componentNames) if (ids.includes(name)) await removeComponent(name, { home });
}
