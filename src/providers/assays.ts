/** Opens the variants files of fitness problems: read line by line, kept while many problems ask for the same few. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { createInterface } from 'node:readline';
import type { Assay, AssayPort, AssaySource, MeasuredVariant } from '../core/tasks/fitness/assay.js';
import { divideAssay } from '../core/tasks/fitness/divideAssay.js';
import { mostVariants, parseVariant } from '../core/tasks/fitness/variantsFile.js';
import { TaskError } from '../core/tasks/task.js';

export interface AssayOptions {
	/** False in everything that learns: the scores of unseen variants stay here. */
	readonly reveal: boolean;
}

const mostBytes = 256 * 1024 * 1024;
/** Variants of all kept files together. */
const mostKept = 2 * mostVariants;
const mostIssues = 10;

interface ReadFile {
	/** Changes when the file does. */
	readonly state: string;
	readonly variants: Promise<readonly MeasuredVariant[]>;
}

export function openAssays({ reveal }: AssayOptions): AssayPort {
	const files = new VariantFiles();
	return {
		async open(source: AssaySource): Promise<Assay> {
			return divideAssay(await files.read(source), source, !reveal);
		},
	};
}

class VariantFiles {
	/** The one that was asked for last stands last. */
	private readonly kept = new Map<string, ReadFile>();

	async read(source: AssaySource): Promise<readonly MeasuredVariant[]> {
		const file = pathOf(source);
		const found = await stat(file).catch(() => undefined);
		if (!found?.isFile()) {
			throw new TaskError('bad-problem', `${file} does not exist; put the variants there, one JSON object a line.`);
		}
		if (found.size > mostBytes) {
			throw new TaskError(
				'bad-problem',
				`${file} is larger than ${mostBytes / 2 ** 20} MB; leave out what is not needed.`,
			);
		}
		const state = `${found.mtimeMs} ${found.size}`;
		const known = this.kept.get(file);
		const read = known?.state === state ? known : { state, variants: readVariants(file) };
		this.kept.delete(file);
		this.kept.set(file, read);
		try {
			const variants = await read.variants;
			await this.makeRoom();
			return variants;
		} catch (error) {
			this.kept.delete(file);
			throw error;
		}
	}

	private async makeRoom(): Promise<void> {
		let room = mostKept;
		for (const [file, { variants }] of [...this.kept].reverse()) {
			room -= await variants.then(({ length }) => length).catch(() => 0);
			if (room < 0) this.kept.delete(file);
		}
	}
}

/** @throws {TaskError} `bad-problem` where the file lies outside of its set's folder */
function pathOf({ folder, file }: AssaySource): string {
	const path = resolve(folder, file);
	if (path.startsWith(resolve(folder) + sep)) return path;
	throw new TaskError('bad-problem', `The variants file ${file} lies outside of its problem set's folder, ${folder}.`);
}

/** @throws {TaskError} `bad-problem`, with the lines that can't be used */
async function readVariants(file: string): Promise<readonly MeasuredVariant[]> {
	const variants = new Map<string, MeasuredVariant>();
	const issues: string[] = [];
	let number = 0;
	for await (const line of createInterface({
		input: createReadStream(file, 'utf8'),
		crlfDelay: Number.POSITIVE_INFINITY,
	})) {
		number++;
		const text = line.replace(/^\uFEFF/u, '').trim();
		if (text === '') continue;
		const parsed = parseVariant(text);
		const fault = 'message' in parsed ? parsed.message : faultAmong(parsed, variants);
		if (fault !== undefined) issues.push(`  line ${number}: ${fault}`);
		else if (!('message' in parsed)) variants.set(parsed.mutant, parsed);
		if (issues.length >= mostIssues || variants.size > mostVariants) break;
	}
	if (variants.size > mostVariants) {
		throw new TaskError('bad-problem', `${file} holds more than ${mostVariants} variants; leave out some.`);
	}
	if (issues.length > 0)
		throw new TaskError('bad-problem', `${file} has lines that can't be used:\n${issues.join('\n')}`);
	return [...variants.values()];
}

function faultAmong({ mutant }: MeasuredVariant, known: ReadonlyMap<string, MeasuredVariant>): string | undefined {
	return known.has(mutant) ? `The variant ${mutant} stands there twice.` : undefined;
}
