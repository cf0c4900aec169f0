/** Model calls as the engine makes them: cached, within budget, limited, counted, and reported. */
import { type ChatAnswer, type ChatModel, type ChatRequest, ModelError, type ModelRole } from './chatModel.js';
import type { Ledger } from './ledger.js';
import type { Limiter } from './limiter.js';
import { onAbort } from './onAbort.js';
import type { PauseGate } from './pause.js';
import { cacheKey, type RequestCache } from './requestCache.js';
import { systemTime, type Time } from './time.js';
import { estimatePrompt } from './tokenEstimate.js';

/** What one call was; the body of the event `model.call`. Of a cached one, the tokens are those once paid. */
export interface ModelCallReport {
	readonly role: ModelRole;
	readonly model: string;
	readonly tokensIn: number;
	readonly tokensOut: number;
	readonly ms: number;
	readonly cached: boolean;
	/** Null where the model has no price; 0 for a cached call. */
	readonly cost: number | null;
}

export interface CalledAnswer extends ChatAnswer {
	readonly cached: boolean;
}

export interface ModelCalls {
	readonly model: ChatModel;
	/**
	 * The answer to `request`; when it resolves, the answer is in the cache.
	 * @throws {ModelError | BudgetError | CacheError}
	 */
	complete(request: ChatRequest, signal: AbortSignal): Promise<CalledAnswer>;
}

export interface ModelCallPorts {
	readonly model: ChatModel;
	readonly role: ModelRole;
	readonly cache: RequestCache;
	/** One for all roles that share an endpoint's limits. */
	readonly limiter: Limiter;
	readonly ledger: Ledger;
	/** While it is closed no call goes to the model; answers of the cache pass. */
	readonly pause?: PauseGate | undefined;
	readonly onCall?: (report: ModelCallReport) => void;
	readonly time?: Pick<Time, 'now'>;
}

/** `model` for one role; two identical requests under way at once are one call. */
export function callable(ports: ModelCallPorts): ModelCalls {
	const { model, role, cache, ledger, onCall, time = systemTime } = ports;
	const underWay = new Map<string, SharedCall<ChatAnswer>>();

	const fromCache = (answer: ChatAnswer, since: number): CalledAnswer => {
		ledger.addCached(role, model.id);
		onCall?.({ role, model: model.id, ...tokensOf(answer), ms: time.now() - since, cached: true, cost: 0 });
		return { ...answer, cached: true };
	};

	return {
		model,
		async complete(request, signal) {
			if (signal.aborted) throw cancelled();
			const since = time.now();
			const key = cacheKey(request, model);
			const other = underWay.get(key);
			if (other?.open) return fromCache(await other.join(signal), since);
			// Taken before the first wait, so that nobody else begins the same call meanwhile.
			let cached = false;
			const call = new SharedCall(async (shared) => {
				const known = await cache.get(key);
				cached = known !== undefined;
				return known ?? pay(ports, key, request, shared);
			});
			underWay.set(key, call);
			const forget = (): void => {
				if (underWay.get(key) === call) underWay.delete(key);
			};
			call.result.then(forget, forget);
			const answer = await call.join(signal);
			return cached ? fromCache(answer, since) : { ...answer, cached: false };
		},
	};
}

/** A call that goes to the model: not in a pause, within the budget, limited, kept, counted, reported, in this order. */
async function pay(ports: ModelCallPorts, key: string, request: ChatRequest, signal: AbortSignal): Promise<ChatAnswer> {
	const { model, role, cache, limiter, ledger, pause, onCall, time = systemTime } = ports;
	await pause?.pass(signal);
	ledger.check(model.id);
	const ask = async (): Promise<ChatAnswer> => {
		// Again here: while this call waited for its place, a pause may have begun, or others have used up the budget.
		await pause?.pass(signal);
		const call = ledger.start(role, model.id);
		const since = time.now();
		try {
			const answer = await model.complete(request, signal);
			const ms = time.now() - since;
			try {
				await cache.put(key, answer);
			} finally {
				// Spent, even where it could not be kept.
				const cost = call.finish(answer.usage, ms);
				onCall?.({ role, model: model.id, ...tokensOf(answer), ms, cached: false, cost });
			}
			return answer;
		} finally {
			call.abandon();
		}
	};
	const tokens = estimatePrompt(request.messages) + (request.maxTokens ?? 0);
	return limiter.run(ask, { signal, tokens, measure: ({ usage }) => usage.tokensIn + usage.tokensOut });
}

/** One piece of work for several who wait; it is stopped when all of them have gone. */
class SharedCall<T> {
	readonly result: Promise<T>;
	private readonly controller = new AbortController();
	private waiting = 0;

	constructor(work: (signal: AbortSignal) => Promise<T>) {
		this.result = work(this.controller.signal);
	}

	/** False once everybody left: who comes now must begin anew. */
	get open(): boolean {
		return !this.controller.signal.aborted;
	}

	join(signal: AbortSignal): Promise<T> {
		this.waiting++;
		return new Promise((resolve, reject) => {
			const leave = (): void => {
				if (--this.waiting === 0) this.controller.abort();
				reject(cancelled());
			};
			const forget = onAbort(signal, leave);
			this.result.finally(forget).then(resolve, reject);
		});
	}
}

function tokensOf({ usage }: ChatAnswer): Pick<ModelCallReport, 'tokensIn' | 'tokensOut'> {
	return { tokensIn: usage.tokensIn, tokensOut: usage.tokensOut };
}

function cancelled(): ModelError {
	return new ModelError('cancelled', 'The model call was cancelled.');
}
