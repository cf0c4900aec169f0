/** Folds the events of a run into what a dashboard shows: small whatever the run's length, and whole at every moment. */
import type { RunEvent } from '../core/learning/events.js';
import type {
	BoardArm,
	BoardChange,
	BoardDropped,
	BoardEpoch,
	BoardEvaluation,
	BoardWarning,
	ProblemState,
	RunBoardView,
} from '../core/learning/runBoardView.js';
import { BoardSpendings } from './boardSpendings.js';
import { Growing } from './growing.js';
import { WorkClock } from './workClock.js';

/** The newest changes and dropped lessons that are kept. */
const mostChanges = 200;
const mostDropped = 100;
/** Kinds of warnings; further ones are counted together. */
const mostWarnings = 100;

interface Epoch {
	/** In the order in which they began. */
	readonly states: Map<string, ProblemState>;
	firstAttempt: number;
	solved: number;
	done: number;
	finished: boolean;
	experiences: number | undefined;
}

export class RunBoard {
	private run = '';
	private kind: RunBoardView['kind'] = '';
	private set = '';
	private problems = 0;
	private planned = 0;
	private events = 0;
	private paused = false;
	private end: RunBoardView['end'];
	private startedAt: string | undefined;
	private lastAt: string | undefined;
	private droppedCount = 0;
	private readonly epochs: Epoch[] = [];
	private readonly evaluations = new Map<string, BoardEvaluation>();
	private readonly growth = new Growing();
	private readonly learned = new Set<string>();
	private readonly byOp: Record<string, number> = {};
	/** Newest last. */
	private readonly changes: BoardChange[] = [];
	private readonly dropped: BoardDropped[] = [];
	private readonly spendings = new BoardSpendings();
	private readonly arms = new Map<string, { answered: number; right: number; readonly seen: Map<string, boolean> }>();
	private readonly warnings = new Map<string, BoardWarning>();
	private readonly clock = new WorkClock();

	add(event: RunEvent): void {
		this.events++;
		this.run = event.run;
		this.clock.add(event);
		this.take(event);
		this.lastAt = event.at;
	}

	/** @param epoch which one's problems; default: the latest that began */
	view(epoch = Math.max(0, this.epochs.length - 1)): RunBoardView {
		const shown = this.kind === 'bench' ? this.benchStates() : (this.epochs[epoch]?.states ?? new Map());
		return {
			run: this.run,
			kind: this.kind,
			set: this.set,
			problems: this.problems,
			epochs: this.planned,
			epoch,
			ids: [...shown.keys()],
			states: [...shown.values()].join(''),
			byEpoch: this.epochs.map(epochView),
			evaluations: [...this.evaluations.values()],
			growth: this.growth.points(),
			learned: this.learned.size,
			changesByOp: { ...this.byOp },
			changes: this.changes.toReversed(),
			dropped: this.dropped.toReversed(),
			droppedCount: this.droppedCount,
			spending: this.spendings.view(),
			arms: [...this.arms].map(([arm, { answered, right }]): BoardArm => ({ arm, answered, right })),
			warnings: [...this.warnings.values()],
			paused: this.paused,
			startedAt: this.startedAt,
			lastAt: this.lastAt,
			activeMs: this.clock.activeMs,
			events: this.events,
			end: this.end,
		};
	}

	private take(event: RunEvent): void {
		switch (event.type) {
			case 'run.started':
				this.begin(event);
				break;
			case 'run.finished':
				this.end = { status: event.status, message: event.message };
				this.paused = false;
				break;
			case 'run.paused':
			case 'run.resumed':
				this.paused = event.type === 'run.paused';
				break;
			case 'problem.started':
				this.started(event);
				break;
			case 'problem.finished':
				this.finished(event);
				break;
			case 'epoch.finished': {
				const epoch = this.epochAt(event.epoch);
				epoch.finished = true;
				epoch.experiences = event.experiences;
				break;
			}
			case 'evaluated': {
				const { split, epoch, accuracy, n } = event;
				this.evaluations.set(`${split}/${epoch}`, { split, epoch, accuracy, n });
				break;
			}
			case 'library.changed':
				this.changed(event);
				break;
			case 'distilled':
				if (!event.kept) this.drop(event);
				break;
			case 'sample':
				this.answered(event);
				break;
			case 'model.call':
				this.spendings.add(event);
				break;
			case 'warning':
				this.warn(event.code, event.message);
				break;
			default:
		}
	}

	private begin({ kind, set, problems, epochs, at }: Extract<RunEvent, { type: 'run.started' }>): void {
		this.kind = kind;
		this.set = set;
		this.problems = problems;
		this.planned = epochs;
		this.startedAt ??= at;
		this.end = undefined;
		this.paused = false;
	}

	private started({ problem, epoch, arm }: Extract<RunEvent, { type: 'problem.started' }>): void {
		if (arm !== undefined) return;
		const { states } = this.epochAt(epoch);
		// A resumed run begins anew what it had not finished.
		if (!states.has(problem)) states.set(problem, 'r');
	}

	private finished(event: Extract<RunEvent, { type: 'problem.finished' }>): void {
		const epoch = this.epochAt(event.epoch);
		const before = epoch.states.get(event.problem);
		if (before !== undefined && before !== 'r' && before !== '.') return;
		epoch.states.set(event.problem, event.firstAttempt ? 'a' : event.solved ? 'b' : 'x');
		epoch.done++;
		if (event.firstAttempt) epoch.firstAttempt++;
		if (event.solved) epoch.solved++;
		this.growth.problemDone(this.learned.size);
	}

	private changed(event: Extract<RunEvent, { type: 'library.changed' }>): void {
		const { seq, at, op, id, rev, reason, problem = '' } = event;
		this.byOp[op] = (this.byOp[op] ?? 0) + 1;
		if (op !== 'discard') this.learned.add(id);
		this.growth.grew(this.learned.size);
		this.changes.push({ seq, at, op, id, rev, reason, problem });
		if (this.changes.length > mostChanges) this.changes.shift();
	}

	private drop({ seq, at, reason = '', problem }: Extract<RunEvent, { type: 'distilled' }>): void {
		this.droppedCount++;
		this.dropped.push({ seq, at, reason, problem });
		if (this.dropped.length > mostDropped) this.dropped.shift();
	}

	private answered({ arm = '', seed, rollout, problem, verdict }: Extract<RunEvent, { type: 'sample' }>): void {
		const own = this.arms.get(arm) ?? { answered: 0, right: 0, seen: new Map<string, boolean>() };
		this.arms.set(arm, own);
		const key = `${seed}/${rollout}/${problem}`;
		if (own.seen.has(key)) return;
		const right = verdict === 'correct';
		own.seen.set(key, right);
		own.answered++;
		if (right) own.right++;
	}

	/** Of the arm with experience, or of the first one where that is not asked; with several answers, the first. */
	private benchStates(): ReadonlyMap<string, ProblemState> {
		const arm = this.arms.get('flex') ?? [...this.arms.values()][0];
		const states = new Map<string, ProblemState>();
		for (const [key, right] of arm?.seen ?? []) {
			const problem = key.replace(/^\d+\/\d+\//u, '');
			if (!states.has(problem)) states.set(problem, right ? 'a' : 'x');
		}
		return states;
	}

	private warn(code: string, message: string): void {
		const key = this.warnings.has(message) || this.warnings.size < mostWarnings ? message : '…';
		const known = this.warnings.get(key);
		const shown = key === '…' ? 'Further warnings of other kinds.' : message;
		this.warnings.set(key, { code, message: shown, count: (known?.count ?? 0) + 1 });
	}

	private epochAt(index: number): Epoch {
		while (this.epochs.length <= index) {
			this.epochs.push({
				...{ states: new Map(), firstAttempt: 0, solved: 0, done: 0, finished: false, experiences: undefined },
			});
		}
		const epoch = this.epochs[index];
		if (!epoch) throw new RangeError(`There is no epoch ${index}.`);
		return epoch;
	}
}

function epochView({ firstAttempt, solved, done, finished, experiences }: Epoch, epoch: number): BoardEpoch {
	return { epoch, problems: done, firstAttempt, solved, finished, experiences };
}
