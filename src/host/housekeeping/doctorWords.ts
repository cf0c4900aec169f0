/** What the doctor found, in words: one line each, whether it is in order, and what to do where it is not. */
import * as vscode from 'vscode';
import type { ComponentName } from '../../providers/components.js';
import type { Finding } from '../../runs/checks.js';
import { size } from '../../runs/diskUse.js';

/** `todo`: works for now, or will by itself. `broken`: something has to be done. */
export interface Line {
	readonly name: string;
	readonly state: 'ok' | 'todo' | 'broken';
	readonly found: string;
	readonly advice?: string;
}

type ComponentFound = Extract<Finding, { readonly check: ComponentName }>;
type Found<Name extends Finding['check']> = Extract<Finding, { readonly check: Name }>;

export function wordsFor(finding: Finding): Line {
	switch (finding.check) {
		case 'node':
			return nodeLine(finding);
		case 'workspace':
			return workspaceLine(finding);
		case 'library':
			return libraryLine(finding);
		case 'llama':
			return llamaLine(finding);
		case 'rdkit':
			return rdkitLine(finding);
		case 'model':
			return modelLine(finding);
		case 'endpoint':
			return endpointLine(finding);
	}
}

function nodeLine({ state, version, platform }: Found<'node'>): Line {
	const name = vscode.l10n.t('Node of VS Code');
	const found = vscode.l10n.t('{0} on {1}', version, platform);
	return state === 'ok'
		? { name, state, found }
		: { name, state: 'broken', found, advice: vscode.l10n.t('Update VS Code.') };
}

function workspaceLine({ state, folder, cause }: Found<'workspace'>): Line {
	const name = vscode.l10n.t('Folder on disk');
	if (state === 'ok') return { name, state, found: vscode.l10n.t('{0} can be written', folder) };
	if (state === 'to be made') {
		return { name, state: 'ok', found: vscode.l10n.t('{0} will be made at the first use', folder) };
	}
	const found = vscode.l10n.t('{0} can’t be written: {1}', folder, cause ?? '');
	return {
		name,
		state: 'broken',
		found,
		advice: vscode.l10n.t('Give yourself the right to write there, or open another folder.'),
	};
}

function libraryLine(finding: Found<'library'>): Line {
	const name = vscode.l10n.t('Library');
	if (finding.state === 'none') {
		return { name, state: 'ok', found: vscode.l10n.t('none yet; training or an import makes one') };
	}
	const count = vscode.l10n.t('experiences: {0}', finding.experiences);
	const found = [count, ...finding.messages].join('. ');
	if (finding.state === 'ok') return { name, state: 'ok', found };
	const advice = vscode.l10n.t('What is sound can be read; the next change writes it anew.');
	return { name, state: 'todo', found, advice };
}

function llamaLine({ state, folder, megabytes, platform }: ComponentFound): Line {
	const name = 'llama.cpp';
	if (state === 'ok') return { name, state, found: folder };
	if (state === 'unsupported') {
		const advice = vscode.l10n.t('Start Ollama or LM Studio, and add it with "FLEX: Choose Models…".');
		return { name, state: 'todo', found: vscode.l10n.t('not there for {0}', platform), advice };
	}
	const advice = vscode.l10n.t(
		'"FLEX: Install Embedded Model" gets it; so does the first use of an embedded model, after a question.',
	);
	return { name, state: 'todo', found: vscode.l10n.t('not installed (about {0} MB)', megabytes), advice };
}

function rdkitLine({ state, folder, megabytes }: ComponentFound): Line {
	const name = 'RDKit';
	if (state === 'ok') return { name, state, found: folder };
	// Most people never need it, so there is nothing to do.
	const found = vscode.l10n.t(
		'not installed (about {0} MB); the first problem set of molecules gets it, after a question',
		megabytes,
	);
	return { name, state: 'ok', found };
}

function modelLine(finding: Found<'model'>): Line {
	const name = vscode.l10n.t('Model of the settings');
	const choose = vscode.l10n.t('Choose another one with "FLEX: Choose Models…".');
	switch (finding.state) {
		case 'file':
			return { name, state: 'ok', found: finding.file };
		case 'no file':
			return { name, state: 'broken', found: vscode.l10n.t('there is no file {0}', finding.file), advice: choose };
		case 'elsewhere':
			return {
				name,
				state: 'ok',
				found: vscode.l10n.t('{0}; see its endpoint below, or the chat models above', finding.id),
			};
		case 'embedded':
			return { name, state: 'ok', found: `embedded:${finding.name}: ${finding.file} (${size(finding.bytes)})` };
		case 'to fetch':
			return {
				name,
				state: 'todo',
				found: vscode.l10n.t('embedded:{0} is not here yet ({1})', finding.name, size(finding.bytes)),
				advice: vscode.l10n.t('"FLEX: Install Embedded Model" gets it; so does its first use, after a question.'),
			};
		case 'unknown':
			return { name, state: 'broken', found: vscode.l10n.t('there is no model {0}', finding.id), advice: choose };
	}
}

function endpointLine(finding: Found<'endpoint'>): Line {
	const { baseUrl } = finding;
	const name = vscode.l10n.t('Endpoint {0}', finding.name);
	switch (finding.state) {
		case 'no key':
			return {
				name,
				state: finding.inUse ? 'broken' : 'todo',
				found: vscode.l10n.t('{0}, which has no key yet', baseUrl),
				advice: vscode.l10n.t('Give it with "FLEX: Set API Key…".'),
			};
		case 'not asked':
			return { name, state: 'ok', found: vscode.l10n.t('{0} (not asked)', baseUrl) };
		case 'ok':
			return { name, state: 'ok', found: vscode.l10n.t('{0} answers', baseUrl) };
		case 'refused': {
			const key = finding.status === 401 || finding.status === 403;
			return {
				name,
				state: 'broken',
				found: vscode.l10n.t('{0} says {1} {2}', baseUrl, finding.status, finding.statusText),
				advice: key
					? vscode.l10n.t('Give its key anew with "FLEX: Set API Key…".')
					: vscode.l10n.t('Check its baseUrl in the setting flex.models.endpoints.'),
			};
		}
		case 'unreachable':
			return {
				name,
				state: 'broken',
				found: vscode.l10n.t('{0} can’t be reached: {1}', baseUrl, finding.cause),
				advice: vscode.l10n.t('Is the server running? Is a proxy in the way?'),
			};
	}
}
