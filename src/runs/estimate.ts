/** What a run will take, as ranges: model calls, tokens, time and money, put together from its parts. */
import type { RunConfig } from '../core/learning/runConfig.js';
import type { ChatModel, ModelRole } from '../core/models/chatModel.js';
import { runsLocally } from '../core/models/runsLocally.js';
import { type PastCalls, weighedTokens } from './pastCalls.js';
import { roles } from './roles.js';

/** From the least that is possible to the most. */
export type Range = readonly [low: number, high: number];

export interface Amounts<Value> {
	readonly calls: Value;
	/** Read and written, together. */
	readonly tokens: Value;
	/** Absent where no past run of these models tells it. */
	readonly seconds?: Value;
	/** `unknown` where a billed model has no price; absent where all run on this machine, which nobody bills. */
	readonly cost?: Value | 'unknown';
}

/** What a run takes if nothing of it is in the cache yet; an answer that is, costs nothing. */
export interface Estimate extends Amounts<Range> {
	readonly kind: 'train' | 'bench' | 'learn';
	/** What a call is called: editors' models are rationed by requests. */
	readonly unit: 'calls' | 'requests';
	readonly problems: number;
	readonly tokensIn: Range;
	readonly tokensOut: Range;
	/** Of `cost`, where it is known. */
	readonly currency?: string;
	/** A guess within the ranges, where past runs of this set and these models give reason for one. */
	readonly likely?: Amounts<number>;
	/** The run's cap of model calls, where the run may reach it: it stops there and can be resumed. */
	readonly callCap?: number;
	/** How many past runs it rests on; 0 for what follows from the run's shape alone. */
	readonly pastRuns: number;
}

/** What an estimate must know of a model. */
export type ModelFacts = Pick<ChatModel, 'id' | 'contextTokens' | 'supports' | 'concurrency'>;
export type RoleFacts = Readonly<Partial<Record<ModelRole, ModelFacts>>>;

/** One kind of call that a run makes: totals over the run. */
export interface Work {
	readonly role: ModelRole;
	readonly calls: Range;
	readonly tokensIn: Range;
	readonly tokensOut: Range;
	/** Absent where there is no telling. */
	readonly likely?: Likely | undefined;
}

export interface Likely {
	readonly calls: number;
	readonly tokensIn: number;
	readonly tokensOut: number;
}

export interface EstimateRequest {
	readonly kind: Estimate['kind'];
	readonly problems: number;
	readonly config: RunConfig;
	readonly models?: RoleFacts | undefined;
	readonly past?: PastCalls | undefined;
}

/** The works of a run, added up and put into time and money. */
export function estimateOf(works: readonly Work[], request: EstimateRequest): Estimate {
	const { config, past } = request;
	const calls = total(works, (work) => work.calls);
	const tokensIn = total(works, (work) => work.tokensIn);
	const tokensOut = total(works, (work) => work.tokensOut);
	const price = pricing(works, request);
	const cap = config.budget.calls ?? undefined;
	const likely = likelyOf(works, price, past);
	const ids = billedIds(works, request);
	const cost = costOf(price, (side) => totals(works, side));
	return {
		kind: request.kind,
		unit: ids.some((id) => id.startsWith('vscode:')) ? 'requests' : 'calls',
		problems: request.problems,
		calls: whole(calls),
		tokens: whole([tokensIn[0] + tokensOut[0], tokensIn[1] + tokensOut[1]]),
		tokensIn: whole(tokensIn),
		tokensOut: whole(tokensOut),
		...(past?.msPerToken ? { seconds: secondsOf(tokensIn, tokensOut, past.msPerToken) } : {}),
		...(cost === undefined ? {} : { cost }),
		...(price.kind === 'known' ? { currency: price.currency } : {}),
		...(likely ? { likely } : {}),
		...(cap !== undefined && calls[1] > cap ? { callCap: cap } : {}),
		pastRuns: past?.runs ?? 0,
	};
}

/** The id that a role's model goes by: in events, and in `prices`. */
export function modelIdOf(role: ModelRole, { config, models }: Pick<EstimateRequest, 'config' | 'models'>): string {
	return models?.[role]?.id ?? config.models[role] ?? config.models.default;
}

/** What is known of the model of each role, by whoever opens them. @throws {ModelError} */
export async function roleFacts(config: RunConfig, open: (id: string) => Promise<ModelFacts>): Promise<RoleFacts> {
	const opened = await Promise.all(
		roles.map(async (role) => [role, await open(config.models[role] ?? config.models.default)] as const),
	);
	return Object.fromEntries(opened);
}

type Pricing =
	| { readonly kind: 'unbilled' }
	| { readonly kind: 'unknown' }
	| { readonly kind: 'known'; readonly currency: string; readonly cost: (work: Work, spent: Likely) => number };

function billedIds(works: readonly Work[], request: EstimateRequest): readonly string[] {
	const used = works.filter((work) => work.calls[1] > 0).map((work) => modelIdOf(work.role, request));
	return [...new Set(used)].filter((id) => !runsLocally(id) || id in request.config.prices);
}

function pricing(works: readonly Work[], request: EstimateRequest): Pricing {
	const { prices } = request.config;
	const billed = billedIds(works, request);
	if (billed.length === 0) return { kind: 'unbilled' };
	const [currency, ...others] = new Set(billed.map((id) => prices[id]?.currency));
	if (currency === undefined || others.length > 0) return { kind: 'unknown' };
	return {
		kind: 'known',
		currency,
		cost: (work, { tokensIn, tokensOut }) => {
			const price = prices[modelIdOf(work.role, request)];
			if (!price) return 0;
			return (tokensIn * price.inputPerMillion + tokensOut * price.outputPerMillion) / 1_000_000;
		},
	};
}

type Side = 0 | 1;

function totals(works: readonly Work[], side: Side): readonly (readonly [Work, Likely])[] {
	return works.map((work) => [
		work,
		{ calls: work.calls[side], tokensIn: work.tokensIn[side], tokensOut: work.tokensOut[side] },
	]);
}

function costOf(
	price: Pricing,
	spent: (side: Side) => readonly (readonly [Work, Likely])[],
): Range | 'unknown' | undefined {
	if (price.kind === 'unbilled') return undefined;
	if (price.kind === 'unknown') return 'unknown';
	const at = (side: Side): number => sum(spent(side).map(([work, amounts]) => price.cost(work, amounts)));
	return [at(0), at(1)];
}

function likelyOf(works: readonly Work[], price: Pricing, past: PastCalls | undefined): Amounts<number> | undefined {
	const spent: (readonly [Work, Likely])[] = [];
	for (const work of works) {
		if (!work.likely) return undefined;
		spent.push([work, work.likely]);
	}
	const tokensIn = sum(spent.map(([, likely]) => likely.tokensIn));
	const tokensOut = sum(spent.map(([, likely]) => likely.tokensOut));
	const cost = price.kind === 'known' ? sum(spent.map(([work, likely]) => price.cost(work, likely))) : undefined;
	const weighed = weighedTokens(tokensIn, tokensOut);
	return {
		calls: Math.round(sum(spent.map(([, likely]) => likely.calls))),
		tokens: Math.round(tokensIn + tokensOut),
		...(past?.msPerToken ? { seconds: Math.round((weighed * past.msPerToken.mean) / 1000) } : {}),
		...(price.kind === 'unknown' ? { cost: 'unknown' as const } : {}),
		...(cost === undefined ? {} : { cost }),
	};
}

function secondsOf(tokensIn: Range, tokensOut: Range, rate: NonNullable<PastCalls['msPerToken']>): Range {
	const low = (weighedTokens(tokensIn[0], tokensOut[0]) * rate.low) / 1000;
	const high = (weighedTokens(tokensIn[1], tokensOut[1]) * rate.high) / 1000;
	return whole([low, high]);
}

function total(works: readonly Work[], of: (work: Work) => Range): Range {
	return [sum(works.map((work) => of(work)[0])), sum(works.map((work) => of(work)[1]))];
}

export function sum(values: readonly number[]): number {
	return values.reduce((all, value) => all + value, 0);
}

function whole([low, high]: Range): Range {
	return [Math.floor(low), Math.ceil(high)];
}
