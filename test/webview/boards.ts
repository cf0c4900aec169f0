/** Runs for the stage: boards as the extension makes them, by the production code, from events that a run would write. */
import type { RunEvent, RunEventBody } from '../../src/core/learning/events.js';
import type { BoardPage, RunInfo, TranscriptPage } from '../../src/protocol/runs.js';
import { RunBoard } from '../../src/runs/runBoard.js';
import type { Answers } from './stage.js';

const folder = 'file:///workspace';

export interface StagedRun {
	readonly info: RunInfo;
	readonly board: RunBoard;
	readonly page?: Partial<BoardPage>;
}

export function runAnswers(runs: readonly StagedRun[]): Answers {
	return {
		runs: () => runs.map(({ info }) => info),
		watch: () => null,
		board: ({ run, epoch }) => {
			const found = runs.find(({ info }) => info.id === run);
			return found ? pageOf(found, epoch) : null;
		},
		transcripts: ({ problem }) => transcript(problem),
		steer: () => null,
		open: () => null,
		history: () => [
			{
				...{ rev: 2, op: 'merge', by: 'run 01JDEMO', at: '2026-05-13T09:00:00.000Z', reason: 'says more' },
				diff: [
					{ kind: 'removed', text: 'A refund is asked for.' },
					{ kind: 'added', text: 'A refund is asked for, also when the invoice is annual.' },
				],
			},
		],
		benchOptions: () => ({ sets: [], arms: [], models: [], model: '', samples: 1, libraries: [], obstacle: 'none' }),
		comparisons: () => ({ curves: [], matrices: [] }),
	};
}

function pageOf({ info, board, page }: StagedRun, epoch: number | undefined): BoardPage {
	return {
		run: info,
		board: board.view(epoch),
		titles: { e1: 'Refunds over 500 go to K7', e2: 'Outage words in a billing ticket' },
		budgets: [
			{ unit: 'calls', used: 313, limit: 500 },
			{ unit: 'cost', used: 0.41, limit: 2 },
		],
		currency: 'USD',
		message: '',
		...page,
	};
}

export function runInfo(more: Partial<RunInfo> = {}): RunInfo {
	return {
		...{ folder, id: '01JRUN', state: 'running', kind: 'train', set: 'ticket-routing', model: 'embedded:smollm2-135m' },
		...{ name: 'Training on ticket-routing · 10:12', standing: '58/120 · 71 %', accuracy: 0.71 },
		...{ startedAt: '2026-05-12T09:00:00.000Z', hasReport: false, resumable: false, mine: true },
		...more,
	};
}

const place = (problem: string, epoch: number) => ({ problem, epoch, rollout: 0, round: 0 });

/** A training in the middle of its second epoch. @param problems of an epoch */
export function trainingRun(problems = 60, more: Partial<RunInfo> = {}, texts = usualTexts): StagedRun {
	const bodies: RunEventBody[] = [
		{ type: 'run.started', kind: 'train', set: 'ticket-routing', problems, epochs: 3, resumed: false },
		{ type: 'evaluated', split: 'dev', epoch: 0, accuracy: 0.27, n: 60 },
	];
	for (let epoch = 0; epoch < 2; epoch++) {
		const until = epoch === 0 ? problems : Math.ceil(problems * 0.7);
		for (let at = 0; at < until; at++) bodies.push(...problemOf(at, epoch, texts));
		if (epoch > 0) continue;
		bodies.push({ type: 'epoch.finished', epoch, problems, firstAttempt: 30, solved: 44, experiences: 22 });
		bodies.push({ type: 'evaluated', split: 'dev', epoch: 1, accuracy: 0.46, n: 60 });
	}
	for (const at of [1, 2, 3]) bodies.push({ type: 'problem.started', ...place(`p${problems + at}`, 1) });
	bodies.push({ type: 'warning', code: 'slow', message: texts.warning });
	return { info: runInfo(more), board: folded(bodies), page: { leftMs: 6 * 60_000 } };
}

interface Texts {
	readonly reason: string;
	readonly warning: string;
}

const usualTexts: Texts = {
	reason: 'Adds: also when the invoice is annual.',
	warning: 'The model answered three times with text that is no JSON; such lessons are left out.',
};

function problemOf(at: number, epoch: number, { reason }: Texts): readonly RunEventBody[] {
	const id = `p${at}`;
	const [first, solved] = [(at * 7 + epoch) % 10 < 4 + 3 * epoch, (at * 7 + epoch) % 10 < 8];
	const ops = ['insert', 'merge', 'discard'] as const;
	const op = ops[at % 3] ?? 'insert';
	return [
		{ type: 'problem.started', ...place(id, epoch) },
		{
			type: 'model.call',
			role: 'actor',
			model: 'm',
			tokensIn: 500,
			tokensOut: 60,
			ms: 1_900,
			cached: epoch > 0,
			cost: 0.002,
		},
		{
			type: 'model.call',
			role: 'critic',
			model: 'm',
			tokensIn: 300,
			tokensOut: 80,
			ms: 3_200,
			cached: false,
			cost: 0.002,
		},
		{ type: 'distilled', ...place(id, epoch), kept: at % 5 !== 0, reason: 'The lesson repeats the problem.' },
		{ type: 'problem.finished', ...place(id, epoch), firstAttempt: first, solved },
		{ type: 'library.changed', op, id: `e${1 + (at % 2)}`, rev: 2, reason, problem: id, epoch },
	];
}

export function folded(bodies: readonly RunEventBody[]): RunBoard {
	const board = new RunBoard();
	const start = Date.now() - bodies.length * 1_000;
	for (const [seq, body] of bodies.entries()) {
		const event: RunEvent = { v: 1, run: '01JRUN', seq, at: new Date(start + seq * 1_000).toISOString(), ...body };
		board.add(event);
	}
	return board;
}

function transcript(problem: string): TranscriptPage {
	const round = {
		messages: [
			{ role: 'system', text: 'Say which team handles the message.', cut: false },
			{ role: 'user', text: 'My invoice is wrong and the page is down.', cut: false },
		],
		...{ cut: false, retrieved: [{ id: 'e1', title: 'Refunds over 500 go to K7' }] },
	};
	return {
		problem,
		question: 'My invoice is wrong and the page is down. Which team?',
		expected: 'K7',
		here: true,
		transcripts: [
			{
				...{ epoch: 0, rollout: 0, arm: '' },
				rounds: [
					{
						...round,
						round: 0,
						text: 'Operations',
						answer: 'Operations',
						verdict: 'incorrect',
						advice: 'What does the sender want?',
					},
					{ ...round, round: 1, text: 'K7', answer: 'K7', verdict: 'correct', advice: '' },
				],
			},
		],
	};
}
