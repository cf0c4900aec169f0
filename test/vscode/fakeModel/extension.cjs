/**
 * A helper of the tests that contributes a chat model, `fake/fake-1`. The file that FAKE_MODEL_SCRIPT names says what it
 * does: `{ "answer": "…" }` (the text "{last}" in it stands for the last message), `{ "error": "NoPermissions" }`, or
 * `{ "wait": true }` until it is cancelled. With `"calls": [{ "name": "…", "input": {} }]` it first makes these calls, one
 * a turn, as far as it is offered the tools; then it answers. Its requests are appended to FAKE_MODEL_LOG, one JSON object a line.
 */
'use strict';
const { appendFileSync, existsSync, readFileSync } = require('node:fs');
const vscode = require('vscode');

const model = {
	id: 'fake-1',
	name: 'Fake One',
	family: 'fake',
	version: '1',
	maxInputTokens: 8000,
	maxOutputTokens: 8000,
	capabilities: { toolCalling: true },
};

exports.activate = (context) => {
	context.subscriptions.push(
		vscode.lm.registerLanguageModelChatProvider('fake', {
			provideLanguageModelChatInformation: () => [model],
			provideLanguageModelChatResponse: respond,
			provideTokenCount: async (_model, text) => Math.ceil(JSON.stringify(text).length / 4),
		}),
	);
};

async function respond(_model, messages, options, progress, token) {
	const texts = messages.map((message) => ({ role: message.role, text: textOf(message.content) }));
	const tools = (options.tools ?? []).map((tool) => tool.name);
	if (process.env.FAKE_MODEL_LOG) {
		appendFileSync(process.env.FAKE_MODEL_LOG, `${JSON.stringify({ messages: texts, tools })}\n`);
	}
	const script = readScript();
	if (script.error) throw vscode.LanguageModelError[script.error]('as the script says');
	if (script.wait) await new Promise((resolve) => token.onCancellationRequested(resolve));
	const made = messages
		.flatMap(({ content }) => content)
		.filter((part) => part instanceof vscode.LanguageModelToolResultPart);
	const call = script.calls?.[made.length];
	if (call && tools.includes(call.name)) {
		progress.report(new vscode.LanguageModelToolCallPart(`call-${made.length}`, call.name, call.input));
		return;
	}
	const last = texts.at(-1)?.text ?? '';
	progress.report(new vscode.LanguageModelTextPart((script.answer ?? 'An answer.').replaceAll('{last}', last)));
}

function textOf(content) {
	if (typeof content === 'string') return content;
	return content
		.map((part) => part.value ?? (Array.isArray(part.content) ? textOf(part.content) : JSON.stringify(part)))
		.join('');
}

function readScript() {
	const file = process.env.FAKE_MODEL_SCRIPT;
	return file && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}
