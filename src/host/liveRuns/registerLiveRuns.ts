/** What the window shows of the runs that go on in it, and the commands that pause and stop them and go on with them. */
import * as vscode from 'vscode';
import { guarded, registerGuarded } from '../guarded.js';
import type { Services } from '../services.js';
import { LeftOver } from './leftOver.js';
import { ProgressNotifications } from './notifications.js';
import { pauseOne, unpauseOne } from './pause.js';
import { RunStatusBar } from './statusBar.js';
import { stop, stopOne } from './stop.js';

export function registerLiveRuns(services: Services): vscode.Disposable {
	const { log, runs } = services;
	const statusBar = new RunStatusBar(runs);
	const notifications = new ProgressNotifications(runs);
	const leftOver = new LeftOver(services);
	let running = false;
	const show = (): void => {
		statusBar.refresh();
		notifications.refresh();
		if (running === runs.live.length > 0) return;
		running = !running;
		void vscode.commands.executeCommand('setContext', 'flex.running', running);
	};
	// After activation, which waits for nothing.
	setImmediate(() => void guarded(log, () => leftOver.offer()));
	return vscode.Disposable.from(
		statusBar,
		runs.onDidChange(show),
		runs.onEvent(({ run }) => leftOver.begun(run)),
		runs.onDidEnd(({ run }) => {
			notifications.end(run);
			leftOver.ended(run);
		}),
		registerGuarded(log, 'flex.stop', () => stop(services)),
		registerGuarded(log, 'flex.runs.stop', (argument) => stopOne(services, argument)),
		registerGuarded(log, 'flex.runs.pause', (argument) => pauseOne(services, argument)),
		registerGuarded(log, 'flex.runs.unpause', (argument) => unpauseOne(services, argument)),
		registerGuarded(log, 'flex.resumeTraining', async () => {
			const { resume } = await import('./resume.js');
			return resume(services);
		}),
		registerGuarded(log, 'flex.runs.resume', async (argument) => {
			const { resumeOne } = await import('./resume.js');
			return resumeOne(services, argument);
		}),
	);
}
