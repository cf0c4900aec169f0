/**
 * `npm run verify`: large checks that what is computed agrees with what is known. Every file of `verify/` is one; a name
 * runs only that one, and other arguments are handed on: `npm run verify -- code --list`.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root, run, say } from './setup.mjs';

const names = readdirSync(join(root, 'verify'))
	.filter((file) => file.endsWith('.ts'))
	.map((file) => file.slice(0, -'.ts'.length))
	.sort();
const args = process.argv.slice(2);
const asked = args.filter((arg) => !arg.startsWith('-'));
const unknown = asked.filter((name) => !names.includes(name));
if (unknown.length > 0) {
	say(`There is no check ${unknown.join(', ')}; there are ${names.join(', ')}.`);
	process.exit(2);
}

const flags = args.filter((arg) => arg.startsWith('-'));
for (const name of asked.length > 0 ? asked : names) {
	say(`— ${name}`);
	const { code } = await run(process.execPath, ['scripts/ts.mjs', `verify/${name}.ts`, ...flags]);
	if (code === 0) continue;
	say(`The check ${name} failed; what disagrees stands above.`);
	process.exitCode = 1;
}
