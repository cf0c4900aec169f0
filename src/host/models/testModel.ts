/** "Test Model": one tiny question, and what came of it. */
import * as vscode from 'vscode';
import type { ChatModel } from '../../core/models/chatModel.js';
import type { ModelTest } from '../../runs/modelTest.js';
import { withProgress } from '../progress.js';
import { configFor } from '../runPorts.js';
import type { Services } from '../services.js';
import { back, type Choice, pickOne } from '../steps.js';
import { wantedModels } from './modelSettings.js';

/**
 * Asks the model, and shows its answer, the time and the tokens; a failure says what to do.
 * @param id the one that the roles have, or the one that is picked of several
 */
export async function testModel(services: Services, id?: string): Promise<ModelTest | undefined> {
	const config = await configFor(services, undefined, undefined);
	const chosen = id ?? (await pickModel(wantedModels(config).ids));
	if (chosen === undefined) return undefined;
	const wanted = { ...config, models: { ...config.models, default: chosen } };
	const title = vscode.l10n.t('Testing {0}', chosen);
	const result = await withProgress(title, async (signal, onProgress) => {
		const { testModel: ask } = await import('../../runs/modelTest.js');
		const pool = await services.models.pool(wanted, signal, onProgress);
		try {
			return await ask(pool, chosen, signal);
		} finally {
			await pool.close();
		}
	});
	if (result) void show(services, result);
	return result;
}

async function pickModel(ids: readonly string[]): Promise<string | undefined> {
	if (ids.length <= 1) return ids[0];
	const items = ids.map((id): Choice<string> => ({ label: id, value: id }));
	const title = vscode.l10n.t('Test model');
	const answer = await pickOne({ title, items, placeholder: vscode.l10n.t('Which model of your roles?') });
	return answer === back ? undefined : answer;
}

async function show({ log }: Services, { opened, answer, openMs, answerMs }: ModelTest): Promise<void> {
	const { model, source } = opened;
	const { tokensIn, tokensOut, estimated } = answer.usage;
	const tokens = estimated
		? vscode.l10n.t('about {0} tokens in, {1} out (estimated)', tokensIn, tokensOut)
		: vscode.l10n.t('{0} tokens in, {1} out', tokensIn, tokensOut);
	const time = vscode.l10n.t('{0} s, after {1} s to get ready', seconds(answerMs), seconds(openMs));
	log.info(`${model.id} (${source}) answered the test question: ${time}; ${tokens}; ${abilities(model)}`);
	const said = answer.text.trim().slice(0, 200) || vscode.l10n.t('nothing');
	const message = vscode.l10n.t('{0} was asked what 17 + 25 is and said: {1} ({2}; {3})', model.id, said, time, tokens);
	const other = vscode.l10n.t('Choose another');
	if ((await vscode.window.showInformationMessage(message, other)) === other) {
		await vscode.commands.executeCommand('flex.chooseModels');
	}
}

function abilities({ contextTokens, supports }: ChatModel): string {
	const able = Object.entries(supports).flatMap(([name, yes]) => (yes ? [name] : []));
	return `${contextTokens} tokens of context; supports ${able.join(', ') || 'plain text only'}`;
}

function seconds(ms: number): string {
	return (ms / 1000).toFixed(ms < 10_000 ? 2 : 0);
}
