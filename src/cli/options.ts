/** What all commands share: reading of numbers, and the frame that opens, closes, and ends with the right exit code. */
import { type Command, InvalidArgumentError } from 'commander';
import { exitCodeOf } from './exitCodes.js';
import { type GlobalFlags, Session } from './session.js';

/** A whole number of 0 or more. */
export function number(text: string): number {
	if (!/^\d+$/u.test(text)) throw new InvalidArgumentError('Give a whole number.');
	return Number(text);
}

/** A number of 0 or more. */
export function decimal(text: string): number {
	if (!/^\d+(?:\.\d+)?$/u.test(text)) throw new InvalidArgumentError('Give a number, such as 0.7.');
	return Number(text);
}

/** Runs a command's work within a session; its number, or the kind of its error, is the exit code. */
export function withSession<A extends unknown[]>(
	work: (session: Session, ...args: A) => Promise<number>,
): (...args: [...A, Command]) => Promise<void> {
	return async (...args) => {
		const command = args[args.length - 1] as Command;
		const session = new Session(command.optsWithGlobals<GlobalFlags>());
		try {
			process.exitCode = await work(session, ...(args.slice(0, -1) as unknown as A));
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			session.terminal.error(message);
			session.terminal.data({ error: { name: error instanceof Error ? error.name : 'Error', message } });
			process.exitCode = exitCodeOf(error);
		} finally {
			await session.close();
		}
	};
}
