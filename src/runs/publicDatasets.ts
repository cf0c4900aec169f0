/** The public datasets as a workspace sees them: which it has, and where the others come from. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AddOptions } from '../providers/datasets/addDataset.js';
import type { Dataset } from '../providers/datasets/dataset.js';
import { repositoryFiles } from '../providers/datasets/datasetSources.js';
import type { Workspace } from './workspace.js';

/** The place in the workspace, and the sources that the environment names. */
export function datasetPlaces(
	{ datasets }: Pick<Workspace, 'datasets'>,
	environment: NodeJS.ProcessEnv,
): Pick<AddOptions, 'into' | 'mirror' | 'base'> {
	return {
		into: datasets,
		mirror: environment.FLEX_DATASETS || undefined,
		base: environment.FLEX_DATASETS_URL || repositoryFiles,
	};
}

/** Whether the workspace has the dataset. */
export function hasDataset({ datasets }: Pick<Workspace, 'datasets'>, { name }: Pick<Dataset, 'name'>): boolean {
	return existsSync(join(datasets, name, 'flex-task.json'));
}

/** What adding a dataset takes its files from, as far as can be told without reading them. */
export type DatasetNeed =
	/** Bytes of the official files, which the network brings. */
	| { readonly kind: 'download'; readonly bytes: number; readonly repository: string }
	| { readonly kind: 'mirror' }
	/** Only a mirror folder has it, and none is named, or it does not hold it. */
	| { readonly kind: 'missing-mirror' };

/** As `addDataset` chooses where nobody insists on a source: the mirror where it has the dataset, else the official files. */
export function needOf({ official, mirror }: Dataset, root: string | undefined): DatasetNeed {
	if (root !== undefined && mirror && existsSync(join(root, mirror.source.folder))) return { kind: 'mirror' };
	if (!official) return { kind: 'missing-mirror' };
	const bytes = Object.values(official.source.files).reduce((sum, file) => sum + file.bytes, 0);
	return { kind: 'download', bytes, repository: official.source.repository };
}
