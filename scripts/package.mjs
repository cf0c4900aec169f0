/**
 * Makes the extension as it is installed: `npm run package [-- --out <file.vsix>] [--built]`. With `--built` the bundles
 * that are there are taken, as long as they are no development build. Needs no network.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { installDependencies, requireNode, root, run, say } from './setup.mjs';

const { out, built } = readOptions();
requireNode();
await installDependencies();
if (!built) await buildForRelease();
refuseDevelopmentBuild();
pack(out);
console.log(`${relative(process.cwd(), out)} (${(statSync(out).size / 1024 ** 2).toFixed(2)} MB)`);

function readOptions() {
	const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
	try {
		const options = { out: { type: 'string' }, built: { type: 'boolean', default: false } };
		const { values } = parseArgs({ options });
		return { out: resolve(values.out ?? join(root, `${name}-${version}.vsix`)), built: values.built };
	} catch (error) {
		say(error.message);
		process.exit(2);
	}
}

async function buildForRelease() {
	const { code } = await run(process.execPath, ['esbuild.mjs'], { stdio: ['ignore', 'inherit', 'inherit'] });
	if (code !== 0) process.exit(1);
}

/** Such a build leaves source maps behind, and the next one for release removes them. */
function refuseDevelopmentBuild() {
	if (!readdirSync(join(root, 'dist')).some((name) => name.endsWith('.map'))) return;
	say('dist holds a development build, which must not be shipped. Run npm run build first.');
	process.exit(1);
}

/** Everything is bundled, so no dependencies are looked for; what vsce prints is shown only where it fails. */
function pack(file) {
	const args = [join(root, 'node_modules/@vscode/vsce/vsce'), 'package', '--no-dependencies', '--out', file];
	const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
	if (status === 0) return;
	say(`${stdout}${stderr}`.trim());
	say('The extension could not be packaged; what is wrong stands above.');
	process.exit(1);
}
