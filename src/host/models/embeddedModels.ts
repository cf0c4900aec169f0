/** "Install Embedded Model" and "Remove Embedded Model…": llama.cpp and the models that run on this machine. */
import { join, sep } from 'node:path';
import * as vscode from 'vscode';
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

/** What can be removed: one model, or all with llama.cpp. */
interface Removal {
	readonly models: readonly string[];
	readonly component: boolean;
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
	if (removal.component) await removeComponent('llama', { home });
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
	const [llama, listed] = await Promise.all([
		componentStatus('llama', { home, componentsFolder }),
		listModels({ home, environment: process.env }),
	]);
	const models = listed.filter(({ file }) => file?.startsWith(join(home, 'models') + sep));
	const present = llama.installed || llama.otherVersions.length > 0;
	const everything: Removal = {
		models: models.map(({ name }) => name),
		component: present,
		label: [...models.map(({ name }) => name), ...(present ? [llama.title] : [])].join(', '),
	};
	const total = models.reduce((sum, { bytes }) => sum + bytes / 1e6, present ? llama.megabytes : 0);
	return [
		...models.map(({ name, bytes }) => ({
			label: name,
			description: megabytes(Math.round(bytes / 1e6)),
			value: { models: [name], component: false, label: name },
		})),
		...(models.length + Number(present) === 0
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
