/** Drawings of molecules for the panel, where RDKit is installed; looking at something installs nothing. */
import type * as vscode from 'vscode';
import type { Chemistry } from '../../core/tasks/chemistry.js';
import type { ProblemSets } from '../problemSets.js';
import type { Handlers } from './panel.js';

export class MoleculeDrawer implements vscode.Disposable {
	private opened: Promise<Chemistry | undefined> | undefined;

	readonly handlers: Pick<Handlers, 'draw'> = {
		draw: async ({ texts }) => {
			const chemistry = await this.chemistry();
			if (!chemistry) return texts.map(() => null);
			const drawings = await chemistry.draw(texts, new AbortController().signal);
			return drawings.map((drawing) => drawing ?? null);
		},
	};

	dispose(): void {
		void this.opened?.then((chemistry) => chemistry?.close());
	}

	/** One for as long as the panel is open; where RDKit is not there yet, the next call looks again. */
	private async chemistry(): Promise<Chemistry | undefined> {
		this.opened ??= import('../../runs/installChemistry.js').then(({ installedChemistry }) =>
			installedChemistry({ bundleFolder: __dirname, environment: process.env }),
		);
		const chemistry = await this.opened.catch(() => undefined);
		if (!chemistry) this.opened = undefined;
		return chemistry;
	}
}

/** Whether the set of this name is here, and its questions and answers are molecules. */
export async function hasMolecules(problemSets: ProblemSets, name: string): Promise<boolean> {
	const { drawsMolecules } = await import('../../core/tasks/registry.js');
	for (const found of await problemSets.list()) {
		const set = await problemSets.load(found).catch(() => undefined);
		if (set?.name === name) return drawsMolecules(set.kind);
	}
	return false;
}
