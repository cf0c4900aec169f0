/** Reads the deep mutational scans of the datasets folder, whole. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MeasuredVariant } from '../../src/core/tasks/fitness/assay.js';
import { parseVariant } from '../../src/core/tasks/fitness/variantsFile.js';

/** The folder that `FLEX_DATASETS` names, where it holds scans. */
export function scansFolder(): string | undefined {
	const folder = process.env.FLEX_DATASETS;
	return folder && existsSync(join(folder, 'blat-features')) ? folder : undefined;
}

/** Every variant of a scan, in both of its files. */
export function readScan(folder: string, scan: string): readonly MeasuredVariant[] {
	return ['train.jsonl', 'test.jsonl'].flatMap((file) =>
		readFileSync(join(folder, scan, file), 'utf8')
			.split('\n')
			.filter((line) => line.trim() !== '')
			.map((line) => {
				const parsed = parseVariant(line);
				if ('message' in parsed) throw new Error(`${scan}/${file}: ${parsed.message}`);
				return parsed;
			}),
	);
}
