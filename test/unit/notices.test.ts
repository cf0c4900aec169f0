/** What the bundles hold of others is named with its licence, and may be shipped. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { bundledPackages, faultsOf, packageFolder } from '../../scripts/bundledPackages.mjs';

const root = path.join(import.meta.dirname, '../..');
const notices = readFileSync(path.join(root, 'THIRD_PARTY_NOTICES.md'), 'utf8');

describe('the third-party notices', () => {
	it('are what scripts/notices.mjs would write now', async () => {
		const checked = promisify(execFile)(process.execPath, [path.join(root, 'scripts/notices.mjs'), '--check']);
		await expect(checked.then(() => 'up to date')).resolves.toBe('up to date');
	});

	it('hold the text of the licence of every package in the bundles', async () => {
		const packages = await bundledPackages(root);
		expect(packages.map(({ name }) => name)).toEqual(expect.arrayContaining(['openai', 'sql.js', 'valibot']));
		expect(packages.flatMap(faultsOf)).toEqual([]);
		for (const { name, text } of packages) expect(notices.includes(text), name).toBe(true);
	});

	it.each(['node-llama-cpp', 'SmolLM2'])('name %s as fetched on demand', (name) => {
		const [, section = ''] = notices.split('## Fetched on demand, not shipped');
		expect(section.split('## Licences')[0]).toContain(name);
	});
});

describe('a package in the bundles', () => {
	it.each([
		['a licence that asks for more', { name: 'a', licence: 'GPL-3.0-only', text: 'Take it.' }],
		['no licence', { name: 'a', licence: '', text: 'Take it.' }],
		['no text of its licence', { name: 'a', licence: 'MIT', text: '' }],
	])('with %s can not be shipped', (_what, found) => {
		expect(faultsOf(found)).toHaveLength(1);
	});

	it('is found by its folder, also inside another and with a scope', () => {
		expect(packageFolder('node_modules/a/b/c.js')).toBe('node_modules/a');
		expect(packageFolder('node_modules/a/node_modules/@s/b/c.js')).toBe('node_modules/a/node_modules/@s/b');
		expect(packageFolder('src/core/a.ts')).toBeUndefined();
	});
});
