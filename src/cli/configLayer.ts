/** The settings that a workspace keeps for the command line. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, type ConfigLayer } from '../core/learning/runConfig.js';
import type { Workspace } from '../runs/workspace.js';

/** `.flex/config.json` as a layer of settings; empty where there is none. @throws {ConfigError} */
export function configLayer({ flex }: Pick<Workspace, 'flex'>): ConfigLayer {
	const file = join(flex, 'config.json');
	if (!existsSync(file)) return { name: file, values: {} };
	try {
		return { name: file, values: JSON.parse(readFileSync(file, 'utf8')) };
	} catch (cause) {
		throw new ConfigError(`${file} is not valid JSON; mend or delete it.`, { cause });
	}
}
