/**
 * `npm run verify`: large checks that what is computed agrees with what is known. Every file of `verify/` is one; a name
 * runs only that one, and other arguments are handed on: `npm run verify -- code --list`.
 */
import { programsAskedFor, run, say } from './setup.mjs';

const { names, flags } = programsAskedFor('verify', 'check');
for (const name of names) {
	say(`— ${name}`);
	const { code } = await run(process.execPath, ['scripts/ts.mjs', `verify/${name}.ts`, ...flags]);
	if (code === 0) continue;
	say(`The check ${name} failed; what disagrees stands above.`);
	process.exitCode = 1;
}
