/** The commands about models; each loads what it needs when it is called. */
import * as vscode from 'vscode';
import { registerGuarded } from '../guarded.js';
import type { Services } from '../services.js';

export function registerModels(services: Services): vscode.Disposable {
	const { log } = services;
	return vscode.Disposable.from(
		registerGuarded(log, 'flex.chooseModels', async () => {
			const { chooseModels } = await import('./chooseModels.js');
			return chooseModels(services);
		}),
		registerGuarded(log, 'flex.testModel', async (id) => {
			const { testModel } = await import('./testModel.js');
			return testModel(services, asText(id));
		}),
		registerGuarded(log, 'flex.setApiKey', async (endpoint) => {
			const { setApiKey } = await import('./apiKeys.js');
			return setApiKey(services, asText(endpoint));
		}),
		registerGuarded(log, 'flex.clearApiKey', async () => {
			const { clearApiKey } = await import('./apiKeys.js');
			return clearApiKey(services);
		}),
		registerGuarded(log, 'flex.installEmbeddedModel', async (id) => {
			const { installEmbeddedModel } = await import('./embeddedModels.js');
			return installEmbeddedModel(services, asText(id));
		}),
		registerGuarded(log, 'flex.removeEmbeddedModel', async () => {
			const { removeEmbeddedModel } = await import('./embeddedModels.js');
			return removeEmbeddedModel();
		}),
	);
}

/** Views and buttons may hand over other things. */
function asText(argument: unknown): string | undefined {
	return typeof argument === 'string' ? argument : undefined;
}
