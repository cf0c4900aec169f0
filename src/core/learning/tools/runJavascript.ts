/** The tool `run_javascript`: the model's code in a sandbox without any input or output. */
import * as v from 'valibot';
import { fencedCode } from '../../tasks/codeText.js';
import type { Sandbox, SandboxResult } from '../../tasks/sandbox.js';
import { type Tool, ToolCallError } from './tool.js';

/** Wall time of one call at most. */
const timeoutMs = 5_000;
/** Heap of one call at most. */
const memoryBytes = 64 * 1024 * 1024;
/** Characters of code at most. */
const longestCode = 20_000;

const argumentsSchema = v.object({ code: v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(longestCode)) });

export function runJavascript(sandbox: Sandbox): Tool {
	return {
		definition: {
			name: 'run_javascript',
			description:
				'Runs a JavaScript script and gives the value of its last expression and what it logged. No network, no files, no imports; nothing stays from one call to the next.',
			parameters: {
				type: 'object',
				properties: { code: { type: 'string', description: 'The whole script, ending in the expression to show.' } },
				required: ['code'],
				additionalProperties: false,
			},
		},
		async run(args, signal) {
			const given = v.safeParse(argumentsSchema, args);
			if (!given.success) {
				throw new ToolCallError(
					`run_javascript takes {"code": "…"} with a script of 1 to ${longestCode} characters; call it again like that.`,
				);
			}
			const { code } = given.output;
			const script = code.startsWith('```') ? (fencedCode(code) ?? code) : code;
			return observation(await sandbox.run({ code: script, timeoutMs, memoryBytes }, signal));
		},
	};
}

function observation(result: SandboxResult): string {
	const printed = result.output.trim() === '' ? '' : `Logged:\n${result.output.trimEnd()}`;
	const parts = [endOf(result), printed].filter((part) => part !== '');
	if (parts.length > 0) return parts.join('\n');
	return 'The script gave no value and logged nothing; end it with the expression to show.';
}

/** Empty where a script came to its end without a value. */
function endOf({ status, value, error }: SandboxResult): string {
	switch (status) {
		case 'done':
			return value === undefined ? '' : `Value: ${value}`;
		case 'thrown':
			return `The script failed: ${error ?? 'it threw something that is no error'}`;
		case 'timeout':
			return `The script was stopped after ${timeoutMs / 1000} seconds; write one that does less.`;
		case 'out-of-memory':
			return 'The script needed too much memory; write one that keeps less.';
		case 'crashed':
			return `The script could not be run to its end${error === undefined ? '' : ` (${error})`}; write it in another way.`;
	}
}
