/** `flex-learn mcp` as an agent uses it: started by a real MCP client, over its pipes. */
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openLibrary } from '../../src/library/library.js';
import { rule } from '../builders/experiences.js';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'flex-mcp-'));
const workerFile = join(root, 'dist/libraryWorker.js');
/** Milliseconds: processes are started. */
const limit = 60_000;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
	await fill(
		'work',
		rule('a1b2c3d4e5f60718', 'a lost parcel', 'Ask the depot for the parcel.', { title: 'Lost parcels' }),
	);
	await fill('notes', rule('b1b2c3d4e5f60718', 'a broken kettle', 'Call Harbor.', { title: 'Kettles' }));
}, limit);
afterEach(async () => {
	for (const close of closers.splice(0)) await close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function fill(name: string, ...experiences: readonly ReturnType<typeof rule>[]): Promise<void> {
	mkdirSync(join(folder, name, '.flex'), { recursive: true });
	const library = await openLibrary(join(folder, name, '.flex'), { workerFile });
	await library.apply(experiences.map((experience) => ({ change: { op: 'insert', experience }, by: 'user' })));
	await library.close();
}

/** A client that has started the server for a workspace. */
async function agent(workspace: string, ...flags: readonly string[]): Promise<Client> {
	mkdirSync(join(folder, workspace), { recursive: true });
	const client = new Client({ name: 'test-agent', version: '1' });
	const args = [join(root, 'dist/cli.js'), 'mcp', '--workspace', join(folder, workspace), ...flags];
	await client.connect(new StdioClientTransport({ command: process.execPath, args, stderr: 'pipe' }));
	closers.push(() => client.close());
	return client;
}

async function call(client: Client, name: string, args: Record<string, unknown>) {
	const { content, isError = false } = await client.callTool({ name, arguments: args });
	const [part] = Array.isArray(content) ? content : [];
	if (part?.type !== 'text') throw new Error('The tool gave no text.');
	return { text: part.text, isError };
}

async function stored(workspace: string) {
	const library = await openLibrary(join(folder, workspace, '.flex'), { workerFile, readOnly: true });
	closers.push(() => library.close());
	return library;
}

describe('flex-learn mcp', { timeout: limit }, () => {
	it('offers the three tools, each with its schema and what it does to the library', async () => {
		const { tools } = await (await agent('work')).listTools();
		expect(tools.map(({ name, annotations }) => [name, annotations?.readOnlyHint])).toEqual([
			['search_experience', true],
			['record_experience', false],
			['give_experience_feedback', false],
		]);
		for (const { description = '', inputSchema } of tools) {
			expect(description.length).toBeGreaterThan(300);
			expect(inputSchema.type).toBe('object');
		}
	});

	it('finds by the words of a problem, and says so where nothing fits', async () => {
		const client = await agent('work');
		expect((await call(client, 'search_experience', { query: 'Where is the lost parcel?' })).text).toContain(
			'[a1b2c3d4e5f60718] Lost parcels',
		);
		expect(await call(client, 'search_experience', { query: 'zygotes' })).toMatchObject({
			text: 'Nothing that was learned fits this query; go on without it.',
			isError: false,
		});
	});

	it('lets what an agent records wait for a person, under the agent’s name, and counts what it says', async () => {
		const client = await agent('work');
		const lesson = { title: 'Clocks', when: 'a test that waits', strategy: 'Pass the clock in.' };
		const { text } = await call(client, 'record_experience', lesson);
		const id = /\[(\w+)\]/u.exec(text)?.[1] ?? '';
		await call(client, 'give_experience_feedback', { id: 'a1b2c3d4e5f60718', helpful: true, solved: true });
		await client.close();
		const library = await stored('work');
		expect((await library.get([id]))[0]?.status).toBe('proposed');
		expect((await library.history(id))[0]?.by).toBe('tool:test-agent');
		const counted = (await library.uses(['a1b2c3d4e5f60718'])).get('a1b2c3d4e5f60718');
		expect(counted).toEqual({ used: 1, solved: 1, helpful: 1, unhelpful: 0 });
	});

	it('tells the model how to mend a call', async () => {
		const client = await agent('work');
		expect(await call(client, 'search_experience', {})).toMatchObject({ isError: true });
		const { text, isError } = await call(client, 'give_experience_feedback', { id: 'ffff', helpful: true });
		expect([text, isError]).toEqual(['There is no experience ffff; give an id as a search showed it.', true]);
		expect((await call(client, 'sing', {})).text).toContain('There is no tool "sing"');
	});

	it('writes nothing with --read-only, and reads other libraries behind the workspace’s', async () => {
		const client = await agent('work', '--read-only', '--library', join(folder, 'notes/.flex'));
		expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['search_experience']);
		expect((await call(client, 'search_experience', { query: 'my kettle is broken' })).text).toContain(
			'[b1b2c3d4e5f60718]',
		);
		expect((await call(client, 'record_experience', { title: 'a', when: 'b', strategy: 'c' })).isError).toBe(true);
	});

	it('makes no library in a folder without one until something is recorded', async () => {
		const client = await agent('fresh');
		expect((await call(client, 'search_experience', { query: 'anything' })).text).toMatch(/^The library here is empty/);
		expect(existsSync(join(folder, 'fresh/.flex'))).toBe(false);
		await call(client, 'record_experience', { title: 'A', when: 'always', strategy: 'Be brief.' });
		expect(existsSync(join(folder, 'fresh/.flex/library.journal'))).toBe(true);
	});

	it('sees at once what another process accepts', async () => {
		const client = await agent('shared');
		const { text } = await call(client, 'record_experience', {
			title: 'T',
			when: 'a kettle',
			strategy: 'Call Harbor.',
		});
		const id = /\[(\w+)\]/u.exec(text)?.[1] ?? '';
		const library = await openLibrary(join(folder, 'shared/.flex'), { workerFile });
		await library.apply([{ change: { op: 'accept', id }, by: 'user' }]);
		await library.close();
		expect((await call(client, 'search_experience', { query: 'the kettle' })).text).toContain(`[${id}]`);
	});
});
