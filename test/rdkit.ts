/** RDKit for tests that read molecules: from npm, put where users of this machine have it. */
import path from 'node:path';
import { ComponentError } from '../src/providers/componentError.js';
import { ensureComponent, flexHome } from '../src/providers/components.js';

/** The folder of RDKit; where npm can't be had, why. @throws anything else, which is a fault of ours */
export async function rdkit(): Promise<{ readonly component: string } | string> {
	const componentsFolder = path.join(import.meta.dirname, '../components');
	try {
		return { component: await ensureComponent('rdkit', { home: flexHome(process.env), componentsFolder }) };
	} catch (error) {
		const unreachable = error instanceof ComponentError && ['network', 'npm-missing'].includes(error.reason);
		if (unreachable) return error.message;
		throw error;
	}
}
