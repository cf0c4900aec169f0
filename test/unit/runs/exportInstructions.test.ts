/** Instruction files on a real disk: links, modes, encodings, and files that change meanwhile. */
import {
	lstatSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MemoryStore } from '../../../src/core/retrieval/memoryStore.js';
import { planInstructions, writeInstructions } from '../../../src/runs/exportInstructions.js';
import { Workspace } from '../../../src/runs/workspace.js';
import { rule } from '../../builders/experiences.js';

let folder: string;
let store: MemoryStore;
beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'flex-instructions-'));
	store = new MemoryStore({ clock: () => '2026-01-01T00:00:00.000Z' });
	const experience = rule('a1', 'a lost parcel', 'Ask the depot.');
	await store.apply([{ change: { op: 'insert', experience }, by: 'user' }]);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const plan = (name: string) => planInstructions(store, new Workspace(folder), join(folder, name), 1_500);
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

describe('an instruction file', () => {
	it('is made with its folder, and left alone where it is right already', async () => {
		const first = await plan('.github/copilot-instructions.md');
		expect([first.before, first.hadBlock]).toEqual([undefined, false]);
		expect(writeInstructions(first)).toBe(true);
		expect(read('.github/copilot-instructions.md')).toContain('[a1]');
		const again = await plan('.github/copilot-instructions.md');
		expect([again.hadBlock, writeInstructions(again)]).toEqual([true, false]);
		expect(readdirSync(join(folder, '.github'))).toEqual(['copilot-instructions.md']);
	});

	it('keeps its mode, and stays a link', async () => {
		writeFileSync(join(folder, 'CLAUDE.md'), 'ours\n', { mode: 0o640 });
		symlinkSync('CLAUDE.md', join(folder, 'AGENTS.md'));
		writeInstructions(await plan('AGENTS.md'));
		expect(lstatSync(join(folder, 'AGENTS.md')).isSymbolicLink()).toBe(true);
		expect(read('CLAUDE.md')).toMatch(/^ours\n[\s\S]*\[a1\]/u);
		expect(statSync(join(folder, 'CLAUDE.md')).mode & 0o777).toBe(0o640);
	});

	it('that somebody changes meanwhile is not written over', async () => {
		writeFileSync(join(folder, 'AGENTS.md'), 'ours\n');
		const planned = await plan('AGENTS.md');
		writeFileSync(join(folder, 'AGENTS.md'), 'newer\n');
		expect(() => writeInstructions(planned)).toThrow(/changed meanwhile/);
		expect(read('AGENTS.md')).toBe('newer\n');
	});

	it('that is no text, or a folder, is refused', async () => {
		writeFileSync(join(folder, 'AGENTS.md'), Buffer.from([0xff, 0xfe, 0x41, 0x00]));
		await expect(plan('AGENTS.md')).rejects.toMatchObject({ name: 'InstructionsError', reason: 'not-text' });
		await expect(plan('.')).rejects.toMatchObject({ name: 'InstructionsError', reason: 'unreadable' });
	});
});
