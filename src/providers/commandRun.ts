/** Runs a command line in a shell and keeps what it says: its beginning and its end, where it says much. */
import { type ChildProcess, spawn } from 'node:child_process';

export interface CommandRequest {
	/** As somebody would type it. */
	readonly command: string;
	readonly folder: string;
	readonly timeoutMs: number;
	readonly signal?: AbortSignal;
	/** Each piece of output as it comes, errors too. */
	readonly onOutput?: (text: string) => void;
	readonly environment?: Readonly<Record<string, string | undefined>>;
}

export interface CommandOutcome {
	/** Undefined where it did not end by itself. */
	readonly exitCode: number | undefined;
	readonly ended: 'exit' | 'stopped' | 'timeout';
	readonly output: string;
	readonly ms: number;
}

export class CommandError extends Error {
	override readonly name = 'CommandError';
	constructor(
		readonly reason: 'no-shell',
		message: string,
	) {
		super(message);
	}
}

/** Characters kept of the beginning, and of the end. */
const kept = 1_000_000;
/** Milliseconds that a process has to end by itself. */
const patience = 2_000;

/** Ends with the command, or with all that it started once it is stopped. @throws {CommandError} */
export function runCommand(request: CommandRequest): Promise<CommandOutcome> {
	const { command, folder, timeoutMs, signal, onOutput, environment = process.env } = request;
	const since = performance.now();
	return new Promise((done, failed) => {
		const child = spawn(command, {
			cwd: folder,
			shell: true,
			// A group of its own, so that what it starts ends with it.
			detached: process.platform !== 'win32',
			windowsHide: true,
			stdio: ['ignore', 'pipe', 'pipe'],
			env: environment,
		});
		const output = new KeptOutput();
		let ended: CommandOutcome['ended'] = 'exit';
		const stop = (why: 'stopped' | 'timeout') => (): void => {
			if (ended !== 'exit') return;
			ended = why;
			endAll(child);
		};
		const onAbort = stop('stopped');
		const timer = setTimeout(stop('timeout'), timeoutMs);
		signal?.addEventListener('abort', onAbort, { once: true });
		if (signal?.aborted) onAbort();
		for (const stream of [child.stdout, child.stderr]) {
			stream.setEncoding('utf8');
			stream.on('data', (text: string) => {
				output.add(text);
				onOutput?.(text);
			});
		}
		const finish = (): void => {
			clearTimeout(timer);
			signal?.removeEventListener('abort', onAbort);
		};
		child.on('error', (error) => {
			finish();
			failed(new CommandError('no-shell', `The command could not be started in ${folder}: ${error.message}.`));
		});
		child.on('close', (code) => {
			finish();
			const exitCode = ended === 'exit' ? (code ?? undefined) : undefined;
			done({ exitCode, ended, output: output.text(), ms: Math.round(performance.now() - since) });
		});
	});
}

/** Asks the whole group to end, and ends it where it does not listen. */
function endAll(child: ChildProcess): void {
	const { pid } = child;
	if (pid === undefined) return;
	if (process.platform === 'win32') {
		spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { windowsHide: true, stdio: 'ignore' }).on('error', () => {
			child.kill();
		});
		return;
	}
	const signalAll = (name: NodeJS.Signals): void => {
		try {
			process.kill(-pid, name);
		} catch {
			// It is gone already.
		}
	};
	signalAll('SIGTERM');
	const timer = setTimeout(() => signalAll('SIGKILL'), patience);
	child.on('close', () => clearTimeout(timer));
}

/** The first and the last of a long text; what goes on for hours takes no more memory than that. */
class KeptOutput {
	private head = '';
	private tail = '';
	private left = 0;

	add(text: string): void {
		const room = kept - this.head.length;
		this.head += text.slice(0, Math.max(0, room));
		this.tail += text.slice(Math.max(0, room));
		if (this.tail.length <= 2 * kept) return;
		this.left += this.tail.length - kept;
		this.tail = this.tail.slice(-kept);
	}

	text(): string {
		return this.left > 0 ? `${this.head}\n…\n${this.tail}` : `${this.head}${this.tail}`;
	}
}
