import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');

/** Says that it is ready, then waits for ever. */
const idleProcess = `process.send({ type: 'ready', contextTokens: 64, loadMs: 1 }); process.on('message', () => {});`;

/** Opens the process, closes it, and has something left to do. */
const program = `
import { LlamaChild } from './src/providers/llamaChild.ts';
const child = new LlamaChild(process.argv[2], { file: '', componentFolder: '', contextTokens: 64, threads: 1 });
await child.ready;
await child.stop();
console.log('went on');
`;

it('a program that waits until a model has closed goes on after it', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'flex-child-'));
	try {
		const [main, idle] = [join(folder, 'main.mjs'), join(folder, 'idle.cjs')];
		writeFileSync(idle, idleProcess);
		await build({
			stdin: { contents: program, resolveDir: root, loader: 'ts' },
			outfile: main,
			bundle: true,
			platform: 'node',
			format: 'esm',
			logLevel: 'warning',
		});
		const { stdout } = await promisify(execFile)(process.execPath, [main, idle]);
		expect(stdout).toBe('went on\n');
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
});
