/** Completion: the scripts know all of the program, and a real bash completes with the one for it. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { completionScript, shells } from '../../../src/cli/completionScripts.js';
import { completionTree, optionWords } from '../../../src/cli/completionTree.js';
import { createProgram } from '../../../src/cli/createProgram.js';
import { armNames } from '../../../src/core/evaluation/arms.js';

const program = createProgram();
const tree = completionTree(program);
const folder = mkdtempSync(join(tmpdir(), 'flex-completion-'));
const run = '01KAPQ00000000000000000000';

beforeAll(() => {
	mkdirSync(join(folder, '.flex/runs', run), { recursive: true });
	mkdirSync(join(folder, 'examples/my-set'), { recursive: true });
	mkdirSync(join(folder, 'deep/er'), { recursive: true });
	writeFileSync(join(folder, 'examples/my-set/flex-task.json'), '{}');
	writeFileSync(join(folder, 'flex-learn.bash'), completionScript('bash', tree));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What bash offers for the last of these words, as at a press of the tab key. */
function offered(cwd: string, ...words: string[]): readonly string[] {
	const script = `
		source ${join(folder, 'flex-learn.bash')}
		COMP_WORDS=(flex-learn "$@"); COMP_CWORD=$#
		_flex_learn
		printf '%s\\n' "\${COMPREPLY[@]}"`;
	const out = execFileSync('bash', ['--norc', '-c', script, 'bash', ...words], { cwd, encoding: 'utf8' });
	return out.split('\n').filter((word) => word !== '');
}

describe('the tree', () => {
	it('has every command of the program, with its options', () => {
		const paths = tree.map(({ path }) => path);
		for (const command of program.commands) {
			expect(paths).toContain(`/${command.name()}`);
			for (const child of command.commands) expect(paths).toContain(`/${command.name()}/${child.name()}`);
			const place = tree.find(({ path }) => path === `/${command.name()}`);
			const names = place?.options.flatMap((option) => option.names);
			for (const { long, short } of command.options) expect(names).toContain(long ?? short);
			expect(names).toEqual(expect.arrayContaining(['--json', '--workspace', '--help']));
		}
	});

	it('names words only for options that there are', () => {
		const known = new Set(tree.flatMap(({ options }) => options.flatMap(({ names }) => names)));
		expect(Object.keys(optionWords).filter((name) => !known.has(name))).toEqual([]);
	});
});

describe('bash completes', () => {
	it.each([
		['commands', ['tr'], ['train']],
		['commands in commands', ['model', ''], ['list', 'get', 'remove', 'test']],
		['options', ['bench', '--h'], ['--html', '--help']],
		['options of a command in a command', ['runs', 'delete', '--y'], ['--yes']],
		['options of what stands for its parent', ['runs', '--f'], ['--follow']],
		['words of an option', ['bench', 'set', '--split', 'd'], ['dev']],
		[
			'words of an option behind =, which bash takes for a word',
			['bench', 'set', '--split', '=', 't'],
			['train', 'test'],
		],
		['words of an option behind = alone', ['bench', 'set', '--arms', '='], [...armNames]],
		['words of an argument', ['completion', ''], ['bash', 'zsh', 'fish']],
		['problem sets', ['train', ''], ['examples/my-set']],
		['runs', ['report', '01'], [run]],
		['runs where a value is one', ['train', 'x', '--resume', ''], [run]],
		['runs and commands', ['runs', ''], ['show', 'delete', run]],
		['behind options with values, whatever these are', ['--workspace', 'bench', '--json', 'model', 'l'], ['list']],
		['nothing of its own where the shell knows better', ['import', ''], []],
	])('%s', (_, words, expected) => {
		expect(offered(folder, ...words).toSorted()).toEqual(expected.toSorted());
	});

	it('runs of the nearest workspace upwards', () => {
		expect(offered(join(folder, 'deep/er'), 'report', '')).toEqual([run]);
	});
});

describe.each(shells)('the script for %s', (shell) => {
	const script = completionScript(shell, tree);

	it('names every command and every long option', () => {
		for (const { commands, options } of tree) {
			for (const { name } of commands) expect(script).toContain(name);
			for (const { names } of options) expect(script).toContain(names.at(-1)?.replace(/^--/u, ''));
		}
		expect(script).not.toMatch(/undefined|\[object/);
	});

	it('is read by that shell without a complaint, where it is installed', () => {
		const { error, status, stderr } = spawnSync(shell, ['-n'], { input: script, encoding: 'utf8' });
		// Only bash is on every machine that runs the tests; the text is held above for the others.
		if (error) expect(shell).not.toBe('bash');
		else expect([status, stderr]).toEqual([0, '']);
	});
});
