/** What a model reads that may call tools while it solves a problem: beside the actor's prompt, and after each call. */
import type { ToolDefinition } from '../../models/chatModel.js';
import { describeForm } from '../../models/jsonForm.js';

export const agentPromptVersion = 1;

/** What the tag of a written call's block is called. */
export const callTag = 'tool';

/** Added to the actor's system part. `native`: the model is told of the tools by its endpoint. */
export function toolInstructions(tools: readonly ToolDefinition[], steps: number, native: boolean): string {
	const limit = `Before you answer you can call tools, in ${steps} step${steps === 1 ? '' : 's'} at most. Leave to them whatever they can do: they are surer than you are.`;
	const end = 'When you know the answer, give it in the form that is asked for above, and call no tool.';
	const [first] = tools;
	if (native || !first) return `${limit} ${end}`;
	const list = tools.map(({ name, description, parameters }) => {
		return `- ${name}: ${description}\n  Arguments: ${describeForm(parameters)}`;
	});
	return [
		`${limit} To call one, end your message with a block like this, then wait for its result:`,
		callBlock(first.name, describeForm(first.parameters)),
		end,
		`Tools:\n${list.join('\n')}`,
	].join('\n');
}

/** A call in writing. `args` is JSON. */
export function callBlock(name: string, args: string): string {
	return `\`\`\`${callTag}\n{"name": ${JSON.stringify(name)}, "arguments": ${args}}\n\`\`\``;
}

/** What a written call brought back. */
export function resultText(name: string, observation: string): string {
	return `Result of ${name}:\n${observation}`;
}

/** The last request, after which no tool can be called. */
export const finalDemand = 'Use no more tools. Give your final answer now, in the form that was asked for.';

/** Observations of calls that were not carried out. */
export const callFaults = {
	unknownTool: (name: string, known: readonly string[]) =>
		`There is no tool "${name}"; there ${known.length === 1 ? 'is' : 'are'}: ${known.join(', ')}.`,
	notJson: 'The arguments are not a JSON object; write them anew.',
	cutOff: 'The call was cut off before its end; make it shorter.',
	noCall: `The block must hold one JSON object {"name": "…", "arguments": {…}}; write it anew.`,
	repeated: 'You made this very call before, and its result is above.',
	tooMany: (most: number) => `Only the first ${most} calls of a step are carried out; call again if you still need it.`,
} as const;

/** Stands where an observation was cut. */
export const cutMark = '… (cut)';
