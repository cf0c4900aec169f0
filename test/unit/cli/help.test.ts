/** The help is complete, and docs/cli.md says the same as the program and the settings' schema. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../../src/cli/createProgram.js';
import { resolveConfig, runConfigSchema } from '../../../src/core/learning/runConfig.js';

const manual = readFileSync(path.join(import.meta.dirname, '../../../docs/cli.md'), 'utf8');
const program = createProgram();
const commands = [...named(program)];

/** Each command that does something, by its full name. */
function* named(parent: Command, prefix = ''): Generator<readonly [string, Command]> {
	for (const command of parent.commands) {
		const name = `${prefix}${command.name()}`;
		if (command.commands.length > 0) yield* named(command, `${name} `);
		else yield [name, command];
	}
}

/** The whole help, with what stands after the options. */
function helpOf(command: Command): string {
	let text = '';
	command.configureOutput({ writeOut: (part) => (text += part) });
	command.outputHelp();
	return text;
}

describe('the help', () => {
	it('introduces the program: groups, how it works, exit codes', () => {
		const text = helpOf(program);
		for (const part of ['Learn:', 'Library:', 'Set-up:', 'How it works:', 'Exit codes: 0 done']) {
			expect(text).toContain(part);
		}
	});

	it('lists every command', () => {
		const listed = helpOf(program);
		for (const name of program.commands.map((command) => command.name())) {
			expect(listed).toMatch(new RegExp(`^  ${name} `, 'm'));
		}
		const all =
			'train tune bench demo search show accept reject retire pin unpin star unstar stats import export doctor';
		expect(commands.map(([name]) => name)).toEqual(expect.arrayContaining(all.split(' ')));
	});

	it.each(commands)('of %s says what it does, and every option', (_, command) => {
		expect(command.description()).toMatch(/[a-z].*\.$/);
		for (const option of command.options) expect(option.description, option.flags).not.toBe('');
		expect(helpOf(command)).toContain('--json');
	});
});

describe('docs/cli.md', () => {
	it.each(commands)('explains %s with its options', (name, command) => {
		expect(manual).toContain(`flex-learn ${name}`);
		for (const { long, short } of command.options) expect(manual).toContain(`${long ?? short}`);
	});

	it('has every setting with its default', () => {
		const defaults: Readonly<Record<string, object>> = resolveConfig([]);
		const { prices: _, ...groups } = runConfigSchema.entries;
		for (const [group, { wrapped }] of Object.entries(groups)) {
			const values = new Map<string, unknown>(Object.entries(defaults[group] ?? {}));
			for (const key of Object.keys(wrapped.entries)) {
				expect(rowOf(`${group}.${key}`), `${group}.${key}`).toContain(`\`${shown(values.get(key))}\``);
			}
		}
		expect(manual).toContain('`prices.<model>`');
	});
});

function rowOf(setting: string): string {
	return manual.split('\n').find((line) => line.startsWith(`| \`${setting}\` |`)) ?? '';
}

function shown(value: unknown): string {
	return value === undefined ? '–' : typeof value === 'string' ? value : JSON.stringify(value);
}
