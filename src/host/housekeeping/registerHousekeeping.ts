/** Keeping house: what can be cleared and forgotten, and the doctor that says what is wrong. */
import * as vscode from 'vscode';
import { registerGuarded } from '../guarded.js';
import type { Services } from '../services.js';
import { Doctor } from './doctor.js';

export function registerHousekeeping(services: Services): vscode.Disposable {
	const { log } = services;
	const doctor = new Doctor(services);
	return vscode.Disposable.from(
		doctor,
		registerGuarded(log, 'flex.clearCache', async () => {
			const { clearCache } = await import('./clearCache.js');
			return clearCache(services);
		}),
		registerGuarded(log, 'flex.forgetEverything', async () => {
			const { forgetEverything } = await import('./forgetEverything.js');
			return forgetEverything(services);
		}),
		registerGuarded(log, 'flex.doctor', (argument) => doctor.show(wantsEndpoints(argument))),
	);
}

function wantsEndpoints(argument: unknown): boolean {
	return typeof argument === 'object' && argument !== null && 'online' in argument && argument.online === true;
}
