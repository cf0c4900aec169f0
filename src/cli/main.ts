/** The command line's entry: reads the arguments, runs the command, ends with the right exit code. */
import { stderr, stdout } from 'node:process';
import { CommanderError } from 'commander';
import { createProgram } from './createProgram.js';
import { exitCodes } from './exitCodes.js';
import { Terminal } from './output.js';

for (const stream of [stdout, stderr]) stream.on('error', ignoreClosedPipe);
void run(process.argv);

async function run(argv: readonly string[]): Promise<void> {
	try {
		await createProgram().parseAsync(argv);
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		// Help and version end that way, too.
		if (error.exitCode === 0) return;
		// commander has told people what is wrong; a program that reads JSON is told here.
		const { code: name, message } = error;
		new Terminal(argv.includes('--json')).data({ error: { name, message } });
		process.exitCode = exitCodes.badInput;
	}
}

/** Whoever reads along may stop, as `head` does: no reason to break off work, or to lose what it makes. */
function ignoreClosedPipe(error: Error & { readonly code?: unknown }): void {
	if (error.code !== 'EPIPE') throw error;
}
