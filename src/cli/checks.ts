/** The checks of `flex-learn doctor`: each finds out one thing, and none lets another one fail. */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunConfig } from '../core/learning/runConfig.js';
import { openLibrary } from '../library/library.js';
import { componentStatus, flexHome } from '../providers/components.js';
import { listModels } from '../providers/modelFetcher.js';
import { defaultKeyVariable } from '../runs/modelPool.js';
import { type DiskUse, diskUse, size } from './diskUse.js';
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

const leastNode = 20;

/** How long an endpoint may take to answer, in milliseconds. */
const patience = 5000;

/** @param online endpoints are asked, too; else nothing leaves this machine */
export async function checkAll(session: Session, online: boolean): Promise<readonly Check[]> {
	const checks = [checkNode(), checkWorkspace(session), await settled('library', () => checkLibrary(session))];
	checks.push(await settled('llama.cpp', checkLlama));
	let config: RunConfig;
	try {
		config = session.config({});
	} catch (error) {
		return [...checks, { name: 'settings', state: 'broken', found: messageOf(error) }];
	}
	checks.push({ name: 'settings', state: 'ok', found: settingsFound(session) });
	checks.push(await settled('model', () => checkModel(config)));
	checks.push(checkDisk(diskUse(session.workspace.flex)));
	for (const name of Object.keys(config.models.endpoints)) {
		checks.push(await settled(`openai:${name}`, () => checkEndpoint(name, config, online)));
	}
	return checks;
}

async function settled(name: string, check: () => Promise<Check>): Promise<Check> {
	try {
		return await check();
	} catch (error) {
		return { name, state: 'broken', found: messageOf(error) };
	}
}

function checkNode(): Check {
	const found = `${process.version} on ${process.platform} ${process.arch}; flex-learn ${version}`;
	if (Number.parseInt(process.versions.node, 10) >= leastNode) return { name: 'Node', state: 'ok', found };
	return { name: 'Node', state: 'broken', found, advice: `Install Node ${leastNode} or newer.` };
}

function checkWorkspace({ workspace: { root, flex } }: Session): Check {
	const name = 'workspace';
	const present = existsSync(flex);
	const folder = present ? flex : root;
	const probe = join(folder, `.flex-doctor-${process.pid}`);
	try {
		writeFileSync(probe, '');
		rmSync(probe);
		return { name, state: 'ok', found: present ? `${flex} can be written` : `${flex} will be made at the first use` };
	} catch (error) {
		const advice = 'Give yourself the right to write there, or choose another folder with --workspace.';
		return { name, state: 'broken', found: `${folder} can't be written (${messageOf(error)})`, advice };
	}
}

async function checkLibrary({ workspace: { flex } }: Session): Promise<Check> {
	const name = 'library';
	if (!existsSync(flex)) return { name, state: 'ok', found: 'none yet; "train" or "import" makes one' };
	const options = { workerFile: join(__dirname, 'libraryWorker.js'), readOnly: true };
	const library = await openLibrary(flex, options);
	try {
		const { created, mended, messages, experiences } = library.report;
		if (created) return { name, state: 'ok', found: 'none yet; "train" or "import" makes one' };
		const found = [`${counted(experiences, 'experience')}.`, ...messages].join(' ');
		if (!mended) return { name, state: 'ok', found };
		return { name, state: 'todo', found, advice: 'What is sound can be read; the next change writes it anew.' };
	} finally {
		await library.close();
	}
}

async function checkLlama(): Promise<Check> {
	const name = 'llama.cpp';
	const options = { home: flexHome(process.env), componentsFolder: join(__dirname, '..', 'components') };
	const { installed, supported, folder, megabytes } = await componentStatus('llama', options);
	if (installed) return { name, state: 'ok', found: folder };
	if (!supported) {
		const advice = 'Use a model server (Ollama, LM Studio) as openai:<endpoint>/<model>.';
		return { name, state: 'todo', found: `not there for ${process.platform} ${process.arch}`, advice };
	}
	const found = `not installed (about ${megabytes} MB)`;
	return { name, state: 'todo', found, advice: 'It comes at the first use of an embedded model, or with "model get".' };
}

async function checkModel({ models }: RunConfig): Promise<Check> {
	const name = 'model';
	const id = models.actor ?? models.default;
	if (id.endsWith('.gguf') || id.startsWith('replay:')) {
		const file = id.replace(/^replay:/u, '');
		if (existsSync(file)) return { name, state: 'ok', found: file };
		return {
			name,
			state: 'broken',
			found: `there is no file ${file}`,
			advice: 'Set models.default in .flex/config.json.',
		};
	}
	if (!id.startsWith('embedded:')) return { name, state: 'ok', found: `${id}, see its endpoint below` };
	const wanted = id.slice('embedded:'.length);
	const known = await listModels({ home: flexHome(process.env), environment: process.env });
	const model = known.find((candidate) => candidate.name === wanted);
	if (model?.file) return { name, state: 'ok', found: `${id}: ${model.file} (${size(model.bytes)})` };
	if (model) {
		const advice = `It is fetched at its first use, or with "flex-learn model get ${wanted}".`;
		return { name, state: 'todo', found: `${id} is not here yet (${size(model.bytes)})`, advice };
	}
	const advice = `Put ${wanted}.gguf into the folder FLEX_MODELS, or choose one of "flex-learn model list".`;
	return { name, state: 'broken', found: `there is no model ${id}`, advice };
}

function checkDisk({ library, runs, cache }: DiskUse): Check {
	const found = `${size(library)} library, ${size(runs)} run logs, ${size(cache)} cached answers`;
	return { name: 'disk', state: 'ok', found };
}

function settingsFound({ workspace: { flex } }: Session): string {
	const file = join(flex, 'config.json');
	return existsSync(file) ? file : 'the defaults (there is no .flex/config.json)';
}

async function checkEndpoint(endpoint: string, { models }: RunConfig, online: boolean): Promise<Check> {
	const name = `openai:${endpoint}`;
	const settings = models.endpoints[endpoint];
	if (!settings) return { name, state: 'broken', found: 'not in the settings' };
	const { baseUrl } = settings;
	const keyVariable = settings.keyVariable ?? defaultKeyVariable(baseUrl);
	const key = keyVariable === undefined ? undefined : process.env[keyVariable];
	if (keyVariable !== undefined && !key) {
		const inUse = [models.default, models.actor, models.critic, models.updater, models.judge].some((id) =>
			id?.startsWith(`${name}/`),
		);
		const advice = `Set it to the key of ${new URL(baseUrl).host}, in the shell that starts flex-learn.`;
		return { name, state: inUse ? 'broken' : 'todo', found: `the variable ${keyVariable} is not set`, advice };
	}
	if (!online) return { name, state: 'ok', found: `${baseUrl} (not asked; --online asks)` };
	return { name, ...(await asked(baseUrl, key)) };
}

/** Asks for the list of models: every such server has it, and it costs nothing. */
async function asked(baseUrl: string, key: string | undefined): Promise<Omit<Check, 'name'>> {
	const url = `${baseUrl.replace(/\/+$/u, '')}/models`;
	const headers: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` };
	try {
		const response = await fetch(url, { headers, signal: AbortSignal.timeout(patience) });
		await response.body?.cancel();
		if (response.ok) return { state: 'ok', found: `${baseUrl} answers` };
		const advice = response.status === 401 || response.status === 403 ? 'Check the key.' : 'Check baseUrl.';
		return { state: 'broken', found: `${baseUrl} says ${response.status} ${response.statusText}`, advice };
	} catch (error) {
		const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
		return {
			state: 'broken',
			found: `${baseUrl} can't be reached (${messageOf(cause)})`,
			advice: 'Is the server running?',
		};
	}
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
