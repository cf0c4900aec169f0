/** The run that a command was called on. */
import type { FlexFolder } from './folders.js';

export interface RunTarget {
	readonly folder: FlexFolder;
	readonly id: string;
}

export function runFrom(argument: unknown): RunTarget | undefined {
	return isTarget(argument) ? argument : undefined;
}

function isTarget(value: unknown): value is RunTarget {
	if (typeof value !== 'object' || value === null || !('id' in value) || typeof value.id !== 'string') return false;
	return 'folder' in value && typeof value.folder === 'object' && value.folder !== null && 'workspace' in value.folder;
}
