/** Keeping house: what can be cleared and forgotten, and the doctor that says what is wrong. */
import * as vscode from 'vscode';
import { registerGuarded } from '../guarded.js';
import type { Services } from '../services.js';
import { clearCache } from './clearCache.js';
import { Doctor } from './doctor.js';
import { forgetEverything } from './forgetEverything.js';

export function registerHousekeeping(services: Services): vscode.Disposable {
	const { log } = services;
	const doctor = new Doctor(services);
	return vscode.Disposable.from(
		doctor,
		registerGuarded(log, 'flex.clearCache', () => clearCache(services)),
		registerGuarded(log, 'flex.forgetEverything', () => forgetEverything(services)),
		registerGuarded(log, 'flex.doctor', (argument) => doctor.show(wantsEndpoints(argument))),
	);
}

function wantsEndpoints(argument: unknown): boolean {
	return typeof argument === 'object' && argument !== null && 'online' in argument && argument.online === true;
}
