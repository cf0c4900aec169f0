/** The extension is where it should be, and needs nothing from elsewhere: above all where it is installed. */
import assert from 'node:assert/strict';
import { existsSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import * as vscode from 'vscode';

const { FLEX_TEST_EXTENSION: expected = '' } = process.env;

describe('the extension as it is installed', () => {
	it('runs from there', async () => {
		const { extensionPath } = await activated();
		assert.ok(isInside(realpathSync(extensionPath), realpathSync(expected)), `${extensionPath} is not in ${expected}`);
	});

	it('has beside it what it looks for', async () => {
		const { extensionPath } = await activated();
		const needed = [
			...['cli.js', 'libraryWorker.js', 'llamaProcess.js', 'sandboxWorker.js', 'quickjs.wasm', 'sql-wasm.wasm'].map(
				(name) => `dist/${name}`,
			),
			'components/llama/package-lock.json',
			'examples/company-conventions/flex-task.json',
			'schemas/flex-task.schema.json',
			'THIRD_PARTY_NOTICES.md',
		];
		assert.deepEqual(
			needed.filter((name) => !existsSync(join(extensionPath, name))),
			[],
		);
	});

	it('has loaded nothing from elsewhere', async () => {
		const { extensionPath } = await activated();
		const loaded = require.cache[join(extensionPath, 'dist/extension.js')]?.children;
		assert.ok(loaded, 'the extension is loaded from its package');
		const foreign = loaded.map(({ filename }) => filename).filter((file) => !isInside(file, extensionPath));
		assert.deepEqual(foreign, []);
	});
});

async function activated(): Promise<vscode.Extension<unknown>> {
	const found = vscode.extensions.getExtension('flex-learn.flex-learn');
	assert.ok(found, 'the extension is there');
	await found.activate();
	return found;
}

function isInside(file: string, folder: string): boolean {
	return file === folder || file.startsWith(folder + sep);
}
