/** A terminal that shows a command while it runs: Ctrl-C or closing it ends the command. */
import * as vscode from 'vscode';
import { type CommandOutcome, runCommand } from '../../providers/commandRun.js';
import { terminalText } from '../attemptText.js';

export interface CommandToShow {
	readonly command: string;
	readonly folder: string;
	readonly timeoutMs: number;
}

/** @throws {CommandError} */
export async function runInTerminal(request: CommandToShow): Promise<CommandOutcome> {
	const written = new vscode.EventEmitter<string>();
	const stopper = new AbortController();
	const write = (text: string): void => written.fire(text.replace(/\r?\n/gu, '\r\n'));
	let opened: () => void = () => undefined;
	const isOpen = new Promise<void>((done) => {
		opened = done;
	});
	const terminal = vscode.window.createTerminal({
		name: vscode.l10n.t('FLEX: Run and Learn'),
		iconPath: new vscode.ThemeIcon('mortar-board'),
		pty: {
			onDidWrite: written.event,
			open: opened,
			close: () => {
				stopper.abort();
				opened();
			},
			handleInput: (text: string) => {
				if (text.includes('\u0003')) stopper.abort();
			},
		},
	});
	terminal.show(true);
	await isOpen;
	write(`\u001b[1m> ${terminalText(request.command)}\u001b[0m\n`);
	const outcome = await runCommand({ ...request, signal: stopper.signal, onOutput: write });
	write(`\n\u001b[2m${terminalText(endText(outcome))}\u001b[0m\n`);
	return outcome;
}

function endText({ ended, exitCode = -1 }: CommandOutcome): string {
	if (ended === 'stopped') return vscode.l10n.t('Stopped.');
	if (ended === 'timeout') return vscode.l10n.t('Ended, because it took too long (flex.learn.timeoutMinutes).');
	return exitCode === 0 ? vscode.l10n.t('It passed.') : vscode.l10n.t('It failed, with exit code {0}.', exitCode);
}
