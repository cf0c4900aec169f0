/** A model that VS Code offers (`vscode.lm`) as a chat model. */
import * as vscode from 'vscode';
import {
	type ChatAnswer,
	type ChatModel,
	type ChatRequest,
	ModelError,
	type Usage,
} from '../../core/models/chatModel.js';
import { unlessAborted } from '../../core/models/onAbort.js';
import { estimateTokens } from '../../core/models/tokenEstimate.js';
import type { OpenedModel } from '../../runs/modelPool.js';
import { type PlainMessage, type PlainPart, plainMessages, textOf } from './vscodeMessages.js';
import { reasonOfTrouble, type Trouble, troubleOf, wordsOfError } from './vscodeTrouble.js';

/**
 * Opens the model `vscode:<vendor>/<id>`. Only after a user's action: VS Code may ask the user for permission.
 * @param path `<vendor>/<id>`
 * @throws {ModelError} `not-found` where VS Code offers no such model
 */
export async function openVscodeModel(path: string): Promise<OpenedModel> {
	const slash = path.indexOf('/');
	const vendor = path.slice(0, Math.max(0, slash));
	const id = path.slice(slash + 1);
	const [model] = await vscode.lm.selectChatModels({ vendor, id });
	if (!model) throw new ModelError('not-found', await missing(path));
	return { model: new VscodeModel(model), source: `${model.name} (${model.vendor})` };
}

class VscodeModel implements ChatModel {
	readonly id: string;
	readonly identity: string;
	readonly contextTokens: number;
	readonly supports: ChatModel['supports'];
	/** A provider serves other extensions, too, and meters by the request. */
	readonly concurrency = 2;

	constructor(private readonly model: vscode.LanguageModelChat) {
		const { vendor, family, version, id, maxInputTokens } = model;
		this.id = `vscode:${vendor}/${id}`;
		this.identity = `${vendor}/${family}/${version}/${id}`;
		this.contextTokens = maxInputTokens;
		this.supports = { tools: callsTools(model), schema: false, choices: false, seed: false, system: false };
	}

	async complete(request: ChatRequest, signal: AbortSignal): Promise<ChatAnswer> {
		if (signal.aborted) throw cancelled();
		const source = new vscode.CancellationTokenSource();
		try {
			// A provider may be slow to notice that it was cancelled; the caller is let go at once.
			return await unlessAborted(this.ask(request, source.token), signal, cancelled);
		} finally {
			// After an answer this changes nothing; otherwise it tells the provider to stop.
			source.cancel();
			source.dispose();
		}
	}

	async close(): Promise<void> {}

	private async ask(request: ChatRequest, token: vscode.CancellationToken): Promise<ChatAnswer> {
		const prompt = plainMessages(request);
		const options: vscode.LanguageModelChatRequestOptions = {
			justification: vscode.l10n.t('FLEX asks this model to solve problems and to write down what it learned.'),
			...(request.tools ? { tools: request.tools.map(toolOf) } : {}),
		};
		try {
			const response = await this.model.sendRequest(prompt.map(messageOf), options, token);
			const { text, toolCalls } = await collect(response);
			const said = [text, ...toolCalls.map((call) => `${call.name} ${call.arguments}`)].join('\n');
			const usage = await this.usage(textOf(prompt), said, token);
			return { text, toolCalls, usage, finish: toolCalls.length > 0 ? 'tool' : 'stop' };
		} catch (error) {
			const trouble = troubleOf(error);
			const message = explain(trouble, this.model.name, wordsOfError(error));
			throw new ModelError(reasonOfTrouble[trouble], message, { cause: error });
		}
	}

	/** VS Code reports none, so these are estimates, made with the model's own tokenizer where it has one to offer. */
	private async usage(prompt: string, said: string, token: vscode.CancellationToken): Promise<Usage> {
		const count = async (text: string): Promise<number> => {
			try {
				return await this.model.countTokens(text, token);
			} catch {
				return estimateTokens(text);
			}
		};
		const [tokensIn, tokensOut] = await Promise.all([count(prompt), count(said)]);
		return { tokensIn, tokensOut, estimated: true };
	}
}

async function collect({ stream }: vscode.LanguageModelChatResponse): Promise<Pick<ChatAnswer, 'text' | 'toolCalls'>> {
	let text = '';
	const toolCalls: ChatAnswer['toolCalls'][number][] = [];
	for await (const part of stream) {
		if (part instanceof vscode.LanguageModelTextPart) text += part.value;
		if (part instanceof vscode.LanguageModelToolCallPart) {
			toolCalls.push({ id: part.callId, name: part.name, arguments: JSON.stringify(part.input) });
		}
	}
	return { text, toolCalls };
}

function messageOf({ role, parts }: PlainMessage): vscode.LanguageModelChatMessage {
	const { User, Assistant } = vscode.LanguageModelChatMessageRole;
	return new vscode.LanguageModelChatMessage(role === 'user' ? User : Assistant, parts.map(partOf));
}

function partOf(part: PlainPart): vscode.LanguageModelInputPart {
	if (part.kind === 'text') return new vscode.LanguageModelTextPart(part.text);
	if (part.kind === 'call') return new vscode.LanguageModelToolCallPart(part.id, part.name, part.input);
	return new vscode.LanguageModelToolResultPart(part.callId, [new vscode.LanguageModelTextPart(part.text)]);
}

function toolOf({
	name,
	description,
	parameters,
}: NonNullable<ChatRequest['tools']>[number]): vscode.LanguageModelChatTool {
	return { name, description, inputSchema: parameters };
}

/** Newer versions say so; where nothing is said, tools are called in plain text, which every model can do. */
function callsTools(model: vscode.LanguageModelChat): boolean {
	const capabilities: unknown = 'capabilities' in model ? model.capabilities : undefined;
	if (typeof capabilities !== 'object' || capabilities === null) return false;
	return 'supportsToolCalling' in capabilities && capabilities.supportsToolCalling === true;
}

async function missing(path: string): Promise<string> {
	const offered = await vscode.lm.selectChatModels();
	if (offered.length === 0) return noVscodeModels();
	return vscode.l10n.t('VS Code offers no model "{0}" now. Choose another with "FLEX: Choose Models…".', path);
}

/** Why VS Code has no models, and what to do. */
export function noVscodeModels(): string {
	return vscode.l10n.t(
		'VS Code offers no language model here: no installed extension provides one, or you are not signed in to it. Install or sign in to one (GitHub Copilot, for example), or choose a model server or the embedded model with "FLEX: Choose Models…".',
	);
}

function explain(trouble: Trouble, name: string, words: string): string {
	switch (trouble) {
		case 'not-allowed':
			return vscode.l10n.t(
				'VS Code does not let FLEX use {0}. Allow it with "Manage Language Model Access…" in the menu of your account, then try again.',
				name,
			);
		case 'blocked':
			return vscode.l10n.t(
				'{0} is blocked for FLEX now: its quota may be used up, or your organization does not allow it. Wait, or choose another model with "FLEX: Choose Models…". ({1})',
				name,
				words,
			);
		case 'quota':
			return vscode.l10n.t(
				'Your quota for {0} is used up. Wait until it is renewed, or choose another model with "FLEX: Choose Models…". ({1})',
				name,
				words,
			);
		case 'busy':
			return vscode.l10n.t('{0} wants fewer requests. Wait a little, then go on. ({1})', name, words);
		case 'gone':
			return vscode.l10n.t('VS Code no longer offers {0}. Choose another with "FLEX: Choose Models…".', name);
		case 'network':
			return vscode.l10n.t('{0} could not be reached. Check the network, then try again. ({1})', name, words);
		case 'dismissed':
			return vscode.l10n.t('The call of {0} was cancelled.', name);
		case 'failed':
			return vscode.l10n.t(
				'{0} failed. Try again, or choose another model with "FLEX: Choose Models…". ({1})',
				name,
				words,
			);
	}
}

function cancelled(): ModelError {
	return new ModelError('cancelled', vscode.l10n.t('The model call was cancelled.'));
}
