/** The checks of `flex-learn doctor`, in order, and in words: none lets another one fail. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RunConfig } from '../core/learning/runConfig.js';
import type { ComponentName } from '../providers/components.js';
import {
	checkComponent,
	checkEndpoint,
	checkLibrary,
	checkModel,
	checkNode,
	checkWorkspace,
	type EndpointCheck,
	type Finding,
	leastNode,
	usesEndpoint,
} from '../runs/checks.js';
import { type DiskUse, diskUse, size } from '../runs/diskUse.js';
import { defaultKeyVariable } from '../runs/modelPool.js';
import { counted } from './page.js';
import { version } from './program.js';
import type { Session } from './session.js';

/** `todo`: works for now, or will by itself. `broken`: something has to be done. */
export interface Check {
	readonly name: string;
	readonly state: 'ok' | 'todo' | 'broken';
	readonly found: string;
	/** What to do. */
	readonly advice?: string;
}

/** @param online endpoints are asked, too; else nothing leaves this machine */
export async function checkAll(session: Session, online: boolean): Promise<readonly Check[]> {
	const { root, flex } = session.workspace;
	const workerFile = join(__dirname, 'libraryWorker.js');
	const checks = [
		worded(checkNode()),
		worded(checkWorkspace(root, flex)),
		await settled('library', () => checkLibrary(flex, workerFile)),
		await settled('llama.cpp', () => checkComponent('llama', __dirname, process.env)),
		await settled('RDKit', () => checkComponent('rdkit', __dirname, process.env)),
	];
	let config: RunConfig;
	try {
		config = session.config({});
	} catch (error) {
		return [...checks, { name: 'settings', state: 'broken', found: messageOf(error) }];
	}
	checks.push({ name: 'settings', state: 'ok', found: settingsFound(session) });
	checks.push(await settled('model', () => checkModel(config, process.env)));
	checks.push(checkDisk(diskUse(flex)));
	for (const name of Object.keys(config.models.endpoints)) {
		checks.push(await settled(`openai:${name}`, async () => checkEndpoint(endpointOf(name, config, online))));
	}
	return checks;
}

/** Its key is where the shell has it. */
function endpointOf(name: string, config: RunConfig, online: boolean): EndpointCheck {
	const { baseUrl = '', keyVariable: named } = config.models.endpoints[name] ?? {};
	const keyVariable = named ?? defaultKeyVariable(baseUrl);
	const key = keyVariable === undefined ? undefined : process.env[keyVariable];
	return { name, baseUrl, keyVariable, key, inUse: usesEndpoint(config, name), online };
}

async function settled(name: string, check: () => Promise<Finding>): Promise<Check> {
	try {
		return worded(await check());
	} catch (error) {
		return { name, state: 'broken', found: messageOf(error) };
	}
}

function worded(finding: Finding): Check {
	switch (finding.check) {
		case 'node':
			return nodeWords(finding);
		case 'workspace':
			return workspaceWords(finding);
		case 'library':
			return libraryWords(finding);
		case 'llama':
			return llamaWords(finding);
		case 'rdkit':
			return rdkitWords(finding);
		case 'model':
			return modelWords(finding);
		case 'endpoint':
			return endpointWords(finding);
	}
}

type ComponentFound = Extract<Finding, { readonly check: ComponentName }>;
type Found<Name extends Finding['check']> = Extract<Finding, { readonly check: Name }>;

function nodeWords({ state, version: node, platform }: Found<'node'>): Check {
	const found = `${node} on ${platform}; flex-learn ${version}`;
	if (state === 'ok') return { name: 'Node', state, found };
	return { name: 'Node', state: 'broken', found, advice: `Install Node ${leastNode} or newer.` };
}

function workspaceWords({ state, folder, cause }: Found<'workspace'>): Check {
	const name = 'workspace';
	if (state === 'ok') return { name, state, found: `${folder} can be written` };
	if (state === 'to be made') return { name, state: 'ok', found: `${folder} will be made at the first use` };
	const advice = 'Give yourself the right to write there, or choose another folder with --workspace.';
	return { name, state: 'broken', found: `${folder} can't be written (${cause})`, advice };
}

function libraryWords(finding: Found<'library'>): Check {
	const name = 'library';
	if (finding.state === 'none') return { name, state: 'ok', found: 'none yet; "train" or "import" makes one' };
	const found = [`${counted(finding.experiences, 'experience')}.`, ...finding.messages].join(' ');
	if (finding.state === 'ok') return { name, state: 'ok', found };
	return { name, state: 'todo', found, advice: 'What is sound can be read; the next change writes it anew.' };
}

function llamaWords({ state, folder, megabytes, platform }: ComponentFound): Check {
	const name = 'llama.cpp';
	if (state === 'ok') return { name, state, found: folder };
	if (state === 'unsupported') {
		const advice = 'Use a model server (Ollama, LM Studio) as openai:<endpoint>/<model>.';
		return { name, state: 'todo', found: `not there for ${platform}`, advice };
	}
	const found = `not installed (about ${megabytes} MB)`;
	return { name, state: 'todo', found, advice: 'It comes at the first use of an embedded model, or with "model get".' };
}

function rdkitWords({ state, folder, megabytes }: ComponentFound): Check {
	const name = 'RDKit';
	if (state === 'ok') return { name, state, found: folder };
	// Most people never need it, so there is nothing to do.
	const found = `not installed (about ${megabytes} MB); it comes with the first problem set of molecules`;
	return { name, state: 'ok', found };
}

function modelWords(finding: Found<'model'>): Check {
	const name = 'model';
	switch (finding.state) {
		case 'file':
			return { name, state: 'ok', found: finding.file };
		case 'no file': {
			const advice = 'Set models.default in .flex/config.json.';
			return { name, state: 'broken', found: `there is no file ${finding.file}`, advice };
		}
		case 'elsewhere':
			return { name, state: 'ok', found: `${finding.id}, see its endpoint below` };
		case 'embedded':
			return {
				name,
				state: 'ok',
				found: `embedded:${finding.name}: ${finding.file} (${size(finding.bytes)})`,
			};
		case 'to fetch': {
			const advice = `It is fetched at its first use, or with "flex-learn model get ${finding.name}".`;
			return {
				name,
				state: 'todo',
				found: `embedded:${finding.name} is not here yet (${size(finding.bytes)})`,
				advice,
			};
		}
		case 'unknown': {
			const file = finding.id.replace(/^embedded:/u, '');
			const advice = `Put ${file}.gguf into the folder FLEX_MODELS, or choose one of "flex-learn model list".`;
			return { name, state: 'broken', found: `there is no model ${finding.id}`, advice };
		}
	}
}

function endpointWords(finding: Found<'endpoint'>): Check {
	const { baseUrl } = finding;
	const name = `openai:${finding.name}`;
	switch (finding.state) {
		case 'no key': {
			const advice = `Set it to the key of ${new URL(baseUrl).host}, in the shell that starts flex-learn.`;
			const found = `the variable ${finding.keyVariable} is not set`;
			return { name, state: finding.inUse ? 'broken' : 'todo', found, advice };
		}
		case 'not asked':
			return { name, state: 'ok', found: `${baseUrl} (not asked; --online asks)` };
		case 'ok':
			return { name, state: 'ok', found: `${baseUrl} answers` };
		case 'refused': {
			const advice = finding.status === 401 || finding.status === 403 ? 'Check the key.' : 'Check baseUrl.';
			return { name, state: 'broken', found: `${baseUrl} says ${finding.status} ${finding.statusText}`, advice };
		}
		case 'unreachable': {
			const found = `${baseUrl} can't be reached (${finding.cause})`;
			return { name, state: 'broken', found, advice: 'Is the server running?' };
		}
	}
}

function checkDisk({ library, runs, cache }: DiskUse): Check {
	const found = `${size(library)} library, ${size(runs)} run logs, ${size(cache)} cached answers`;
	return { name: 'disk', state: 'ok', found };
}

function settingsFound({ workspace: { flex } }: Session): string {
	const file = join(flex, 'config.json');
	return existsSync(file) ? file : 'the defaults (there is no .flex/config.json)';
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
