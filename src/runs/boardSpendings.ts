/** What each role of a run spent, counted from its model calls. */
import type { RunEvent } from '../core/learning/events.js';
import type { BoardSpending } from '../core/learning/runBoardView.js';

type Call = Extract<RunEvent, { type: 'model.call' }>;

interface Spent {
	readonly role: Call['role'];
	readonly model: string;
	calls: number;
	cached: number;
	tokensIn: number;
	tokensOut: number;
	/** Undefined once a paid call had no known price. */
	cost: number | undefined;
	/** Milliseconds of a sample of the paid calls: every `every`-th of them. */
	times: number[];
	every: number;
}

/** More tell no more of a median. */
const mostTimes = 500;

export class BoardSpendings {
	private readonly byRole = new Map<string, Spent>();

	add({ role, model, cached, tokensIn, tokensOut, ms, cost }: Call): void {
		const key = `${role}/${model}`;
		const own = this.byRole.get(key) ?? blank(role, model);
		this.byRole.set(key, own);
		own.calls++;
		if (cached) {
			own.cached++;
			return;
		}
		own.tokensIn += tokensIn;
		own.tokensOut += tokensOut;
		own.cost = own.cost === undefined || cost === null ? undefined : own.cost + cost;
		if ((own.calls - own.cached) % own.every !== 0) return;
		own.times.push(ms);
		if (own.times.length <= mostTimes) return;
		own.times = own.times.filter((_, index) => index % 2 === 0);
		own.every *= 2;
	}

	view(): readonly BoardSpending[] {
		return [...this.byRole.values()].map(({ role, model, calls, cached, tokensIn, tokensOut, cost, times }) => ({
			...{ role, model, calls, cachedCalls: cached, tokensIn, tokensOut },
			medianMs: medianOf(times),
			cost: calls === cached ? undefined : cost,
		}));
	}
}

function blank(role: Call['role'], model: string): Spent {
	return { role, model, calls: 0, cached: 0, tokensIn: 0, tokensOut: 0, cost: 0, times: [], every: 1 };
}

function medianOf(times: readonly number[]): number | undefined {
	return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
}
