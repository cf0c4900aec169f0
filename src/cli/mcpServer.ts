/** The tools of the library over the Model Context Protocol, on standard input and output. */
import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { LibraryTool } from '../core/learning/tools/tool.js';

export interface McpOptions {
	readonly version: string;
	readonly tools: readonly LibraryTool[];
	/** Tokens of a result at most. */
	readonly budgetTokens: number;
	/** The name by which the program at the other end introduced itself. */
	readonly onClient: (name: string) => void;
	/** What the protocol has to complain about. */
	readonly onTrouble: (message: string) => void;
}

const instructions =
	'What was learned from earlier problems in this workspace. Search it before a task that may be like earlier work, cite the ids of what you use, propose what is worth keeping, and say afterwards what helped.';

/** Serves both generations of the protocol. @returns what ends it */
export function serveMcp(options: McpOptions): { close(): Promise<void> } {
	return serveStdio(() => serverOf(options), { onerror: ({ message }) => options.onTrouble(message) });
}

function serverOf({ version, tools, budgetTokens, onClient }: McpOptions): McpServer {
	const mcp = new McpServer({ name: 'flex-learn', version }, { capabilities: { tools: {} }, instructions });
	// The tools check their arguments themselves and say how to mend them: so they are handled below `registerTool`.
	const { server } = mcp;
	server.setRequestHandler('tools/list', () => ({ tools: tools.map(shown) }));
	server.setRequestHandler('tools/call', async ({ params }, { mcpReq }) => {
		const client = server.getClientVersion()?.name;
		if (client) onClient(client);
		const tool = tools.find(({ definition }) => definition.name === params.name);
		if (!tool) return failed(`There is no tool "${params.name}"; there are ${namesOf(tools)}.`);
		try {
			const text = await tool.run(params.arguments ?? {}, mcpReq.signal, budgetTokens);
			return { content: [{ type: 'text', text }] };
		} catch (error) {
			if (mcpReq.signal.aborted) throw error;
			return failed(error instanceof Error ? error.message : String(error));
		}
	});
	return mcp;
}

function shown({ definition, title, readsOnly }: LibraryTool) {
	const { name, description, parameters } = definition;
	return {
		name,
		title,
		description,
		inputSchema: { ...parameters, type: 'object' as const },
		annotations: { title, readOnlyHint: readsOnly, destructiveHint: false, openWorldHint: false },
	};
}

/** The model reads what is wrong, and can do better. */
function failed(text: string) {
	return { content: [{ type: 'text' as const, text }], isError: true };
}

function namesOf(tools: readonly LibraryTool[]): string {
	return tools.map(({ definition }) => definition.name).join(', ');
}
