/** One of the library's tools as VS Code offers it to a model: with a budget in the model's own tokens, and a question before it writes. */
import * as vscode from 'vscode';
import type { LibraryTool } from '../../core/learning/tools/tool.js';

/** All that is loaded when a model first calls. */
export interface Toolbox {
	readonly tool: (name: string, countTokens?: (text: string) => PromiseLike<number>) => LibraryTool;
	readonly defaultTokens: number;
}

export class AgentTool implements vscode.LanguageModelTool<unknown> {
	/** @param prepare what a person is told, or asked, before the call */
	constructor(
		private readonly name: string,
		private readonly toolbox: () => Promise<Toolbox>,
		private readonly prepare: (
			input: unknown,
		) => vscode.PreparedToolInvocation | Promise<vscode.PreparedToolInvocation>,
	) {}

	prepareInvocation({ input }: vscode.LanguageModelToolInvocationPrepareOptions<unknown>) {
		return this.prepare(input);
	}

	/** What it throws is told to the model in its own words. */
	async invoke(
		{ input, tokenizationOptions: tokens }: vscode.LanguageModelToolInvocationOptions<unknown>,
		token: vscode.CancellationToken,
	): Promise<vscode.LanguageModelToolResult> {
		const { tool, defaultTokens } = await this.toolbox();
		const counted = tool(this.name, tokens && ((text) => tokens.countTokens(text, token)));
		const budget = Math.min(defaultTokens, tokens?.tokenBudget ?? defaultTokens);
		const stopper = new AbortController();
		const subscription = token.onCancellationRequested(() => stopper.abort(new vscode.CancellationError()));
		try {
			const text = await counted.run(input, stopper.signal, budget);
			return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
		} finally {
			subscription.dispose();
		}
	}
}
