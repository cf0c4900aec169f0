/** The worker thread of RDKit: reads and draws SMILES one by one. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { Reading } from '../core/tasks/chemistry.js';
import type { MoleculeDrawing } from '../core/tasks/moleculeDrawing.js';
import { loadRdkit, Rdkit } from './rdkit.js';
import type { WorkerMessage } from './workerCalls.js';

export interface ChemistryRequest {
	readonly task: 'read' | 'draw';
	readonly smiles: string;
}

export interface ChemistryResult {
	readonly reading?: Reading | undefined;
	readonly drawing?: MoleculeDrawing | undefined;
}

async function serve(port: MessagePort, componentFolder: string): Promise<void> {
	const rdkit = new Rdkit(await loadRdkit(componentFolder));
	const send = (message: WorkerMessage<ChemistryResult>): void => port.postMessage(message);
	port.on('message', ({ task, smiles }: ChemistryRequest) => {
		// What WebAssembly throws leaves its memory in no known state: this thread ends with it, and another one begins.
		const result = task === 'read' ? { reading: rdkit.read(smiles) } : { drawing: rdkit.draw(smiles) };
		send({ kind: 'result', result });
	});
	send({ kind: 'ready' });
}

if (parentPort) void serve(parentPort, String(workerData));
