/**
 * Writes THIRD_PARTY_NOTICES.md from what the bundles really hold: `node scripts/notices.mjs`. With `--check` it writes
 * nothing and ends with 1 where the file is out of date. A licence that forbids shipping, or that has no text, ends it in
 * both cases.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { bundledPackages, faultsOf } from './bundledPackages.mjs';
import { carriedCode } from './carriedCode.mjs';
import { root, say } from './setup.mjs';

const file = join(root, 'THIRD_PARTY_NOTICES.md');
const packages = await bundledPackages(root);
const faults = packages.flatMap(faultsOf);
if (faults.length > 0) end(faults);
const text = notices(packages, await fetchedOnDemand());
if (process.argv.includes('--check')) {
	if (!existsSync(file) || readFileSync(file, 'utf8') !== text)
		end(['THIRD_PARTY_NOTICES.md is out of date. Run: node scripts/notices.mjs']);
} else {
	writeFileSync(file, text);
	console.log(`THIRD_PARTY_NOTICES.md names ${packages.length} packages.`);
}

function end(lines) {
	for (const line of lines) say(line);
	process.exit(1);
}

function notices(shipped, fetched) {
	const names = new Set(shipped.map(({ name }) => name));
	const carried = carriedCode.filter(({ inside }) => inside.some((name) => names.has(name)));
	return `${[
		'# Third-party notices',
		'FLEX for VS Code ships code of the following packages in its bundles. This file is written by `scripts/notices.mjs` from what the bundles hold.',
		table(
			['package', 'version', 'licence'],
			shipped.map(({ name, version, licence }) => [name, version, licence]),
		),
		'Some of them carry code of others:',
		table(
			['code', 'inside', 'licence'],
			carried.map(({ name, inside, licence }) => [name, inside.filter((at) => names.has(at)).join(', '), licence]),
		),
		'## Fetched on demand, not shipped',
		'Nothing of this is in the extension. It is fetched only after you have agreed to it, and comes with its own licence.',
		table(['what', 'version or file', 'licence'], fetched),
		'## Licences',
		...shipped.flatMap(({ name, version, text, notice }) => [
			`### ${name} ${version}`,
			fenced(notice === '' ? text : `${text}\n\n${notice}`),
		]),
		...carried.flatMap(({ name, text }) => [`### ${name}`, fenced(text)]),
	].join('\n\n')}\n`;
}

/** The components with all that npm brings along for them, and the models. */
async function fetchedOnDemand() {
	const components = readdirSync(join(root, 'components')).flatMap(componentRows);
	const models = (await pinnedModels()).map(({ title, fileName, licence }) => [
		`${title} (embedded model)`,
		fileName,
		licence,
	]);
	return [...components, ...models];
}

function componentRows(name) {
	const read = (path) => JSON.parse(readFileSync(join(root, 'components', name, path), 'utf8'));
	const { dependencies, flex } = read('package.json');
	const locked = Object.entries(read('package-lock.json').packages).filter(([path]) => path !== '');
	const direct = Object.keys(dependencies).map((dependency) => {
		const { version, license } = read('package-lock.json').packages[`node_modules/${dependency}`];
		return [`${dependency} (${flex.title})`, version, license];
	});
	const others = locked.filter(([path]) => !Object.keys(dependencies).some((own) => path === `node_modules/${own}`));
	const licences = [...new Set(others.map(([, { license }]) => license))].sort();
	return [...direct, ['what npm brings along for it', `${others.length} packages at most`, licences.join(', ')]];
}

/** From the source itself, which is TypeScript. */
async function pinnedModels() {
	const { outputFiles } = await esbuild.build({
		absWorkingDir: root,
		entryPoints: ['src/providers/pinnedModels.ts'],
		bundle: true,
		write: false,
		platform: 'node',
		format: 'esm',
	});
	const module = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
	return module.pinnedModels;
}

function table(head, rows) {
	return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function fenced(text) {
	return `\`\`\`\`text\n${text}\n\`\`\`\``;
}
