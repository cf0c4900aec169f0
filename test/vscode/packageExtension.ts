/** Packages the extension as `npm run package` does, from the bundles that are there. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * @returns the `.vsix` in `folder`
 * @throws where it can't be packaged; the reason has been printed
 */
export function packageExtension(root: string, folder: string): string {
	const file = join(folder, 'flex-learn.vsix');
	execFileSync(process.execPath, [join(root, 'scripts/package.mjs'), '--built', '--out', file], {
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	return file;
}
