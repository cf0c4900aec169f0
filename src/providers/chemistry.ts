/** The chemistry port, answered by RDKit in a worker thread: nothing of it is loaded before it is used. */
import type { Chemistry, Reading } from '../core/tasks/chemistry.js';
import type { MoleculeDrawing } from '../core/tasks/moleculeDrawing.js';
import type { ChemistryRequest, ChemistryResult } from './chemistryWorker.js';
import { type CallEnd, WorkerCalls } from './workerCalls.js';

export interface ChemistryOptions {
	/** The worker's bundle, `chemistryWorker.js`. */
	readonly workerFile: string;
	/** The folder in which RDKit is installed; asked for once, when it is needed. */
	readonly component: () => Promise<string>;
	/** For one text, in milliseconds (default 10,000). */
	readonly timeoutMs?: number | undefined;
}

export type ChemistryErrorReason = 'not-started' | 'closed';

/** Nothing can be read or drawn; `message` says what to do. */
export class ChemistryError extends Error {
	override readonly name = 'ChemistryError';
	constructor(
		readonly reason: ChemistryErrorReason,
		message: string,
		options?: ErrorOptions,
	) {
		super(message, options);
	}
}

export function openChemistry(options: ChemistryOptions): Chemistry {
	return new WorkerChemistry(options);
}

type Calls = WorkerCalls<ChemistryRequest, ChemistryResult>;

class WorkerChemistry implements Chemistry {
	private calls: Promise<Calls> | undefined;
	private closed = false;

	constructor(private readonly options: ChemistryOptions) {}

	async prepare(): Promise<void> {
		const calls = await this.opened();
		await calls.start();
	}

	read(smiles: readonly string[], signal: AbortSignal): Promise<readonly Reading[]> {
		return this.each('read', smiles, signal, (end, timeoutMs) => {
			if (end.kind === 'timeout') return { error: `RDKit was stopped after ${timeoutMs / 1000} seconds of reading it` };
			if (end.kind === 'crashed') return { error: 'RDKit broke down on it' };
			return end.result.reading ?? { error: 'it denotes no molecule' };
		});
	}

	draw(smiles: readonly string[], signal: AbortSignal): Promise<readonly (MoleculeDrawing | undefined)[]> {
		return this.each('draw', smiles, signal, (end) => (end.kind === 'answered' ? end.result.drawing : undefined));
	}

	async close(): Promise<void> {
		this.closed = true;
		const calls = await this.calls?.catch(() => undefined);
		await calls?.close();
	}

	/** A text in a call of its own, so that one which ends the thread costs no other one its answer. */
	private async each<T>(
		task: ChemistryRequest['task'],
		texts: readonly string[],
		signal: AbortSignal,
		answer: (end: CallEnd<ChemistryResult>, timeoutMs: number) => T,
	): Promise<readonly T[]> {
		const calls = await this.opened();
		const timeoutMs = this.options.timeoutMs ?? 10_000;
		const answers: T[] = [];
		for (const smiles of texts) answers.push(answer(await calls.call({ task, smiles }, timeoutMs, signal), timeoutMs));
		return answers;
	}

	private opened(): Promise<Calls> {
		if (this.closed) return Promise.reject(closedError(false));
		this.calls ??= this.open().catch((error: unknown) => {
			// Where somebody said no, or the network was away, the next one may ask again.
			this.calls = undefined;
			throw error;
		});
		return this.calls;
	}

	private async open(): Promise<Calls> {
		const workerData = await this.options.component();
		return new WorkerCalls({
			file: this.options.workerFile,
			worker: { env: {}, workerData },
			notStarted: (why, cause) =>
				new ChemistryError(
					'not-started',
					`RDKit can't be started (${why}); remove it with "flex-learn model remove --rdkit", and it is installed anew at its next use.`,
					{ cause },
				),
			closed: closedError,
		});
	}
}

function closedError(running: boolean): ChemistryError {
	const message = running ? 'RDKit was closed while it worked.' : 'RDKit was closed; open it again.';
	return new ChemistryError('closed', message);
}
