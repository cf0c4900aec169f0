/** "Install Embedded Model" and "Remove Embedded Model…": llama.cpp and the models that run on this machine. */
import { join, sep } from 'node:path';
import * as vscode from 'vscode';
import type { ComponentName, ComponentStatus } from '../../providers/components.js';
import { withProgress } from '../progress.js';
import { configFor } from '../runPorts.js';
import type { Services } from '../services.js';
import { back, type Choice, pickOne } from '../steps.js';
import { askConsent } from './consent.js';

export async function installEmbeddedModel(services: Services, id?: string): Promise<void> {
	const name = id?.replace(/^embedded:/, '') ?? (await pickToInstall(services));
	if (name === undefined) return;
	const title = vscode.l10n.t('Installing {0}', name);
	const installed = await withProgress(title, async (signal, onProgress) => {
		const { installEmbedded } = await import('../../runs/installEmbedded.js');
		const options = { bundleFolder: __dirname, environment: process.env, onProgress, signal, consent: askConsent };
		return installEmbedded(name, options);
	});
	if (!installed) return;
	const test = vscode.l10n.t('Test model');
	const message = vscode.l10n.t('{0} is installed ({1}).', name, installed.file.source);
	if ((await vscode.window.showInformationMessage(message, test)) === test) {
		await vscode.commands.executeCommand('flex.testModel', `embedded:${name}`);
	}
}

async function pickToInstall(services: Services): Promise<string | undefined> {
	const choices = await services.models.available(await configFor(services, undefined, undefined));
	const items = choices.flatMap((choice): readonly Choice<string>[] => {
		if (choice.kind !== 'embedded' || choice.installed) return [];
		return [{ label: choice.name, description: megabytes(choice.megabytes), value: choice.name }];
	});
	if (items.length <= 1) {
		if (items.length === 0) {
			const message = vscode.l10n.t('There is nothing to install: all embedded models for this platform are here.');
			void vscode.window.showInformationMessage(message);
		}
		return items[0]?.value;
	}
	const title = vscode.l10n.t('Install embedded model');
	const answer = await pickOne({ title, items, placeholder: vscode.l10n.t('Which model?') });
	return answer === back ? undefined : answer;
}

/** What can be removed: one model, RDKit, or all with llama.cpp. */
interface Removal {
	readonly models: readonly string[];
	readonly components: readonly ComponentName[];
	readonly label: string;
}

export async function removeEmbeddedModel(): Promise<void> {
	const items = await removable();
	if (items.length === 0) {
		void vscode.window.showInformationMessage(
			vscode.l10n.t('No embedded model is installed, so there is none to remove.'),
		);
		return;
	}
	const title = vscode.l10n.t('Remove embedded model');
	const removal = await pickOne({ title, items, placeholder: vscode.l10n.t('What is to be removed?') });
	if (removal === back || removal === undefined || !(await confirmed(removal))) return;
	const [{ flexHome, removeComponent }, { removeModel }] = await Promise.all([
		import('../../providers/components.js'),
		import('../../providers/modelFetcher.js'),
	]);
	const home = flexHome(process.env);
	for (const name of removal.models) await removeModel(name, { home });
	for (const name of removal.components) await removeComponent(name, { home });
	void vscode.window.showInformationMessage(vscode.l10n.t('Removed: {0}.', removal.label));
}

/** Only what FLEX has fetched itself: files in other folders are the user's. */
async function removable(): Promise<readonly Choice<Removal>[]> {
	const [{ componentStatus, flexHome }, { listModels }] = await Promise.all([
		import('../../providers/components.js'),
		import('../../providers/modelFetcher.js'),
	]);
	const home = flexHome(process.env);
	const componentsFolder = join(__dirname, '..', 'components');
	const [llama, rdkit, listed] = await Promise.all([
		componentStatus('llama', { home, componentsFolder }),
		componentStatus('rdkit', { home, componentsFolder }),
		listModels({ home, environment: process.env }),
	]);
	const models = listed.filter(({ file }) => file?.startsWith(join(home, 'models') + sep));
	const present = [llama, rdkit].filter(isPresent);
	const everything: Removal = {
		models: models.map(({ name }) => name),
		components: present.map(({ name }) => name),
		label: [...models.map(({ name }) => name), ...present.map(({ title }) => title)].join(', '),
	};
	const ofComponents = present.reduce((sum, one) => sum + one.megabytes, 0);
	const total = models.reduce((sum, { bytes }) => sum + bytes / 1e6, ofComponents);
	return [
		...models.map(({ name, bytes }) => ({
			label: name,
			description: megabytes(Math.round(bytes / 1e6)),
			value: { models: [name], components: [], label: name },
		})),
		...[rdkit].filter(isPresent).map(({ name, title, megabytes: size }) => ({
			label: title,
			description: megabytes(size),
			detail: vscode.l10n.t('Reads and draws molecules'),
			value: { models: [], components: [name], label: title },
		})),
		...(models.length + present.length === 0
			? []
			: [
					{
						label: vscode.l10n.t('Everything'),
						description: megabytes(Math.round(total)),
						detail: everything.label,
						value: everything,
					},
				]),
	];
}

function isPresent({ installed, otherVersions }: ComponentStatus): boolean {
	return installed || otherVersions.length > 0;
}

async function confirmed({ label }: Removal): Promise<boolean> {
	const remove = vscode.l10n.t('Remove');
	const detail = vscode.l10n.t(
		'It is removed for all workspaces and the command line, and can be fetched again later. Libraries and results stay.',
	);
	const question = vscode.l10n.t('Remove {0}?', label);
	return (await vscode.window.showWarningMessage(question, { modal: true, detail }, remove)) === remove;
}

function megabytes(amount: number): string {
	return vscode.l10n.t('{0} MB', amount);
}
