/** Where a workspace keeps what it learned: the `.flex` folder and the paths in it. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ConfigError, type ConfigLayer } from '../core/learning/runConfig.js';

export class Workspace {
	/** The `.flex` folder. */
	readonly flex: string;

	constructor(readonly root: string) {
		this.flex = join(root, '.flex');
	}

	/** The nearest folder from `start` upwards that holds `.flex`, else `start` itself. */
	static nearest(start: string): Workspace {
		let folder = resolve(start);
		for (;;) {
			if (existsSync(join(folder, '.flex'))) return new Workspace(folder);
			const parent = dirname(folder);
			if (parent === folder) return new Workspace(resolve(start));
			folder = parent;
		}
	}

	get runs(): string {
		return join(this.flex, 'runs');
	}
	get cache(): string {
		return join(this.flex, 'cache');
	}
	get profiles(): string {
		return join(this.flex, 'profiles.json');
	}
	get testUses(): string {
		return join(this.flex, 'test-uses.jsonl');
	}

	/** Public datasets that were added by name, a folder each. */
	get datasets(): string {
		return join(this.flex, 'datasets');
	}

	/** The folder of a problem set: a path, or the name of one in `.flex/datasets` or `problem-sets`. */
	problemSet(pathOrName: string): string {
		if (existsSync(pathOrName)) return pathOrName;
		const named = [this.datasets, join(this.root, 'problem-sets')].map((above) => join(above, pathOrName));
		return named.find((folder) => existsSync(join(folder, 'flex-task.json'))) ?? pathOrName;
	}

	/** `.flex/config.json` as a layer of settings; empty where there is none. @throws {ConfigError} */
	configLayer(): ConfigLayer {
		const file = join(this.flex, 'config.json');
		if (!existsSync(file)) return { name: file, values: {} };
		try {
			return { name: file, values: JSON.parse(readFileSync(file, 'utf8')) };
		} catch (cause) {
			throw new ConfigError(`${file} is not valid JSON; mend or delete it.`, { cause });
		}
	}
}
