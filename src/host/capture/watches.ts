/** What is watched for each kind of offer: tests, tasks and terminal commands that fail and pass, errors that stood and go. */
import * as vscode from 'vscode';
import { RedToGreen } from '../../runs/redToGreen.js';
import type { FlexFolder } from '../folders.js';
import { oneLine } from '../plainText.js';
import type { Services } from '../services.js';
import type { OfferKind } from './learnSettings.js';
import { offerToLearn } from './offer.js';
import { openGit } from './openGit.js';
import { watchProblems } from './watchProblems.js';

export function watchFor(services: Services, kind: OfferKind): vscode.Disposable {
	switch (kind) {
		case 'tests':
			return watchTests(services);
		case 'tasks':
			return watchTasks(services);
		case 'terminal':
			return watchTerminals(services);
		case 'problems':
			return watchProblems(services);
	}
}

/** Our own Testing view; VS Code tells nobody how the tests of other extensions ended. */
function watchTests(services: Services): vscode.Disposable {
	return services.testRuns.onDidEnd(({ folder, name, failed, output }) => {
		void ended(services, 'tests', { folder, command: name, exitCode: failed, output });
	});
}

function watchTasks(services: Services): vscode.Disposable {
	return vscode.tasks.onDidEndTaskProcess(({ execution: { task }, exitCode }) => {
		const folder = typeof task.scope === 'object' ? services.folders.of(task.scope.uri) : services.folders.all()[0];
		// Without a code it was stopped.
		if (!folder || exitCode === undefined) return;
		const output = vscode.l10n.t('The task {0} ended with exit code {1}.', task.name, exitCode);
		void ended(services, 'tasks', { folder, command: `${task.source}: ${task.name}`, exitCode, output });
	});
}

/** Commands that check something: of others, nobody wants to know why they failed. */
const checks =
	/\b(?:test|tests|spec|check|lint|build|compile|verify|tsc|jest|vitest|mocha|pytest|tox|ruff|mypy|eslint|cargo|go (?:test|build|vet)|make|mvn|gradlew?|dotnet|rspec|phpunit|ctest|bazel)\b/u;
/** Characters of output that are kept of a command. */
const mostOutput = 200_000;

function watchTerminals(services: Services): vscode.Disposable {
	const outputs = new WeakMap<vscode.TerminalShellExecution, Promise<string>>();
	return vscode.Disposable.from(
		vscode.window.onDidStartTerminalShellExecution(({ execution }) => {
			if (checks.test(execution.commandLine.value)) outputs.set(execution, collect(execution));
		}),
		vscode.window.onDidEndTerminalShellExecution(async ({ execution, exitCode }) => {
			const output = outputs.get(execution);
			if (!output || exitCode === undefined) return;
			const { cwd } = execution;
			const folder = cwd ? services.folders.of(cwd) : services.folders.all()[0];
			if (!folder) return;
			const command = execution.commandLine.value.trim();
			await ended(services, 'terminal', { folder, command, exitCode, output: await output });
		}),
	);
}

async function collect(execution: vscode.TerminalShellExecution): Promise<string> {
	let text = '';
	for await (const piece of execution.read()) text = `${text}${piece}`.slice(-mostOutput);
	return text;
}

interface Ended {
	readonly folder: FlexFolder;
	readonly command: string;
	readonly exitCode: number;
	readonly output: string;
}

/** Red is remembered; green after red is offered. What goes wrong here is no news to somebody who did not ask. */
async function ended(services: Services, kind: OfferKind, { folder, ...failure }: Ended): Promise<void> {
	const { command, exitCode } = failure;
	try {
		const git = await openGit(folder);
		const failures = new RedToGreen(folder.workspace.failures, git);
		if (exitCode !== 0) {
			await services.libraries.open(folder);
			return await failures.failed(failure);
		}
		const remedy = failures.isRed(command) ? await failures.passed(command) : undefined;
		if (!remedy || remedy.diff === '') return;
		const message = vscode.l10n.t(
			'“{0}” failed before and passes now. Learn from what mended it?',
			oneLine(command, 60),
		);
		offerToLearn(services, kind, command, message, async () => ({ folder, git, ...remedy }));
	} catch (error) {
		services.log.warn(`"${command}" was not watched: ${String(error)}`);
	}
}
