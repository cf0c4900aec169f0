/** Running a command line: what it says, how it ends, and that nothing of it goes on. */
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { type CommandRequest, runCommand } from '../../../src/providers/commandRun.js';

const node = `"${process.execPath}"`;
const run = (script: string, more: Partial<CommandRequest> = {}) =>
	runCommand({ command: `${node} -e "${script}"`, folder: tmpdir(), timeoutMs: 60_000, ...more });

describe('a command', () => {
	it('tells its exit code and all that it said, while it says it', async () => {
		const pieces: string[] = [];
		const outcome = await run("console.log('out');console.error('err');process.exit(3)", {
			onOutput: (text) => pieces.push(text),
		});
		expect(outcome).toMatchObject({ exitCode: 3, ended: 'exit' });
		expect(outcome.output).toContain('out');
		expect(outcome.output).toContain('err');
		expect(pieces.join('')).toBe(outcome.output);
	});

	it('ends when it is stopped, with what it started', async () => {
		const stopper = new AbortController();
		// The output ends with the last process that can write to it: were one left, this would not end.
		const outcome = await runCommand({
			command: `${node} -e "console.log('begun');setInterval(()=>{},1000)" & wait`,
			folder: tmpdir(),
			timeoutMs: 60_000,
			signal: stopper.signal,
			onOutput: () => stopper.abort(),
		});
		expect(outcome).toMatchObject({ exitCode: undefined, ended: 'stopped' });
	});

	it('ends after its time', async () => {
		expect(await run('setInterval(()=>{},1000)', { timeoutMs: 300 })).toMatchObject({ ended: 'timeout' });
	});

	it('may say more than is kept: its beginning and its end are', async () => {
		const { output } = await run(
			"console.log('first');for(let i=0;i<80;i++)console.log('x'.repeat(100000));console.log('last')",
		);
		expect(output.length).toBeLessThan(3_100_000);
		expect(output.startsWith('first')).toBe(true);
		expect(output.trimEnd().endsWith('last')).toBe(true);
	});

	it('that no shell knows fails like any other', async () => {
		expect(
			(await runCommand({ command: 'no-such-command-here', folder: tmpdir(), timeoutMs: 9000 })).exitCode,
		).not.toBe(0);
		await expect(runCommand({ command: 'ls', folder: '/no/such/folder', timeoutMs: 9000 })).rejects.toMatchObject({
			reason: 'no-shell',
		});
	});
});
