/** Run and Learn: a command that fails is remembered; when it passes again, what mended it is learned from. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { FlexFolder } from '../folders.js';
import { guarded } from '../guarded.js';
import { oneLine } from '../plainText.js';
import type { Services } from '../services.js';
import { askText, back, type Choice, pickOne } from '../steps.js';
import { requireTrust } from '../trust.js';
import { runInTerminal } from './commandTerminal.js';
import { learnFlow } from './learnFlow.js';
import { timeoutMs } from './learnSettings.js';
import { openGit } from './openGit.js';

/** Key in the memory of the workspace: commands by folder, the last one first. */
const memory = 'learn.commands';
const mostRemembered = 5;

/** @param argument a command line to run again without asking */
export async function runAndLearn(services: Services, argument: unknown): Promise<void> {
	if (!requireTrust(vscode.l10n.t('This workspace is not trusted, so FLEX runs no command in it.'))) return;
	const folder = await services.folders.pick(vscode.l10n.t('Run a command in which folder?'));
	if (!folder) return;
	const git = await openGit(folder);
	const command = typeof argument === 'string' && argument !== '' ? argument : await askCommand(services, folder);
	if (command === undefined) return;
	await remember(services, folder, command);
	// The folder of what waits comes with the library, and with it the rule by which git ignores it.
	const [{ RedToGreen }] = await Promise.all([import('../../runs/redToGreen.js'), services.libraries.open(folder)]);
	const failures = new RedToGreen(folder.workspace.failures, git);
	const outcome = await runInTerminal({ command, folder: folder.workspace.root, timeoutMs: timeoutMs(folder) });
	if (outcome.ended === 'stopped') return;
	const shown = oneLine(command, 60);
	if (outcome.exitCode !== 0) {
		await failures.failed({ command, exitCode: outcome.exitCode, output: outcome.output });
		offerAgain(
			services,
			command,
			vscode.l10n.t('“{0}” failed. Mend it and run it again: FLEX learns from what mended it.', shown),
		);
		return;
	}
	const remedy = await failures.passed(command);
	if (remedy === undefined) {
		const message = vscode.l10n.t('“{0}” passes, and had not failed before: there is nothing to learn from.', shown);
		void vscode.window.showInformationMessage(message);
	} else if (remedy.diff === '') {
		const message = vscode.l10n.t('“{0}” passes, and no file differs from when it failed.', shown);
		void vscode.window.showInformationMessage(message);
	} else if (await learnFlow(services, { folder, git, ...remedy })) {
		const { offerOffers } = await import('./offerOffers.js');
		await offerOffers(services);
	}
}

function offerAgain(services: Services, command: string, message: string): void {
	void guarded(services.log, async () => {
		const again = vscode.l10n.t('Run again');
		const answer = await vscode.window.showInformationMessage(message, again);
		if (answer === again) await vscode.commands.executeCommand('flex.runAndLearn', command);
	});
}

async function askCommand(services: Services, folder: FlexFolder): Promise<string | undefined> {
	const title = vscode.l10n.t('Run and learn');
	const known = [...new Set([...remembered(services, folder), ...scripts(folder)])];
	if (known.length > 0) {
		const rows: readonly Choice<string>[] = known.map((command) => ({
			label: `$(terminal) ${oneLine(command, 120).replaceAll('$(', '$ (')}`,
			value: command,
		}));
		const typed: Choice<string> = { label: `$(edit) ${vscode.l10n.t('Another command…')}`, value: '' };
		const placeholder = vscode.l10n.t('Which command fails, and shall pass?');
		const picked = await pickOne<string>({ title, placeholder, items: [...rows, typed] });
		if (picked === back || picked === undefined) return undefined;
		if (picked !== '') return picked;
	}
	const command = await askText({
		title,
		prompt: vscode.l10n.t('A command that fails, and shall pass: tests, a build, a linter.'),
		placeholder: 'npm test',
		validate: (text) => (text.trim() === '' ? vscode.l10n.t('Type a command.') : undefined),
	});
	return command === back ? undefined : command?.trim();
}

function remembered({ context }: Services, { uri }: FlexFolder): readonly string[] {
	return context.workspaceState.get<Record<string, readonly string[]>>(memory, {})[uri.toString()] ?? [];
}

async function remember(services: Services, folder: FlexFolder, command: string): Promise<void> {
	const { workspaceState } = services.context;
	const commands = [command, ...remembered(services, folder).filter((other) => other !== command)];
	const all = workspaceState.get<Record<string, readonly string[]>>(memory, {});
	await workspaceState.update(memory, { ...all, [folder.uri.toString()]: commands.slice(0, mostRemembered) });
}

/** What the project's own files say about how it is tested. */
function scripts({ workspace: { root } }: FlexFolder): readonly string[] {
	const has = (name: string): boolean => existsSync(join(root, name));
	return [
		...npmScripts(join(root, 'package.json')),
		...(has('Cargo.toml') ? ['cargo test'] : []),
		...(has('go.mod') ? ['go test ./...'] : []),
		...(has('pyproject.toml') || has('pytest.ini') || has('setup.cfg') ? ['pytest'] : []),
		...(has('Makefile') ? ['make test'] : []),
	];
}

function npmScripts(file: string): readonly string[] {
	try {
		const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
		const named: unknown = typeof found === 'object' && found !== null ? Reflect.get(found, 'scripts') : undefined;
		const names = typeof named === 'object' && named !== null ? Object.keys(named) : [];
		const wanted = ['test', 'lint', 'typecheck', 'check', 'build'].filter((name) => names.includes(name));
		return wanted.map((name) => (name === 'test' ? 'npm test' : `npm run ${name}`));
	} catch {
		return [];
	}
}
