/** What the program is called, and how it was called. */
import manifest from '../../package.json' with { type: 'json' };

export const version = manifest.version;

/** The command line as somebody would type it. */
export function commandLine(args: readonly string[] = process.argv.slice(2)): string {
	return ['flex-learn', ...args.map((arg) => (/\s/u.test(arg) ? JSON.stringify(arg) : arg))].join(' ');
}
