/** What git tells of a real repository, and what it leaves in it: nothing. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { parseUnifiedDiff } from '../../../src/core/learning/capture/unifiedDiff.js';
import { dropSnapshot, Git } from '../../../src/providers/git.js';
import { repository, type TestRepository } from '../../builders/repositories.js';

const made: TestRepository[] = [];
afterEach(() => {
	for (const one of made.splice(0)) one.remove();
});
const repo = (files?: Readonly<Record<string, string>>): TestRepository => {
	const one = repository(files);
	made.push(one);
	return one;
};
const paths = (diff: string): readonly string[] => parseUnifiedDiff(diff).map(({ kind, path }) => `${kind} ${path}`);

describe('the working tree', () => {
	it('differs by what is staged, not staged, new, renamed and deleted; ignored files are left out', async () => {
		const one = repo({
			'a.ts': 'a\n',
			'b.ts': 'b\n',
			'old.ts': 'same\n'.repeat(9),
			'gone.ts': 'x\n',
			'.gitignore': 'local/\n*.log\n',
		});
		one.write({ 'a.ts': 'a2\n', 'b.ts': 'b2\n', 'sub/new ü.ts': 'n\n', 'local/x.ts': 'x\n', 'y.log': 'y\n' });
		one.git('add', 'a.ts');
		one.git('mv', 'old.ts', 'new.ts');
		one.git('rm', '--quiet', 'gone.ts');
		const before = one.git('status', '--porcelain');
		const objects = one.git('count-objects');
		const git = await Git.open(join(one.folder, 'sub'));
		expect([...paths(await git.workingDiff())].sort()).toEqual([
			'added sub/new ü.ts',
			'changed a.ts',
			'changed b.ts',
			'deleted gone.ts',
			'renamed new.ts',
		]);
		expect(one.git('status', '--porcelain')).toBe(before);
		expect(one.git('count-objects')).toBe(objects);
	});

	it('is all new before the first commit', async () => {
		const one = repo();
		one.write({ 'a.ts': 'a\n' });
		expect(paths(await (await Git.open(one.folder)).workingDiff())).toEqual(['added a.ts']);
	});

	it('is read in one form, whatever the settings of the user are', async () => {
		const one = repo({ 'a.ts': 'a\n' });
		for (const [key, value] of [
			['diff.noprefix', 'true'],
			['color.ui', 'always'],
			['diff.external', 'false'],
			['diff.mnemonicPrefix', 'true'],
		] as const) {
			one.git('config', key, value);
		}
		one.write({ 'a.ts': 'a2\n' });
		expect(paths(await (await Git.open(one.folder)).workingDiff())).toEqual(['changed a.ts']);
	});
});

describe('commits', () => {
	it('are compared from a revision on, or as the last few', async () => {
		const one = repo({ 'a.ts': 'a\n' });
		one.write({ 'b.ts': 'b\n' });
		one.commit('Second');
		one.write({ 'c.ts': 'c\n' });
		one.commit('Third');
		const git = await Git.open(one.folder);
		expect(paths(await git.diffSince('HEAD~1'))).toEqual(['added c.ts']);
		expect(paths(await git.lastCommits(2))).toEqual(['added b.ts', 'added c.ts']);
		expect(paths(await git.lastCommits(9))).toEqual(['added a.ts', 'added b.ts', 'added c.ts']);
		expect(await git.subjects(2)).toEqual(['Third', 'Second']);
		await expect(git.diffSince('nowhere')).rejects.toMatchObject({ reason: 'unknown-revision' });
		await expect(git.diffSince('--output=/tmp/x')).rejects.toMatchObject({ reason: 'unknown-revision' });
	});
});

describe('a picture of the files', () => {
	it('tells what changed since, ignored files left out, and is forgotten', async () => {
		const one = repo({ 'a.ts': 'a\n', '.gitignore': '.env\n' });
		one.write({ 'a.ts': 'wrong\n', 'unrelated.ts': 'u\n', '.env': 'X=1\n' });
		const git = await Git.open(one.folder);
		const red = await git.snapshot();
		one.write({ 'a.ts': 'right\n', '.env': 'X=2\n' });
		const green = await git.snapshot();
		const [file, ...others] = parseUnifiedDiff(await git.between(red, green));
		expect(others).toEqual([]);
		expect(file?.hunks[0]?.lines.map(({ sign, text }) => sign + text)).toEqual(['-wrong', '+right']);
		dropSnapshot(red);
		dropSnapshot(green);
		await expect(git.between(red, green)).rejects.toMatchObject({ reason: 'failed' });
	});
});

describe('ignored paths', () => {
	it('are told of all that are asked, also of those that were added all the same', async () => {
		const one = repo({ 'a.ts': 'a\n' });
		one.write({ '.gitignore': 'private/\n', 'private/x.ts': 'x\n' });
		one.git('add', '--force', 'private/x.ts');
		const git = await Git.open(one.folder);
		expect(await git.ignored(['a.ts', 'private/x.ts'])).toEqual(['private/x.ts']);
		expect(await git.ignored([])).toEqual([]);
	});
});

describe('without git', () => {
	it('it is said what to do: no repository, no program, cancelled', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'flex-none-'));
		try {
			await expect(Git.open(folder)).rejects.toMatchObject({ reason: 'no-repository' });
			await expect(Git.open(folder, 'no-such-git')).rejects.toMatchObject({ reason: 'not-installed' });
			await expect(Git.open(join(folder, 'gone'))).rejects.toMatchObject({ reason: 'no-repository' });
			const stopper = new AbortController();
			stopper.abort();
			await expect(Git.open(folder, 'git', stopper.signal)).rejects.toMatchObject({ reason: 'cancelled' });
		} finally {
			rmSync(folder, { recursive: true });
		}
	});
});
