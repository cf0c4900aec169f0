/** The published schemas of settings and problem sets say what the program says; those of `--json` are run for real elsewhere. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { resolveConfig, runConfigSchema } from '../../../src/core/learning/runConfig.js';
import { misfits, schemaFolder } from '../../builders/schemas.js';

const range = v.object({
	type: v.optional(v.unknown()),
	minimum: v.optional(v.number()),
	maximum: v.optional(v.number()),
	enum: v.optional(v.array(v.string())),
	default: v.optional(v.unknown()),
});
const group = v.object({ properties: v.optional(v.record(v.string(), range), {}) });
const { properties: groups } = v.parse(
	v.object({ properties: v.record(v.string(), group) }),
	JSON.parse(readFileSync(join(schemaFolder, 'config.schema.json'), 'utf8')),
);
const settings = Object.entries(groups).flatMap(([name, { properties }]) =>
	Object.entries(properties).map(([key, schema]) => [`${name}.${key}`, { name, key, schema }] as const),
);
const accepts = (value: unknown): boolean => v.safeParse(runConfigSchema, value).success;

describe('the schema of .flex/config.json', () => {
	it('has the settings of the program, and no others', () => {
		expect(Object.keys(groups).sort()).toEqual(Object.keys(runConfigSchema.entries).sort());
		for (const [name, { properties }] of Object.entries(groups)) {
			if (name === 'prices') continue;
			const entry = runConfigSchema.entries[name as keyof typeof runConfigSchema.entries].wrapped;
			if ('entries' in entry) expect(Object.keys(properties).sort(), name).toEqual(Object.keys(entry.entries).sort());
		}
		expect(misfits('config', { training: { epocs: 2 } })).not.toEqual([]);
	});

	it.each(settings)('has the default and the range of %s', (_, { name, key, schema }) => {
		const defaults: Readonly<Record<string, object>> = resolveConfig([]);
		const shown: unknown = Reflect.get(defaults[name] ?? {}, key);
		expect(schema.default).toEqual(shown);
		const both = (value: unknown): readonly boolean[] => {
			const config = { [name]: { [key]: value } };
			return [accepts(config), misfits('config', config).length === 0];
		};
		const { minimum, maximum, enum: words = [] } = schema;
		for (const inside of [minimum, maximum, ...words]) {
			if (inside !== undefined) expect(both(inside), String(inside)).toEqual([true, true]);
		}
		const least = minimum === undefined ? [] : [minimum - 1];
		const most = maximum === undefined ? [] : [maximum + 1];
		for (const outside of [...least, ...most, { no: 'value' }]) {
			expect(both(outside), String(outside)).toEqual([false, false]);
		}
	});

	it.each([
		[
			'an endpoint',
			{ models: { endpoints: { local: { baseUrl: 'http://127.0.0.1:1/v1', contextTokens: 4096 } } } },
			true,
		],
		['an endpoint without its address', { models: { endpoints: { local: {} } } }, false],
		['a price', { prices: { m: { inputPerMillion: 1, outputPerMillion: 2 } } }, true],
		['a price below 0', { prices: { m: { inputPerMillion: -1, outputPerMillion: 2 } } }, false],
		['no cap', { budget: { calls: null } }, true],
	])('judges %s as the program does', (_, config, fits) => {
		expect([accepts(config), misfits('config', config).length === 0]).toEqual([fits, fits]);
	});
});

const examples = join(schemaFolder, '../examples');
const folders = readdirSync(examples, { withFileTypes: true }).filter((entry) => entry.isDirectory());

it.each(folders.map(({ name }) => name))('the problem set %s fits its schema', (name) => {
	const manifest: unknown = JSON.parse(readFileSync(join(examples, name, 'flex-task.json'), 'utf8'));
	expect(misfits('flex-task', manifest)).toEqual([]);
});
