import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Terminal } from '../../../src/cli/output.js';
import { showRun } from '../../../src/cli/progress.js';
import type { RunEvent, RunEventBody } from '../../../src/core/learning/events.js';

const run = '01KAPQ00000000000000000000';
let runs: string;
let lines: string[];

beforeEach(() => {
	runs = mkdtempSync(join(tmpdir(), 'flex-progress-'));
	mkdirSync(join(runs, run));
	lines = [];
	vi.spyOn(Terminal.prototype, 'status').mockImplementation((text) => void lines.push(text.trim()));
	vi.spyOn(Terminal.prototype, 'note').mockImplementation((text) => void lines.push(text));
});
afterEach(() => {
	vi.restoreAllMocks();
	rmSync(runs, { recursive: true });
});

function numbered(bodies: readonly RunEventBody[], from = 0): readonly RunEvent[] {
	return bodies.map((body, index) => ({ v: 1, run, seq: from + index, at: '2026-01-02T03:04:05.000Z', ...body }));
}

const begun = (resumed: boolean): RunEventBody => {
	return { type: 'run.started', kind: 'bench', set: 'teams', problems: 4, epochs: 0, resumed };
};
const answered = (problem: string, verdict: 'correct' | 'incorrect'): RunEventBody => {
	return { type: 'sample', problem, epoch: 0, rollout: 0, round: 0, arm: 'llm', seed: 1, verdict };
};
const earlier = numbered([begun(false), answered('a', 'correct'), answered('b', 'incorrect')]);
const later = numbered([begun(true), answered('c', 'correct')], earlier.length);

async function shown(events: readonly RunEvent[], ...folder: readonly string[]): Promise<string | undefined> {
	await showRun(
		(async function* () {
			yield* events;
		})(),
		new Terminal(false, { NO_COLOR: '1' }),
		...folder,
	);
	return lines.at(-1);
}

it('counts a resumed run on from what its folder says', async () => {
	// What this process wrote itself is in the file, too.
	const stored = [...earlier, ...later].map((event) => JSON.stringify(event)).join('\n');
	writeFileSync(join(runs, run, 'events.jsonl'), `${stored}\n`);
	expect(await shown(later, runs)).toMatch(/^llm +\[█+·+\] 3\/4 {2}67 % right/u);
	expect(lines.slice(0, 2)).toEqual([
		'Going on where the run stopped.',
		expect.stringMatching(/\] 2\/4 {2}50 % right/u),
	]);
});

it('counts a run that is followed from its beginning once', async () => {
	writeFileSync(join(runs, run, 'events.jsonl'), `${earlier.map((event) => JSON.stringify(event)).join('\n')}\n`);
	expect(await shown([...earlier, ...later])).toMatch(/\] 3\/4 /u);
});
