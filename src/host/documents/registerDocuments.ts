/** Experiences as documents: read, edited and compared in VS Code's own editors. */
import * as vscode from 'vscode';
import type { Services } from '../services.js';
import { registerDiagnostics } from './diagnostics.js';
import { Experiences } from './experiences.js';
import { registerFileSystem } from './fileSystem.js';
import { registerHistory } from './history.js';
import { registerLenses } from './lenses.js';
import { registerOpenDocument } from './openDocument.js';
import { registerTidyOnSave } from './tidyOnSave.js';

export function registerDocuments(services: Services): vscode.Disposable {
	const experiences = new Experiences(services);
	return vscode.Disposable.from(
		registerFileSystem(services, experiences),
		registerTidyOnSave(experiences),
		registerDiagnostics(experiences),
		registerLenses(services, experiences),
		registerHistory(services, experiences),
		registerOpenDocument(services, experiences),
	);
}
