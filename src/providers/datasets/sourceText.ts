/** Reads the files of a source as text, and as lines of JSON. */

/** The files of a source, by their path there. */
export type SourceFiles = ReadonlyMap<string, Buffer>;

export function linesOf(jsonl: string): readonly Readonly<Record<string, unknown>>[] {
	return jsonl
		.replace(/^\uFEFF/u, '')
		.split(/\r?\n/u)
		.filter((line) => line.trim() !== '')
		.map((line): unknown => JSON.parse(line))
		.filter(isRecord);
}

export function textOf(files: SourceFiles, path: string): string {
	return fileOf(files, path).toString('utf8');
}

export function fileOf(files: SourceFiles, path: string): Buffer {
	const file = files.get(path);
	if (!file) throw new RangeError(`The source was read without its file ${path}.`);
	return file;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
