/** The real default model, for tests that need one. */
import { join } from 'node:path';
import { ensureComponent, flexHome } from '../src/providers/components.js';
import { ensureModel } from '../src/providers/modelFetcher.js';

/** Fetches it and the program that runs it where they are missing. @returns why they can't be had, else undefined */
export async function realModelMissing(): Promise<string | undefined> {
	const home = flexHome(process.env);
	try {
		await ensureComponent('llama', { home, componentsFolder: join(import.meta.dirname, '../components') });
		await ensureModel('smollm2-135m', { home, environment: process.env });
		return undefined;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}
