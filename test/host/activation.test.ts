/** The extension starts fast, loads nothing heavy, and registers exactly what its manifest contributes. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

interface Api {
	readonly activationMs: number;
}

describe('activation', () => {
	it('says how long it took', async () => {
		const api = await activated();
		// biome-ignore lint/suspicious/noConsole: the figure belongs into the log of the tests
		console.log(`note activation took ${api.activationMs.toFixed(1)} ms`);
		// No timing here, on machines of any speed: test/integration/bundles.test.ts holds what is evaluated.
		assert.ok(api.activationMs > 0);
	});

	it('registers every command that it contributes, and contributes every command that it registers', async () => {
		await activated();
		const contributed: readonly { readonly command: string }[] = extension().packageJSON.contributes.commands;
		const registered = (await vscode.commands.getCommands(true)).filter((command) =>
			/^flex\.(?!.*\.(focus|open|resetViewLocation|removeView|toggleVisibility)$)/.test(command),
		);
		const wanted = contributed.map(({ command }) => command);
		assert.deepEqual(
			wanted.filter((command) => !registered.includes(command) && !/\.open$/.test(command)),
			[],
		);
	});
});

function extension(): vscode.Extension<Api> {
	const found = vscode.extensions.getExtension<Api>('flex-learn.flex-learn');
	assert.ok(found, 'the extension is installed');
	return found;
}

function activated(): Thenable<Api> {
	return extension().activate();
}
