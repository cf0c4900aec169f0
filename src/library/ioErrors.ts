/** Failed file operations as errors of the library, each with what to do next. */
import { LibraryError } from '../core/experience/store.js';

/** The system's code of an error, e.g. `ENOSPC`. */
export function errorCode(error: unknown): string | undefined {
	return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

export function isMissing(error: unknown): boolean {
	return errorCode(error) === 'ENOENT';
}

export function asLibraryError(error: unknown, folder: string): LibraryError {
	if (error instanceof LibraryError) return error;
	const code = errorCode(error);
	const options = { cause: error };
	if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(folder, options);
	if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
		const message = `No permission to write in ${folder}; the library there can only be read. Check its owner and mode.`;
		return new LibraryError('read-only', message, options);
	}
	const what = error instanceof Error ? error.message : String(error);
	return new LibraryError('io', `The library in ${folder} could not be used: ${what}`, options);
}

export function diskFull(folder: string, options?: ErrorOptions): LibraryError {
	const message = `The disk of ${folder} is full: the change was not kept. Free some space and try again.`;
	return new LibraryError('disk-full', message, options);
}
