/** `flex-learn doctor`: whether everything is in order here, and what to do where it is not. */
import type { Command } from 'commander';
import { type Check, checkAll } from '../checks.js';
import { exitCodes } from '../exitCodes.js';
import { withSession } from '../options.js';
import type { Terminal } from '../output.js';
import { wrapped } from '../page.js';

interface DoctorFlags {
	readonly online?: boolean;
}

export function registerDoctor(program: Command): void {
	program
		.command('doctor')
		.description('Check the installation, the workspace, the library and the models; say what to do.')
		.option('--online', 'ask the endpoints of your settings whether they answer, too')
		.action(
			withSession(async (session, { online = false }: DoctorFlags) => {
				const checks = await checkAll(session, online);
				const broken = checks.some(({ state }) => state === 'broken');
				session.terminal.data({ ok: !broken, checks });
				for (const check of checks) showCheck(check, session.terminal);
				return broken ? exitCodes.failed : exitCodes.done;
			}),
		);
}

const signs: Readonly<Record<Check['state'], string>> = { ok: 'ok    ', todo: 'to do ', broken: 'BROKEN' };

function showCheck({ name, state, found, advice }: Check, terminal: Terminal): void {
	const sign = state === 'ok' ? terminal.good(signs.ok) : terminal.bold(signs[state]);
	const [first = '', ...others] = wrapped(found, ' '.repeat(22));
	terminal.say(`${sign}  ${name.padEnd(13)} ${first.trimStart()}`);
	for (const line of others) terminal.say(line);
	if (advice === undefined) return;
	const [then = '', ...more] = wrapped(advice, ' '.repeat(24));
	terminal.say(`${' '.repeat(22)}→ ${then.trimStart()}`);
	for (const line of more) terminal.say(line);
}
