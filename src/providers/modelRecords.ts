/** Remembers the hash of each model file, so that a changed file is noticed and an unchanged one not read again. */
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import * as v from 'valibot';
import { sha256OfFile } from './fileHash.js';

const recordSchema = v.object({
	/** Hex. */
	sha256: v.string(),
	bytes: v.number(),
	/** When the file was last changed, in milliseconds since 1970. */
	changedAt: v.number(),
});
const recordsSchema = v.record(v.string(), recordSchema);
type ModelRecord = v.InferOutput<typeof recordSchema>;

export interface KnownHash {
	readonly sha256: string;
	/** The hash at the last use, where it was another. */
	readonly before?: string | undefined;
}

/** The records of one `FLEX_HOME`, in its `models.json`. */
export class ModelRecords {
	private readonly file: string;

	constructor(home: string) {
		this.file = join(home, 'models.json');
	}

	/** The file's hash; it is read only where its size or date is new. */
	async hashOf(modelFile: string, signal?: AbortSignal): Promise<KnownHash> {
		const path = resolve(modelFile);
		const { size: bytes, mtimeMs: changedAt } = await stat(path);
		const known = (await this.read())[path];
		if (known && known.bytes === bytes && known.changedAt === changedAt) return { sha256: known.sha256 };
		const sha256 = await sha256OfFile(path, signal);
		await this.write({ ...(await this.read()), [path]: { sha256, bytes, changedAt } });
		return known && known.sha256 !== sha256 ? { sha256, before: known.sha256 } : { sha256 };
	}

	async forget(modelFile: string): Promise<void> {
		const { [resolve(modelFile)]: _, ...others } = await this.read();
		await this.write(others);
	}

	/** A damaged file is as good as none: every hash can be had again. */
	private async read(): Promise<Readonly<Record<string, ModelRecord>>> {
		try {
			return v.parse(recordsSchema, JSON.parse(await readFile(this.file, 'utf8')));
		} catch {
			return {};
		}
	}

	private async write(records: Readonly<Record<string, ModelRecord>>): Promise<void> {
		await mkdir(dirname(this.file), { recursive: true });
		const temporary = `${this.file}.${process.pid}`;
		await writeFile(temporary, `${JSON.stringify(records, undefined, '\t')}\n`);
		await rename(temporary, this.file);
	}
}
