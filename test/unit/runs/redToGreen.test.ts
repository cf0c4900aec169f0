/** From a failure to its remedy, kept on disk. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseUnifiedDiff } from '../../../src/core/learning/capture/unifiedDiff.js';
import { Git } from '../../../src/providers/git.js';
import { RedToGreen } from '../../../src/runs/redToGreen.js';
import { repository, type TestRepository } from '../../builders/repositories.js';

let project: TestRepository;
let folder: string;
let git: Git;
let now = 0;
const failures = (): RedToGreen => new RedToGreen(folder, git, () => now);
const red = (output = 'Error: broken', command = 'npm test') => failures().failed({ command, exitCode: 1, output });
const files = (diff: string): readonly string[] => parseUnifiedDiff(diff).map(({ path }) => path);

beforeEach(async () => {
	now = 0;
	project = repository({ 'a.ts': 'a\n', 'b.ts': 'b\n', '.gitignore': '.flex/\n' });
	folder = join(project.folder, '.flex/failures');
	git = await Git.open(project.folder);
});
afterEach(() => project.remove());

describe('a command that failed', () => {
	it('and passes tells what failed and what was changed since; it is told once', async () => {
		project.write({ 'b.ts': 'changed before it failed\n' });
		await red();
		expect(failures().isRed('npm test')).toBe(true);
		project.write({ 'a.ts': 'mended\n' });
		const remedy = await failures().passed('npm test');
		expect(remedy?.failure).toEqual({ command: 'npm test', exitCode: 1, output: 'Error: broken' });
		expect(files(remedy?.diff ?? '')).toEqual(['a.ts']);
		expect(await failures().passed('npm test')).toBeUndefined();
		expect(readdirSync(folder)).toEqual([]);
	});

	it('again and again counts from its first failure, with its last output', async () => {
		await red('Error: first');
		project.write({ 'a.ts': 'half of it\n' });
		await red('Error: second');
		project.write({ 'b.ts': 'the other half\n' });
		const remedy = await failures().passed('npm test');
		expect(files(remedy?.diff ?? '')).toEqual(['a.ts', 'b.ts']);
		expect(remedy?.failure.output).toBe('Error: second');
	});

	it('long ago begins anew', async () => {
		await red();
		project.write({ 'a.ts': 'the work of a day\n' });
		now = 25 * 60 * 60 * 1000;
		await red();
		project.write({ 'b.ts': 'mended\n' });
		expect(files((await failures().passed('npm test'))?.diff ?? '')).toEqual(['b.ts']);
	});

	it('is no other command', async () => {
		await red();
		expect(await failures().passed('npm run lint')).toBeUndefined();
		expect(failures().isRed('npm test')).toBe(true);
	});

	it('is kept without secrets', async () => {
		await red('login with token=abc123def refused', 'API_TOKEN=abc123 npm test');
		const [name = ''] = readdirSync(folder).filter((one) => one.endsWith('.json'));
		expect(readFileSync(join(folder, name), 'utf8')).not.toContain('abc123');
		expect(failures().isRed('API_TOKEN=abc123 npm test')).toBe(true);
	});

	it('whose picture is damaged is forgotten', async () => {
		await red();
		project.write({ 'a.ts': 'mended\n' });
		const [name = ''] = readdirSync(folder).filter((one) => one.endsWith('.json'));
		const stored = JSON.parse(readFileSync(join(folder, name), 'utf8'));
		project.write({ [`.flex/failures/${name}`]: JSON.stringify({ ...stored, tree: '0'.repeat(40) }) });
		expect(await failures().passed('npm test')).toBeUndefined();
		expect(failures().isRed('npm test')).toBe(false);
	});

	it('is one of eight at most', async () => {
		for (let n = 0; n < 10; n++) await red('Error', `check ${n}`);
		expect(readdirSync(folder).filter((name) => name.endsWith('.json'))).toHaveLength(8);
		expect(readdirSync(folder).filter((name) => name.startsWith('flex-git-'))).toHaveLength(8);
	});
});
