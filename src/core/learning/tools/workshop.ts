/** The tools of one loop, and what was called of them already: a call goes in, what the model gets to read comes out. */
import { canonicalJson } from '../../models/canonicalJson.js';
import { callFaults } from '../prompts/agent.js';
import { type CallResult, cutToTokens } from './conversation.js';
import { type Tool, ToolCallError } from './tool.js';
import type { FoundCall } from './toolCalls.js';

/** One call as the model wrote it, and what it got to read. */
export interface ToolStep {
	readonly name: string;
	/** JSON. */
	readonly arguments: string;
	readonly observation: string;
}

/** Calls that are carried out at once; more are told to come again. */
const mostAtOnce = 4;

export class Workshop {
	readonly names: readonly string[];
	readonly steps: ToolStep[] = [];
	private readonly made = new Set<string>();

	/** @param observationTokens of one observation at most */
	constructor(
		private readonly tools: readonly Tool[],
		private readonly observationTokens: number,
	) {
		this.names = tools.map((tool) => tool.definition.name);
	}

	/** Carries the calls out, one after another. `anyNew`: not all of them had been made before. */
	async carryOut(
		calls: readonly FoundCall[],
		signal: AbortSignal,
	): Promise<{ readonly results: readonly CallResult[]; readonly anyNew: boolean }> {
		const results: CallResult[] = [];
		let anyNew = false;
		for (const [index, found] of calls.entries()) {
			const { call } = found;
			const fresh = this.isFresh(found);
			anyNew ||= fresh;
			const said =
				index >= mostAtOnce
					? callFaults.tooMany(mostAtOnce)
					: fresh
						? await this.observe(found, signal)
						: callFaults.repeated;
			if (index < mostAtOnce) this.made.add(keyOf(found));
			const observation = cutToTokens(said, this.observationTokens);
			this.steps.push({ name: call.name, arguments: call.arguments, observation });
			results.push({ call, observation });
		}
		return { results, anyNew };
	}

	private isFresh(found: FoundCall): boolean {
		return !this.made.has(keyOf(found));
	}

	/** Of the model's own mistakes it reads how to mend them. */
	private async observe({ call, args, fault }: FoundCall, signal: AbortSignal): Promise<string> {
		if (fault !== undefined) return fault;
		const tool = this.tools.find(({ definition }) => definition.name === call.name);
		if (!tool) return callFaults.unknownTool(call.name.slice(0, 60), this.names);
		signal.throwIfAborted();
		try {
			return await tool.run(args, signal, this.observationTokens);
		} catch (error) {
			if (error instanceof ToolCallError) return error.message;
			throw error;
		}
	}
}

/** Equal for calls that mean the same, whatever the order of their arguments. */
function keyOf({ call, args, fault }: FoundCall): string {
	return canonicalJson([call.name, fault === undefined ? args : call.arguments]);
}
