/** Where a workspace keeps what it learned: the `.flex` folder and the paths in it. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

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
	/** Failed commands that wait for their remedy, with a picture of the files as they were. */
	get failures(): string {
		return join(this.flex, 'failures');
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

	/**
	 * The folder of a problem set: a path, or the name of one in `.flex/datasets` or `problem-sets`.
	 * @param shipped folders in which a name is looked for last
	 */
	problemSet(pathOrName: string, shipped: readonly string[] = []): string {
		if (existsSync(pathOrName)) return pathOrName;
		const above = [this.datasets, join(this.root, 'problem-sets'), ...shipped];
		const named = above.map((folder) => join(folder, pathOrName));
		return named.find((folder) => existsSync(join(folder, 'flex-task.json'))) ?? pathOrName;
	}
}
