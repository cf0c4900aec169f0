/** Which packages are really in the bundles, and under which licences: read from what esbuild takes in. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { assets, bundles, platformOf } from './bundles.mjs';
import { textsElsewhere } from './carriedCode.mjs';

/** Licences that allow everybody to ship the code, as long as they are named. */
const permissive = new Set([
	'0BSD',
	'Apache-2.0',
	'BSD-2-Clause',
	'BSD-3-Clause',
	'BlueOak-1.0.0',
	'CC0-1.0',
	'ISC',
	'MIT',
	'MIT-0',
	'Unlicense',
	'Zlib',
]);

/** The packages of all bundles, by name and version. */
export async function bundledPackages(root) {
	const inputs = await Promise.all(bundles.map((bundle) => inputsOf(root, bundle)));
	const files = [...inputs.flat(), ...assets.map(({ from }) => from)];
	const folders = new Set(files.map(packageFolder).filter((folder) => folder !== undefined));
	return [...folders]
		.map((folder) => readPackage(join(root, folder)))
		.sort((a, b) => a.name.localeCompare(b.name, 'en') || a.version.localeCompare(b.version, 'en'));
}

/** Folder of the package that a file belongs to, relative to the root; none for our own files. */
export function packageFolder(file) {
	return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0];
}

/** Only those that leave something in the bundle. */
async function inputsOf(root, bundle) {
	const { metafile } = await esbuild.build({
		absWorkingDir: root,
		entryPoints: [bundle.entry],
		outfile: 'bundle.js',
		bundle: true,
		write: false,
		metafile: true,
		...platformOf(bundle),
		logLevel: 'error',
	});
	const [output] = Object.values(metafile.outputs);
	return Object.entries(output.inputs)
		.filter(([, { bytesInOutput }]) => bytesInOutput > 0)
		.map(([file]) => file);
}

function readPackage(folder) {
	const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	const read = (pattern) =>
		readdirSync(folder)
			.filter((file) => pattern.test(file))
			.map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim())
			.join('\n\n');
	const elsewhere = textsElsewhere.find(({ matches, licence }) => matches.test(name) && licence === license);
	const text = read(/^(licen[cs]e|copying)/i) || (elsewhere?.text ?? '');
	return { name, version, licence: license ?? '', text, notice: read(/^notice/i) };
}

/** Why a package can't be shipped as it is; empty where it can. */
export function faultsOf({ name, licence, text }) {
	return [
		...(permissive.has(licence) ? [] : [`${name}: the licence "${licence}" is not on the list of permissive ones`]),
		...(text === '' ? [`${name}: it comes without the text of its licence`] : []),
	];
}
