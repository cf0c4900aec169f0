/** What Node says of a program and its tests: the truth that the sandbox is measured by. */
import { type ChildProcess, fork } from 'node:child_process';

export interface JudgedProgram {
	/** With its tests; it throws where they fail. */
	readonly program: string;
	readonly typescript: boolean;
}

/** `reason`: what was thrown, where it did not pass. */
export interface NodeVerdict {
	readonly passed: boolean;
	readonly reason: string;
}

/** The child stops a program after 1 s; this long without an answer means that it can't. */
const mostMs = 30_000;

/** One process for all programs; one that takes it down, or never ends, has failed. */
export class NodeJudge {
	private child: ChildProcess | undefined;

	judge(program: JudgedProgram): Promise<NodeVerdict> {
		const child = this.child ?? this.start();
		return new Promise((resolve) => {
			const settle = (verdict: NodeVerdict): void => {
				clearTimeout(timer);
				child.off('exit', onExit).off('message', settle);
				resolve(verdict);
			};
			const onExit = (): void => {
				this.child = undefined;
				settle({ passed: false, reason: 'it ended the process' });
			};
			const timer = setTimeout(() => child.kill('SIGKILL'), mostMs);
			child.once('exit', onExit).once('message', settle);
			child.send(program);
		});
	}

	close(): void {
		this.child?.kill();
	}

	private start(): ChildProcess {
		this.child = fork('verify/support/nodeJudgeChild.mjs', [], {
			execArgv: ['--max-old-space-size=512'],
			stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
		});
		return this.child;
	}
}
