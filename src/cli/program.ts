/** What the program is called, and how it was called. */
import manifest from '../../package.json' with { type: 'json' };

export const version = manifest.version;

/** The command line as somebody would type it. */
export function commandLine(args: readonly string[] = process.argv.slice(2)): string {
	return ['flex-learn', ...args.map((arg) => (/\s/u.test(arg) ? JSON.stringify(arg) : arg))].join(' ');
}

/** This very command, as a run's folder keeps it. */
export function startedBy(): { readonly args: readonly string[]; readonly cwd: string } {
	return { args: process.argv.slice(2), cwd: process.cwd() };
}

/** How this very command goes on with a run that was stopped: the same flags, and the run's id. */
export function resumeCommand(run: string, args: readonly string[] = process.argv.slice(2)): string {
	const others = args.filter((arg, index) => !isRunFlag(arg) && !isRunFlag(args[index - 1] ?? ''));
	return `${commandLine(others)} --resume ${run}`;
}

function isRunFlag(arg: string): boolean {
	return arg === '--resume' || arg === '--run-id';
}
