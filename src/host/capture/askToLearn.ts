/** The question before a change is learned from: which model is shown which files, what is left out, and what it takes. */
import * as vscode from 'vscode';
import type { ChangeMaterial } from '../../core/learning/capture/changeMaterial.js';
import type { RunConfig } from '../../core/learning/runConfig.js';
import { estimateWords } from '../estimateWords.js';
import type { FlexFolder } from '../folders.js';
import { oneLine } from '../plainText.js';
import type { Services } from '../services.js';
import { back, type Choice, pickOne } from '../steps.js';
import { leftOutText } from './captureWords.js';

export interface AskedToLearn {
	readonly how: 'model' | 'computed' | 'models';
	/** What the model is taken to read, for the files that were shown. */
	readonly contextTokens: number;
}

/** Of a model that nobody has asked yet: what the smallest ones read. */
const assumedContext = 4096;
/** Rows of files. */
const mostRows = 40;

/** Undefined where the question was dismissed, or where there is nothing to ask: then that was said. */
export async function askToLearn(
	services: Services,
	{ workspace }: FlexFolder,
	config: RunConfig,
	read: (contextTokens: number) => Promise<ChangeMaterial>,
): Promise<AskedToLearn | undefined> {
	const [{ estimateLearning, lessonModel }, { readPastCalls }] = await Promise.all([
		import('../../runs/learnFromChange.js'),
		import('../../runs/pastCalls.js'),
	]);
	const id = lessonModel(config);
	const { name, kind, provider } = services.models.describe(id);
	const contextTokens = (kind === 'endpoint' && config.models.endpoints[provider]?.contextTokens) || assumedContext;
	const material = await read(contextTokens);
	if (material.files.length === 0) {
		await vscode.window.showInformationMessage(nothingText(material));
		return undefined;
	}
	const supports = { tools: false, schema: true, choices: false, seed: true, system: true };
	const past = await readPastCalls(workspace.runs, new Set([id]), '');
	const estimate = estimateLearning(material, config, { id, contextTokens, supports, concurrency: 1 }, past);
	const answer = await pickOne<AskedToLearn['how']>({
		title: vscode.l10n.t('Learn from the change'),
		placeholder: vscode.l10n.t('What is found waits for your review; nothing is used before you accept it.'),
		items: rowsOf(material, kind === 'endpoint' ? `${name} (${provider})` : name, await estimateWords(estimate)),
	});
	return answer === back || answer === undefined ? undefined : { how: answer, contextTokens };
}

function rowsOf(
	{ files, leftOut, failure, redacted }: ChangeMaterial,
	model: string,
	words: readonly string[],
): readonly Choice<AskedToLearn['how']>[] {
	const { Separator } = vscode.QuickPickItemKind;
	const info = (icon: string, label: string, description = ''): Choice<AskedToLearn['how']> => ({
		label: `$(${icon}) ${label.replaceAll('$(', '$ (')}`,
		description,
	});
	return [
		{ label: `$(sparkle) ${vscode.l10n.t('Let {0} write the lessons', model)}`, value: 'model' },
		{
			label: `$(symbol-ruler) ${vscode.l10n.t('Keep the change as a case, without a model')}`,
			description: vscode.l10n.t('nothing is sent to anybody'),
			value: 'computed',
		},
		{ label: `$(settings-gear) ${vscode.l10n.t('Choose another model…')}`, value: 'models' },
		{ label: vscode.l10n.t('What the model is shown'), kind: Separator },
		...(failure ? [info('error', oneLine(failure.command, 80), vscode.l10n.t('its failure, in short'))] : []),
		...files.slice(0, mostRows).map(({ path }) => info('file', path)),
		...(files.length > mostRows ? [info('files', vscode.l10n.t('and {0} more', files.length - mostRows))] : []),
		...(redacted > 0 ? [info('shield', vscode.l10n.t('What looks like a secret is taken out: {0}', redacted))] : []),
		...(leftOut.length > 0 ? [{ label: vscode.l10n.t('What is left out'), kind: Separator }] : []),
		...leftOut.slice(0, mostRows).map(({ path, reason }) => info('circle-slash', path, leftOutText(reason))),
		{ label: vscode.l10n.t('Estimate'), kind: Separator },
		...words.map((text) => info('info', text)),
	];
}

function nothingText({ leftOut }: ChangeMaterial): string {
	if (leftOut.length === 0) return vscode.l10n.t('There is no change to learn from.');
	const [first] = leftOut;
	const example = first ? `${first.path} (${leftOutText(first.reason)})` : '';
	return vscode.l10n.t('All that changed is left out, as {0}. There is nothing to learn from.', example);
}
