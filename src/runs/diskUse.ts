/** How much room a workspace's `.flex` folder takes. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes. */
export interface DiskUse {
	/** The library itself: snapshot, journal, index, and what is kept to rebuild it. */
	readonly library: number;
	readonly runs: number;
	readonly cache: number;
}

export function diskUse(flex: string): DiskUse {
	const runs = bytesOf(join(flex, 'runs'));
	const cache = bytesOf(join(flex, 'cache'));
	const elsewhere = bytesOf(join(flex, 'datasets')) + bytesOf(join(flex, 'experiences'));
	return { library: bytesOf(flex) - runs - cache - elsewhere, runs, cache };
}

/** `812 B`, `96 kB`, `3.4 MB`. */
export function size(bytes: number): string {
	if (bytes < 1000) return `${bytes} B`;
	if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
	return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Bytes of all files in a folder; 0 where there is none. */
export function bytesOf(folder: string): number {
	if (!existsSync(folder)) return 0;
	return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) return sum + bytesOf(path);
		// A temporary file of another process may be gone by now.
		return sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0);
	}, 0);
}
