/** The chemistry of a run: RDKit, put on this machine when a problem set first needs it, after asking where that is wanted. */
import { join } from 'node:path';
import type { Chemistry } from '../core/tasks/chemistry.js';
import { openChemistry } from '../providers/chemistry.js';
import { ComponentError } from '../providers/componentError.js';
import { componentStatus, ensureComponent, flexHome } from '../providers/components.js';
import type { InstallOptions } from './installEmbedded.js';

/** Nothing is installed, loaded or started before it is used; whoever opened it closes it. */
export function chemistryFor(options: InstallOptions): Chemistry {
	const workerFile = join(options.bundleFolder, 'chemistryWorker.js');
	return openChemistry({ workerFile, component: () => installChemistry(options) });
}

/** For looking at what is there: undefined where RDKit is not installed, and nothing is fetched. */
export async function installedChemistry(
	options: Pick<InstallOptions, 'bundleFolder' | 'environment'>,
): Promise<Chemistry | undefined> {
	const { installed, folder } = await componentStatus('rdkit', componentOptions(options));
	if (!installed) return undefined;
	const workerFile = join(options.bundleFolder, 'chemistryWorker.js');
	return openChemistry({ workerFile, component: async () => folder });
}

/** @throws {ComponentError} `refused` where consent was asked for and not given */
async function installChemistry(options: InstallOptions): Promise<string> {
	const { onProgress, signal, consent } = options;
	const component = { ...componentOptions(options), onProgress, signal };
	const { title, megabytes, installed } = await componentStatus('rdkit', component);
	if (!installed && consent && !(await consent([{ kind: 'component', title, megabytes }]))) {
		throw new ComponentError(
			'refused',
			`${title} was not installed, as you wished; without it these answers can't be graded. Run it again to be asked again.`,
		);
	}
	return ensureComponent('rdkit', component);
}

function componentOptions({ bundleFolder, environment }: Pick<InstallOptions, 'bundleFolder' | 'environment'>) {
	return { home: flexHome(environment), componentsFolder: join(bundleFolder, '..', 'components') };
}
