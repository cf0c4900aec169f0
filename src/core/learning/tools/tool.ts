/** What a tool is to the model that calls it: a name, the form of its arguments, and what a call brings back. */
import type { ToolDefinition } from '../../models/chatModel.js';

export interface Tool {
	readonly definition: ToolDefinition;
	/**
	 * What the model gets to read: also where its code fails, or nothing is found.
	 * @param budgetTokens what is longer is cut by the caller
	 * @throws {ToolCallError} where the arguments can't be used; the model is told, and may call again
	 * @throws the signal's reason; and what lies outside of the model's reach, such as a sandbox that can't be started
	 */
	run(args: unknown, signal: AbortSignal, budgetTokens: number): Promise<string>;
}

/** A tool of the library as other agents see it. */
export interface LibraryTool extends Tool {
	/** For people. */
	readonly title: string;
	/** Whether it leaves the library as it is. */
	readonly readsOnly: boolean;
}

/** The model called a tool in a way that can't be carried out; `message` tells it how to do better. */
export class ToolCallError extends Error {
	override readonly name = 'ToolCallError';
}
