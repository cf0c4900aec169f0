/** A run as its dashboard shows it: folded from its events, small whatever its length. */
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunEvent, RunEventBody } from '../../../src/core/learning/events.js';
import type { RunBoardView } from '../../../src/core/learning/runBoardView.js';
import { followBoard } from '../../../src/runs/followBoard.js';
import { RunBoard } from '../../../src/runs/runBoard.js';

const place = (problem: string, epoch = 0) => ({ problem, epoch, rollout: 0, round: 0 });

function events(bodies: readonly RunEventBody[], everyMs = 1_000): readonly RunEvent[] {
	const start = Date.UTC(2026, 0, 1);
	return bodies.map((body, seq) => ({
		v: 1,
		run: 'RUN',
		seq,
		at: new Date(start + seq * everyMs).toISOString(),
		...body,
	}));
}

function boardOf(bodies: readonly RunEventBody[]): RunBoard {
	const board = new RunBoard();
	for (const event of events(bodies)) board.add(event);
	return board;
}

const started = (problems: number, epochs = 1, resumed = false): RunEventBody => ({
	...{ type: 'run.started', kind: 'train', set: 'teams', problems, epochs, resumed },
});
const finished = (problem: string, firstAttempt: boolean, solved: boolean, epoch = 0): RunEventBody => ({
	...{ type: 'problem.finished', ...place(problem, epoch), firstAttempt, solved },
});
const call = (tokens: number, ms: number, cost: number | null, cached = false): RunEventBody => ({
	...{ type: 'model.call', role: 'actor', model: 'm', tokensIn: tokens, tokensOut: 1, ms, cached, cost },
});

describe('the problems', () => {
	it('fill in as they begin and end, epoch by epoch', () => {
		const board = boardOf([
			started(3, 2),
			{ type: 'problem.started', ...place('p1') },
			{ type: 'problem.started', ...place('p2') },
			finished('p1', true, true),
			finished('p2', false, true),
			{ type: 'problem.started', ...place('p3') },
			{ type: 'epoch.finished', epoch: 0, firstAttempt: 1, solved: 2, problems: 2, experiences: 5 },
			finished('p1', false, false, 1),
		]);
		const { ids, states, byEpoch, epoch } = board.view();
		expect({ ids, states, epoch }).toEqual({ ids: ['p1'], states: 'x', epoch: 1 });
		expect(board.view(0)).toMatchObject({ ids: ['p1', 'p2', 'p3'], states: 'abr' });
		expect(byEpoch[0]).toEqual({ epoch: 0, problems: 2, firstAttempt: 1, solved: 2, finished: true, experiences: 5 });
	});

	it('count once where a resumed run says again what was finished', () => {
		const board = boardOf([
			started(2),
			finished('p1', true, true),
			started(2, 1, true),
			{ type: 'problem.started', ...place('p1') },
			finished('p1', false, false),
			finished('p2', false, false),
		]);
		expect(board.view()).toMatchObject({ states: 'ax', byEpoch: [{ problems: 2, firstAttempt: 1, solved: 1 }] });
	});

	it('of a benchmark are those of the arm with experience, each arm counted by itself', () => {
		const sample = (arm: string, problem: string, right: boolean): RunEventBody => ({
			...{ type: 'sample', ...place(problem), arm, seed: 1, verdict: right ? 'correct' : 'incorrect' },
		});
		const bench: RunEventBody = {
			type: 'run.started',
			kind: 'bench',
			set: 's',
			problems: 2,
			epochs: 0,
			resumed: false,
		};
		const board = boardOf([bench, sample('llm', 'p1', false), sample('flex', 'p1', true), sample('flex', 'p1', true)]);
		expect(board.view()).toMatchObject({ ids: ['p1'], states: 'a' });
		expect(board.view().arms).toEqual([
			{ arm: 'llm', answered: 1, right: 0 },
			{ arm: 'flex', answered: 1, right: 1 },
		]);
	});
});

describe('what it cost', () => {
	it('is counted by role, cached calls apart, and unknown where any price is', () => {
		const board = boardOf([
			started(1),
			call(10, 100, 0.5),
			call(10, 300, 0.5),
			call(10, 200, 0.5),
			call(99, 1, 0, true),
		]);
		const [actor] = board.view().spending;
		expect(actor).toEqual({
			...{ role: 'actor', model: 'm', calls: 4, cachedCalls: 1, tokensIn: 30, tokensOut: 3, medianMs: 200, cost: 1.5 },
		});
		expect(boardOf([started(1), call(1, 1, 1), call(1, 1, null)]).view().spending[0]?.cost).toBeUndefined();
	});

	it('leaves pauses and the time between two sessions out of the work', () => {
		const board = boardOf([
			...[started(1), call(1, 1, 0), { type: 'run.paused' as const }, call(1, 1, 0), { type: 'run.resumed' as const }],
			...[
				call(1, 1, 0),
				{ type: 'run.finished' as const, status: 'cancelled' as const },
				started(1, 1, true),
				call(1, 1, 0),
			],
		]);
		// 0–2 until the pause, 4–6 until the stop, 7–8 in the second session.
		expect(board.view().activeMs).toBe(5_000);
	});
});

describe('the end', () => {
	it('is forgotten when the run goes on', () => {
		const bodies: readonly RunEventBody[] = [started(1), { type: 'run.finished', status: 'budget', message: 'cap' }];
		expect(boardOf(bodies).view().end).toEqual({ status: 'budget', message: 'cap' });
		expect(boardOf([...bodies, started(1, 1, true)]).view().end).toBeUndefined();
	});
});

describe('a run of 10,000 problems', () => {
	it('stays small: bounded lists, few points, one character a problem', () => {
		const board = new RunBoard();
		const many = Array.from({ length: 10_000 }, (_, at): readonly RunEventBody[] => [
			{ type: 'problem.started', ...place(`p${at}`) },
			call(100, at % 977, null),
			{ type: 'distilled', ...place(`p${at}`), kept: at % 2 === 0, reason: `reason ${at}` },
			finished(`p${at}`, at % 3 === 0, at % 3 < 2),
			{ type: 'library.changed', op: 'insert', id: `e${at}`, rev: 1, reason: 'new', problem: `p${at}` },
			{ type: 'warning', code: 'slow', message: `slow ${at}` },
		]);
		for (const event of events([started(10_000), ...many.flat()], 10)) board.add(event);
		const view = board.view();
		const sizes = (of: RunBoardView) => [of.changes, of.dropped, of.growth, of.warnings].map(({ length }) => length);
		expect(sizes(view).map((size, at) => size <= ([200, 100, 401, 101][at] ?? 0))).toEqual([true, true, true, true]);
		expect(view.states).toHaveLength(10_000);
		expect(view.growth.at(-1)).toEqual([10_000, 10_000]);
		expect(view.changes[0]?.id).toBe('e9999');
		expect(view.droppedCount).toBe(5_000);
		expect(JSON.stringify(view).length).toBeLessThan(400_000);
	});
});

describe('a board that follows a folder', () => {
	let folder: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'flex-board-'));
	});
	afterEach(() => rmSync(folder, { recursive: true, force: true }));
	const write = (list: readonly RunEvent[]): void =>
		appendFileSync(join(folder, 'events.jsonl'), list.map((event) => `${JSON.stringify(event)}\n`).join(''));

	it('is whole at the first look at a run that has ended', async () => {
		write(events([started(1), finished('p1', true, true), { type: 'run.finished', status: 'done' }]));
		const seen: RunBoardView[] = [];
		await followBoard(folder, new AbortController().signal, (board) => seen.push(board.view()));
		expect(seen.at(-1)).toMatchObject({ states: 'a', end: { status: 'done' } });
	});

	it('takes in what a living process writes, and stops when nobody looks any more', async () => {
		const owner = { pid: process.pid, at: new Date().toISOString() };
		writeFileSync(join(folder, 'owner.lock'), JSON.stringify(owner));
		const all = events([started(2), finished('p1', true, true), finished('p2', false, false)]);
		write(all.slice(0, 2));
		const controller = new AbortController();
		const states: string[] = [];
		const following = followBoard(
			folder,
			controller.signal,
			(board) => {
				states.push(board.view().states);
				if (states.at(-1) === 'a') write(all.slice(2));
				if (states.at(-1) === 'ax') controller.abort();
			},
			10,
		);
		await following;
		expect(states.at(-1)).toBe('ax');
	});

	it('says that there is no such run', async () => {
		mkdirSync(join(folder, 'x'));
		const following = followBoard(join(folder, 'none'), new AbortController().signal, () => {});
		await expect(following).rejects.toMatchObject({ reason: 'missing' });
	});
});
