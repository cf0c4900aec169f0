/** All checks of the doctor: the editor, each folder, and the models; none lets another one fail. */
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { RunConfig } from '../../core/learning/runConfig.js';
import type { EndpointCheck, Finding } from '../../runs/checks.js';
import type { FlexFolder } from '../folders.js';
import { configFor } from '../runPorts.js';
import type { Services } from '../services.js';
import type { Line } from './doctorWords.js';
import { editorLines } from './editorLines.js';

export interface Group {
	readonly title: string;
	readonly lines: readonly Line[];
}

/** @param online endpoints are asked, too; else nothing leaves this machine */
export async function examine(services: Services, online: boolean): Promise<readonly Group[]> {
	const folders = services.folders.all();
	return [
		{ title: vscode.l10n.t('Editor'), lines: await editorLines(services) },
		...(await Promise.all(
			folders.map(async (folder) => ({
				title: vscode.l10n.t('Folder {0}', folder.name),
				lines: await folderLines(folder),
			})),
		)),
		{ title: vscode.l10n.t('Models'), lines: await modelLines(services, folders[0], online) },
	];
}

async function folderLines({ workspace }: FlexFolder): Promise<readonly Line[]> {
	const [{ checkLibrary, checkWorkspace }, { diskUse, size }, { wordsFor }] = await Promise.all([
		import('../../runs/checks.js'),
		import('../../runs/diskUse.js'),
		import('./doctorWords.js'),
	]);
	const { root, flex } = workspace;
	const { library, runs, cache } = diskUse(flex);
	const sizes = vscode.l10n.t('{0} library, {1} runs, {2} cached answers', size(library), size(runs), size(cache));
	return [
		// Nothing is written into a folder that nobody trusts, not even to try it.
		...(vscode.workspace.isTrusted ? [wordsFor(checkWorkspace(root, flex))] : []),
		await settled(vscode.l10n.t('Library'), () => checkLibrary(flex, join(__dirname, 'libraryWorker.js'))),
		{ name: vscode.l10n.t('Room on disk'), state: 'ok', found: sizes },
	];
}

async function modelLines(
	services: Services,
	folder: FlexFolder | undefined,
	online: boolean,
): Promise<readonly Line[]> {
	const { checkComponent, checkEndpoint, checkModel } = await import('../../runs/checks.js');
	const components = [
		await settled('llama.cpp', () => checkComponent('llama', __dirname, process.env)),
		await settled('RDKit', () => checkComponent('rdkit', __dirname, process.env)),
	];
	let config: RunConfig;
	try {
		config = await configFor(services, folder, undefined);
	} catch (error) {
		const advice = vscode.l10n.t('Correct it in the settings of VS Code.');
		return [...components, { name: vscode.l10n.t('Settings'), state: 'broken', found: messageOf(error), advice }];
	}
	const lines = [
		...components,
		{ name: vscode.l10n.t('Settings'), state: 'ok' as const, found: vscode.l10n.t('can be used') },
		(await missingChatModel(config)) ??
			(await settled(vscode.l10n.t('Model of the settings'), () => checkModel(config, process.env))),
	];
	for (const name of Object.keys(config.models.endpoints)) {
		const check = async (): Promise<Finding> => checkEndpoint(await endpointOf(services, name, config, online));
		lines.push(await settled(vscode.l10n.t('Endpoint {0}', name), check));
	}
	return lines;
}

/** Where the settings name a chat model of VS Code that is not there. */
async function missingChatModel({ models }: RunConfig): Promise<Line | undefined> {
	const id = models.actor ?? models.default;
	if (!id.startsWith('vscode:')) return undefined;
	const known = await vscode.lm.selectChatModels();
	if (known.some((model) => `vscode:${model.vendor}/${model.id}` === id)) return undefined;
	return {
		name: vscode.l10n.t('Model of the settings'),
		state: 'broken',
		found: vscode.l10n.t('there is no model {0}', id),
		advice: vscode.l10n.t(
			'Install or sign in to the extension that brings it, or choose another one with "FLEX: Choose Models…".',
		),
	};
}

/** A key that was given for another address is not sent here; it counts as none. */
async function endpointOf(
	{ models }: Services,
	name: string,
	config: RunConfig,
	online: boolean,
): Promise<EndpointCheck> {
	const [{ usesEndpoint }, { defaultKeyVariable }] = await Promise.all([
		import('../../runs/checks.js'),
		import('../../runs/modelPool.js'),
	]);
	const { baseUrl = '', keyVariable: named } = config.models.endpoints[name] ?? {};
	const keyVariable = named ?? defaultKeyVariable(baseUrl);
	const key = await models.keys.get(name, baseUrl);
	// An untrusted workspace may name any address.
	return {
		name,
		baseUrl,
		keyVariable,
		key,
		inUse: usesEndpoint(config, name),
		online: online && vscode.workspace.isTrusted,
	};
}

async function settled(name: string, check: () => Promise<Finding>): Promise<Line> {
	try {
		const { wordsFor } = await import('./doctorWords.js');
		return wordsFor(await check());
	} catch (error) {
		return { name, state: 'broken', found: messageOf(error), advice: vscode.l10n.t('The log may say more.') };
	}
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
