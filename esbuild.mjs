/**
 * Builds the bundles: `node esbuild.mjs [--dev] [--watch] [--allow-missing]`.
 *
 * What runs in Node is bundled to CommonJS for Node 20, so that ESM-only packages work inside the extension host; only
 * `vscode` stays outside. The panel's page is one script for the browser. A dynamic import whose path is known only at run time is left as it is by esbuild, which is
 * how the llama.cpp component is loaded from its own folder.
 */

import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rm, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { assets, bundles, platformOf } from './scripts/bundles.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const out = join(root, 'dist');

const known = new Set(['--dev', '--watch', '--allow-missing']);
const flags = new Set(process.argv.slice(2));
for (const flag of flags) {
	if (known.has(flag)) continue;
	console.error(`Unknown flag ${flag}; there are ${[...known].join(', ')}.`);
	process.exit(2);
}

const missing = bundles.filter(({ entry }) => !existsSync(join(root, entry)));
for (const { name, entry } of missing) console.error(`dist/${name}.js left out: ${entry} does not exist.`);
if (missing.length > 0 && !flags.has('--allow-missing')) process.exit(1);

/** @returns {import('esbuild').BuildOptions} */
function optionsOf(entryOf) {
	const { name, entry, banner } = entryOf;
	return {
		absWorkingDir: root,
		entryPoints: [entry],
		outfile: join(out, `${name}.js`),
		bundle: true,
		...platformOf(entryOf),
		minify: !flags.has('--dev'),
		// Error messages name their class, so minifying must not rename it.
		keepNames: true,
		sourcemap: flags.has('--dev') ? 'linked' : false,
		legalComments: 'none',
		logLevel: 'warning',
		...(banner ? { banner: { js: banner } } : {}),
	};
}

const present = bundles.filter((bundle) => !missing.includes(bundle));
const started = new Date();
await mkdir(join(out, 'webview'), { recursive: true });
await removeStale();
await Promise.all(assets.map(({ from, to }) => copyFile(join(root, from), join(out, to))));

if (flags.has('--watch')) {
	const contexts = await Promise.all(present.map((bundle) => esbuild.context(optionsOf(bundle))));
	await Promise.all(contexts.map((context) => context.watch()));
	console.log('Watching; press Ctrl-C to stop.');
} else {
	try {
		await Promise.all(present.map((bundle) => esbuild.build(optionsOf(bundle))));
	} catch {
		// esbuild has already printed what is wrong and where.
		process.exit(1);
	}
	// Dated back to the start: a source saved during the build is then newer than what was made of it.
	await Promise.all(present.map(({ name }) => utimes(join(out, `${name}.js`), started, started)));
}

/** What an earlier build left and this one does not make must not end up in a package. */
async function removeStale() {
	const made = new Set(assets.map(({ to }) => to));
	for (const { name } of present) {
		made.add(`${name}.js`);
		if (flags.has('--dev')) made.add(`${name}.js.map`);
	}
	const files = (await readdir(out, { withFileTypes: true })).filter((entry) => entry.isFile());
	await Promise.all(files.filter(({ name }) => !made.has(name)).map(({ name }) => rm(join(out, name))));
}
