/** Counts what the events of a run say: how far it is, what it found, what it cost. */
import type { RunEvent } from '../core/learning/events.js';

export interface Accuracy {
	/** `first attempt`, `in the end`, or the name of an arm. */
	readonly name: string;
	readonly right: number;
	readonly n: number;
}

/** A problem that was not solved, and the arms that got it wrong: none in a training, which has one attempt at a time. */
export interface WrongProblem {
	readonly problem: string;
	readonly arms: readonly string[];
}

/** Each once, in order. */
export type Warnings = readonly { readonly code: string; readonly message: string; readonly count: number }[];

type Finished = Pick<Extract<RunEvent, { type: 'problem.finished' }>, 'problem' | 'epoch' | 'firstAttempt' | 'solved'>;

/** Counts what the events of a run say, from its first one. */
export class RunTally {
	set = '';
	problems = 0;
	startedAt: string | undefined;
	lastAt: string | undefined;
	end: Extract<RunEvent, { type: 'run.finished' }> | undefined;
	/** What the regression gate said, where there is one. */
	gate: Extract<RunEvent, { type: 'gate' }> | undefined;
	calls = 0;
	cachedCalls = 0;
	tokensIn = 0;
	tokensOut = 0;
	kept = 0;
	dropped = 0;
	readonly changes = new Map<string, number>();
	readonly experiences = new Set<string>();
	private readonly told = new Map<string, { code: string; message: string; count: number }>();
	private readonly finished = new Map<string, Finished>();
	private readonly samples = new Map<string, { problem: string; arm: string; right: boolean }>();
	private activeMs = 0;
	private since: string | undefined;

	add(event: RunEvent): void {
		this.count(event);
		this.lastAt = event.at;
	}

	get done(): number {
		return this.finished.size + this.samples.size;
	}

	/** Without its pauses. @param now of a run that goes on: until when its last part is counted */
	durationMs(now: number | undefined): number {
		return this.activeMs + (this.since === undefined ? 0 : between(this.since, now ?? this.lastAt));
	}

	warnings(): Warnings {
		return [...this.told.values()];
	}

	accuracy(): readonly Accuracy[] {
		const arms = new Map<string, { right: number; n: number }>();
		for (const { arm, right } of this.samples.values()) {
			const own = arms.get(arm) ?? { right: 0, n: 0 };
			arms.set(arm, { right: own.right + (right ? 1 : 0), n: own.n + 1 });
		}
		return [...this.training(), ...[...arms].map(([name, counts]) => ({ name, ...counts }))];
	}

	/** Of a training, in its last epoch that began; else whatever an arm got wrong, with any seed. */
	wrong(): readonly WrongProblem[] {
		const arms = new Map<string, Set<string>>();
		for (const { problem, arm, right } of this.samples.values()) {
			if (!right) arms.set(problem, (arms.get(problem) ?? new Set()).add(arm));
		}
		const unsolved = this.lastEpoch().filter(({ solved }) => !solved);
		return [
			...unsolved.map(({ problem }) => ({ problem, arms: [] })),
			...[...arms].map(([problem, names]) => ({ problem, arms: [...names] })),
		];
	}

	private lastEpoch(): readonly Finished[] {
		const all = [...this.finished.values()];
		const latest = all.reduce((most, { epoch }) => Math.max(most, epoch), 0);
		return all.filter(({ epoch }) => epoch === latest);
	}

	private training(): readonly Accuracy[] {
		const own = this.lastEpoch();
		if (own.length === 0) return [];
		return [
			{ name: 'first attempt', right: own.filter(({ firstAttempt }) => firstAttempt).length, n: own.length },
			{ name: 'in the end', right: own.filter(({ solved }) => solved).length, n: own.length },
		];
	}

	private count(event: RunEvent): void {
		switch (event.type) {
			case 'run.started':
				// A run that was killed says nothing at its end: its last event stands for that.
				this.rest(this.lastAt);
				this.set = event.set;
				this.problems = event.problems;
				this.startedAt ??= event.at;
				this.since = event.at;
				this.end = undefined;
				break;
			case 'run.paused':
				this.rest(event.at);
				break;
			case 'run.resumed':
				this.since ??= event.at;
				break;
			case 'run.finished':
				this.end = event;
				this.rest(event.at);
				break;
			case 'problem.finished':
				this.finished.set(`${event.epoch}/${event.problem}`, event);
				break;
			case 'sample':
				this.samples.set(`${event.arm ?? ''}/${event.seed}/${event.rollout}/${event.problem}`, {
					problem: event.problem,
					arm: event.arm ?? '',
					right: event.verdict === 'correct',
				});
				break;
			case 'model.call':
				this.call(event);
				break;
			case 'distilled':
				if (event.kept) this.kept++;
				else this.dropped++;
				break;
			case 'library.changed':
				this.changes.set(event.op, (this.changes.get(event.op) ?? 0) + 1);
				if (event.op !== 'discard') this.experiences.add(event.id);
				break;
			case 'gate':
				this.gate = event;
				break;
			case 'warning':
				this.warn(event.code, event.message);
				break;
			default:
		}
	}

	private call({ cached, tokensIn, tokensOut }: Extract<RunEvent, { type: 'model.call' }>): void {
		this.calls++;
		if (cached) {
			this.cachedCalls++;
			return;
		}
		this.tokensIn += tokensIn;
		this.tokensOut += tokensOut;
	}

	private warn(code: string, message: string): void {
		const known = this.told.get(message);
		if (known) known.count++;
		else this.told.set(message, { code, message, count: 1 });
	}

	/** Counts what was done until then, and nothing from there on. */
	private rest(at: string | undefined): void {
		if (this.since !== undefined && at !== undefined) this.activeMs += between(this.since, at);
		this.since = undefined;
	}
}

function between(from: string, to: string | number | undefined): number {
	const end = typeof to === 'number' ? to : Date.parse(to ?? from);
	return Math.max(0, end - Date.parse(from)) || 0;
}
