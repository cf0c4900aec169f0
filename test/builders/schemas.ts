/** The published JSON Schemas as validators that say what does not fit. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';

export const schemaFolder = join(import.meta.dirname, '../../schemas');

/** Paths below `schemas/`, without `.schema.json`. */
export const schemaNames: readonly string[] = readdirSync(schemaFolder, { recursive: true, encoding: 'utf8' })
	.filter((file) => file.endsWith('.schema.json'))
	.map((file) => file.replaceAll('\\', '/').replace(/\.schema\.json$/u, ''))
	.sort();

// Relative references are resolved as an editor does that opens the files.
const base = 'file:///schemas/';
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
for (const name of schemaNames) {
	const schema: unknown = JSON.parse(readFileSync(join(schemaFolder, `${name}.schema.json`), 'utf8'));
	if (typeof schema !== 'object') throw new Error(`${name} is no schema`);
	ajv.addSchema({ ...schema, $id: `${base}${name}.schema.json` });
}

/** What of `value` does not fit the schema, a line each; empty where it fits. */
export function misfits(name: string, value: unknown): readonly string[] {
	const validate = ajv.getSchema(`${base}${name}.schema.json`);
	if (!validate) throw new Error(`There is no schemas/${name}.schema.json.`);
	if (validate(value)) return [];
	return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`);
}
