/** "Add Dataset…": a public problem set by name, from its official source or from a mirror folder on this machine. */
import * as vscode from 'vscode';
import type { AddedDataset } from '../../providers/datasets/addDataset.js';
import type { Dataset } from '../../providers/datasets/dataset.js';
import type { DatasetNeed } from '../../runs/publicDatasets.js';
import { firstFolder, folderStep } from '../folderStep.js';
import type { FlexFolder } from '../folders.js';
import { Dismissed, showFailure } from '../guarded.js';
import type { FoundSet } from '../problemSets.js';
import { withProgress } from '../progress.js';
import type { Services } from '../services.js';
import { back, type Choice, pickOne, type Step, steps } from '../steps.js';
import { requireTrust } from '../trust.js';
import { datasetTrouble } from './datasetTrouble.js';

interface Wanted {
	readonly folder?: FlexFolder;
	readonly dataset?: Dataset;
}

/** @returns the set's folder; undefined where nothing was added */
export async function addDataset(services: Services): Promise<vscode.Uri | undefined> {
	const reason = vscode.l10n.t('This workspace is not trusted, so FLEX writes no files into it.');
	if (!requireTrust(reason)) return undefined;
	const question = vscode.l10n.t('Add to which folder?');
	const first = await firstFolder(services.folders, question);
	if (!first) return undefined;
	const inFolder = folderStep<Wanted>(services.folders, { title: title(), placeholder: question });
	const wanted = await steps<Wanted>(first, [inFolder, askDataset]);
	if (!wanted?.folder || !wanted.dataset) return undefined;
	return get(services, wanted.folder, wanted.dataset);
}

const title = (): string => vscode.l10n.t('Add dataset');

const askDataset: Step<Wanted> = {
	ask: async (wanted, place) => {
		const { folder } = wanted;
		if (!folder) throw new Dismissed();
		const placeholder = vscode.l10n.t('Which one? Its text is not shipped with FLEX: it comes from where it says.');
		const dataset = await pickOne({ ...place, title: title(), items: rows(folder), placeholder });
		return dataset === back || dataset === undefined ? dataset : { ...wanted, dataset };
	},
};

async function rows({ workspace }: FlexFolder): Promise<readonly Choice<Dataset>[]> {
	const [{ datasets }, { size }, { datasetPlaces, hasDataset, needOf }] = await Promise.all([
		import('../../providers/datasets/datasets.js'),
		import('../../runs/diskUse.js'),
		import('../../runs/publicDatasets.js'),
	]);
	const { mirror } = datasetPlaces(workspace, process.env);
	return datasets.map((dataset): Choice<Dataset> => {
		const { name, licence, summary } = dataset;
		const need = needOf(dataset, mirror);
		const here = hasDataset(workspace, dataset);
		const detail = `${summary} · ${here ? vscode.l10n.t('here already') : needWords(need, size)}`;
		const row = { label: name, description: licence, detail };
		return here || need.kind !== 'missing-mirror' ? { ...row, value: dataset } : row;
	});
}

function needWords(need: DatasetNeed, size: (bytes: number) => string): string {
	switch (need.kind) {
		case 'download':
			return vscode.l10n.t('{0} from {1} on GitHub', size(need.bytes), need.repository);
		case 'mirror':
			return vscode.l10n.t('from the folder FLEX_DATASETS, without network');
		case 'missing-mirror':
			return vscode.l10n.t(
				'only from a folder with prepared files: set the environment variable FLEX_DATASETS to it and start VS Code anew',
			);
	}
}

async function get(services: Services, folder: FlexFolder, dataset: Dataset): Promise<vscode.Uri | undefined> {
	const [{ addDataset: add }, { DatasetError }, { datasetPlaces, hasDataset }] = await Promise.all([
		import('../../providers/datasets/addDataset.js'),
		import('../../providers/datasets/datasetSources.js'),
		import('../../runs/publicDatasets.js'),
	]);
	const { workspace } = folder;
	const uri = vscode.Uri.file(`${workspace.datasets}/${dataset.name}`);
	if (hasDataset(workspace, dataset)) {
		offer(services, uri, vscode.l10n.t('{0} is here already.', dataset.name));
		return uri;
	}
	try {
		const added = await withProgress(vscode.l10n.t('Adding {0}', dataset.name), (signal, onProgress) =>
			add(dataset, { ...datasetPlaces(workspace, process.env), signal, onProgress }),
		);
		if (!added) return undefined;
		services.problemSets.forget();
		offer(services, uri, addedWords(added));
		return uri;
	} catch (error) {
		if (!(error instanceof DatasetError)) throw error;
		services.log.error(error);
		void offerAgain(services, folder, dataset, datasetTrouble(error.reason, dataset.name)).catch((cause: unknown) =>
			showFailure(services.log, cause),
		);
		return undefined;
	}
}

function addedWords({ name, counts, origin }: AddedDataset): string {
	return vscode.l10n.t(
		'{0} is added: {1} problems to learn from, {2} for settings, {3} for benchmarks. Licence: {4}.',
		name,
		counts.train,
		counts.dev,
		counts.test,
		origin.licence,
	);
}

/** Nobody need answer for the command to be over. */
function offer(services: Services, uri: vscode.Uri, message: string): void {
	const train = vscode.l10n.t('Train');
	const answered = async (): Promise<void> => {
		if ((await vscode.window.showInformationMessage(message, train)) !== train) return;
		const set = await found(services, uri);
		await vscode.commands.executeCommand('flex.problemSets.train', set && { set });
	};
	void answered().catch((error: unknown) => showFailure(services.log, error));
}

async function found({ problemSets }: Services, uri: vscode.Uri): Promise<FoundSet | undefined> {
	return (await problemSets.list()).find((set) => set.uri.fsPath === uri.fsPath);
}

async function offerAgain(services: Services, folder: FlexFolder, dataset: Dataset, message: string): Promise<void> {
	const [again, showLog] = [vscode.l10n.t('Try again'), vscode.l10n.t('Show log')];
	const answer = await vscode.window.showErrorMessage(message, again, showLog);
	if (answer === again) await get(services, folder, dataset);
	if (answer === showLog) services.log.show();
}
