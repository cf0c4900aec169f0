/** Libraries that come from others and go to others. */
import * as vscode from 'vscode';
import type { Services } from '../services.js';
import { registerExport } from './exportLibrary.js';
import { registerImport } from './importLibrary.js';

export function registerExchange(services: Services): vscode.Disposable {
	return vscode.Disposable.from(registerImport(services), registerExport(services));
}
