/** A team that shares a library through git: two clones change the same experience, and nobody's words are lost. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readJsonl, writeJsonl } from '../../src/library/exchange/jsonl.js';
import { experience } from '../builders/experiences.js';

const cli = join(import.meta.dirname, '../../dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'flex-git-'));
const clone = (name: string) => join(folder, name);
const identity = ['-c', 'user.name=A Person', '-c', 'user.email=person@example.org', '-c', 'commit.gpgsign=false'];
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function git(name: string, ...args: readonly string[]) {
	return spawnSync('git', [...identity, ...args], { cwd: clone(name), encoding: 'utf8' });
}

function flex(name: string, ...args: readonly string[]): string {
	return execFileSync(process.execPath, [cli, ...args, '--json', '--workspace', clone(name)], { encoding: 'utf8' });
}

/** What the clone's library says now about the experience with that id. */
function current(name: string, id: string) {
	const file = join(folder, `${name}.jsonl`);
	flex(name, 'export', file, '--force');
	return readJsonl(readFileSync(file, 'utf8')).experiences.find((one) => one.id === id);
}

/** A person changes the strategy: as a file of the next revision, accepted. */
function change(name: string, id: string, strategy: string): void {
	const before = current(name, id);
	if (!before) throw new Error(`${name} has no ${id}`);
	const after = { ...before, rev: before.rev + 1, strategy: { text: strategy, sources: [] } };
	const file = join(folder, 'change.jsonl');
	writeFileSync(file, writeJsonl([after]));
	flex(name, 'import', file, '--accept');
}

function commit(name: string, message: string): void {
	flex(name, 'export', '--git');
	git(name, 'add', '.flex/experiences', '.flex/.gitignore');
	expect(git(name, 'commit', '-m', message).status).toBe(0);
}

const id = 'aaaaaaaaaaaaaaaa';

beforeAll(() => {
	execFileSync('git', ['init', '--bare', '-q', '-b', 'main', join(folder, 'team')]);
	execFileSync('git', ['clone', '-q', join(folder, 'team'), clone('ann')], { stdio: 'ignore' });
	const first = join(folder, 'first.jsonl');
	writeFileSync(first, writeJsonl([experience(id), experience('bbbbbbbbbbbbbbbb', { title: 'Another lesson' })]));
	flex('ann', 'import', first, '--accept');
	git('ann', 'checkout', '-q', '-b', 'main');
	commit('ann', 'First lessons');
	expect(git('ann', 'push', '-q', 'origin', 'main').status).toBe(0);
	execFileSync('git', ['clone', '-q', join(folder, 'team'), clone('bob')], { stdio: 'ignore' });
	flex('bob', 'import', '--git', '--accept');
}, 60_000);

it('gives both clones the same words, and the history both', () => {
	change('ann', id, 'Ann says: ask for the receipt first.');
	change('bob', id, 'Bob says: look at the date of the receipt first.');
	change('bob', id, 'Bob says: look at the date of the receipt, then at the name.');
	commit('ann', 'What Ann learned');
	expect(git('ann', 'push', '-q', 'origin', 'main').status).toBe(0);
	commit('bob', 'What Bob learned');

	// The line of the experience differs on both sides: git leaves a conflict in the file.
	expect(git('bob', 'pull', '--no-rebase', '-q', 'origin', 'main').status).not.toBe(0);
	expect(git('bob', 'diff', '--name-only', '--diff-filter=U').stdout).toContain('.flex/experiences/');
	const imported = JSON.parse(flex('bob', 'import', '--git', '--accept')) as { readonly conflicts: readonly string[] };
	expect(imported.conflicts).toHaveLength(1);
	expect(git('bob', 'diff').stdout).not.toContain('>>>>>>>');
	commit('bob', 'Both');
	expect(git('bob', 'push', '-q', 'origin', 'main').status).toBe(0);

	expect(git('ann', 'pull', '-q', '--no-rebase', 'origin', 'main').status).toBe(0);
	flex('ann', 'import', '--git', '--accept');

	const texts = ['ann', 'bob'].map((name) => current(name, id)?.strategy.text);
	expect(texts).toEqual(Array(2).fill('Bob says: look at the date of the receipt, then at the name.'));
	for (const name of ['ann', 'bob']) {
		const { history } = JSON.parse(flex(name, 'show', id, '--history')) as {
			readonly history: readonly { readonly experience: { readonly strategy: { readonly text: string } } }[];
		};
		const said = history.map((revision) => revision.experience.strategy.text).join('\n');
		expect(said).toContain('Ann says');
		expect(said).toContain('Bob says');
	}
}, 60_000);
