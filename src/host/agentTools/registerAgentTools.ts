/** The library's tools for the agent mode of VS Code: search, record (a person is asked), give feedback. */
import * as vscode from 'vscode';
import type { Services } from '../services.js';
import { AgentTool, type Toolbox } from './agentTool.js';
import { prepareFeedback, prepareRecord, prepareSearch } from './preparations.js';

export function registerAgentTools(services: Services): vscode.Disposable {
	let opening: Promise<Toolbox> | undefined;
	// One for all calls: it remembers what was shown for which problem.
	const toolbox = (): Promise<Toolbox> => {
		opening ??= openToolbox(services);
		return opening;
	};
	const record = (input: unknown) => prepareRecord(input, 'flex_record_experience');
	const { lm } = vscode;
	return vscode.Disposable.from(
		lm.registerTool('flex_search_experience', new AgentTool('flex_search_experience', toolbox, prepareSearch)),
		lm.registerTool('flex_record_experience', new AgentTool('flex_record_experience', toolbox, record)),
		lm.registerTool(
			'flex_give_experience_feedback',
			new AgentTool('flex_give_experience_feedback', toolbox, prepareFeedback),
		),
	);
}

async function openToolbox(services: Services): Promise<Toolbox> {
	const [{ libraryTools, defaultResultTokens }, { openDesk }] = await Promise.all([
		import('../../core/learning/tools/libraryTools.js'),
		import('./hostDesk.js'),
	]);
	const desk = await openDesk(services);
	return {
		defaultTokens: defaultResultTokens,
		tool: (name, countTokens) => {
			const tools = libraryTools(desk, { prefix: 'flex_', ...(countTokens ? { countTokens } : {}) });
			const found = tools.find(({ definition }) => definition.name === name);
			if (!found) throw new Error(`There is no tool ${name}.`);
			return found;
		},
	};
}
