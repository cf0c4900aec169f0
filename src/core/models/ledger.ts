/** The ledger: what a run spent, by role and model, and the user's cap that stops it. */
import type { ModelRole, Usage } from './chatModel.js';
import { runsLocally } from './runsLocally.js';

/** Money for a million tokens, as the user gave it in `flex.prices`. */
export interface Price {
	readonly inputPerMillion: number;
	readonly outputPerMillion: number;
	readonly currency: string;
}

export type BudgetUnit = 'calls' | 'tokens' | 'cost' | 'minutes';

/** The most that a run may spend; an absent or null unit has no cap. Cost is in the currency of the prices. */
export type Budget = Readonly<Partial<Record<BudgetUnit, number | null | undefined>>>;

/** What was spent. Answers from the cache are counted in `cached` alone: they cost neither tokens nor time. */
export interface Spending {
	readonly calls: number;
	readonly cached: number;
	readonly tokensIn: number;
	readonly tokensOut: number;
	/** Sum over calls; calls side by side count each. */
	readonly seconds: number;
	/** Null: unknown, because a paid call had no price or the prices have several currencies. */
	readonly cost: number | null;
	/** Of `cost`, where there is one. */
	readonly currency?: string;
	/** True where some token counts are estimates. */
	readonly estimated: boolean;
}

export interface LedgerRow extends Spending {
	readonly role: ModelRole;
	readonly model: string;
}

/** The cap is reached, or can't be held; `used` is null where it is unknown. */
export class BudgetError extends Error {
	override readonly name = 'BudgetError';
	constructor(
		readonly unit: BudgetUnit,
		readonly used: number | null,
		readonly limit: number,
		message: string,
	) {
		super(message);
	}
}

/** A paid call under way: it holds its place in the cap until one of the two is called. */
export interface OpenCall {
	/** The call was answered after `ms`. Returns its cost, null where unknown. */
	finish(usage: Usage, ms: number): number | null;
	/** The call failed; nothing was spent. */
	abandon(): void;
}

export interface LedgerOptions {
	/** By model id. */
	readonly prices?: Readonly<Record<string, Price>>;
	readonly budget?: Budget;
	/** Milliseconds, of which a run leaves its pauses out; the cap in minutes counts from the ledger's making. */
	readonly now: () => number;
}

export class Ledger {
	private readonly rows = new Map<string, LedgerRow>();
	private readonly prices: ReadonlyMap<string, Price>;
	private readonly budget: Budget;
	private readonly startedAt: number;
	private underWay = 0;

	constructor(private readonly options: LedgerOptions) {
		this.prices = new Map(Object.entries(options.prices ?? {}));
		this.budget = options.budget ?? {};
		this.startedAt = options.now();
	}

	/** What one call to `model` costs; null where it has no price. */
	cost(model: string, usage: Usage): number | null {
		const price = this.prices.get(model);
		if (!price) return null;
		return (usage.tokensIn * price.inputPerMillion + usage.tokensOut * price.outputPerMillion) / 1_000_000;
	}

	/**
	 * Whether one more paid call to `model` is within the cap.
	 * @throws {BudgetError}
	 */
	check(model: string): void {
		const { calls, tokensIn, tokensOut } = this.total();
		const minutes = (this.options.now() - this.startedAt) / 60_000;
		this.checkUnit('calls', calls + this.underWay);
		this.checkUnit('tokens', tokensIn + tokensOut);
		this.checkUnit('minutes', minutes);
		this.checkCost(model);
	}

	/**
	 * Begins a paid call, within the cap.
	 * @throws {BudgetError}
	 */
	start(role: ModelRole, model: string): OpenCall {
		this.check(model);
		this.underWay++;
		let open = true;
		const close = (): boolean => {
			const was = open;
			open = false;
			if (was) this.underWay--;
			return was;
		};
		return {
			finish: (usage, ms) => {
				const cost = this.cost(model, usage);
				if (close()) this.add(role, model, paid(usage, ms, cost, this.prices.get(model)?.currency));
				return cost;
			},
			abandon: () => void close(),
		};
	}

	/** Counts an answer that came from the cache. */
	addCached(role: ModelRole, model: string): void {
		this.add(role, model, { ...nothing, cached: 1 });
	}

	/** By role and model, in order of first use. */
	all(): readonly LedgerRow[] {
		return [...this.rows.values()];
	}

	byRole(): ReadonlyMap<ModelRole, Spending> {
		const sums = new Map<ModelRole, Spending>();
		for (const row of this.rows.values()) sums.set(row.role, sum(sums.get(row.role) ?? nothing, row));
		return sums;
	}

	total(): Spending {
		return [...this.rows.values()].reduce(sum, nothing);
	}

	private add(role: ModelRole, model: string, spent: Spending): void {
		const key = `${role} ${model}`;
		this.rows.set(key, { ...sum(this.rows.get(key) ?? nothing, spent), role, model });
	}

	private checkUnit(unit: BudgetUnit, used: number): void {
		const limit = this.budget[unit];
		if (limit === undefined || limit === null || used < limit) return;
		const shown = Number.isInteger(used) ? used : used.toFixed(2);
		const message = `The cap of ${limit} ${unit} is reached (${shown} used); raise the setting budget.${unit} and resume the run.`;
		throw new BudgetError(unit, used, limit, message);
	}

	private checkCost(model: string): void {
		const limit = this.budget.cost;
		if (limit === undefined || limit === null || !this.billed(model)) return;
		const { cost } = [...this.rows.values()].filter((row) => this.billed(row.model)).reduce(sum, nothing);
		if (cost === null || !this.prices.has(model)) {
			const why = `The cap of ${limit} on cost can't be held: ${model} has no price in one currency with the rest`;
			throw new BudgetError('cost', null, limit, `${why}; set it in flex.prices, or cap flex.budget.calls instead.`);
		}
		this.checkUnit('cost', cost);
	}

	/** Nobody bills a model that runs on this machine, so a cap on cost need not know its price. */
	private billed(model: string): boolean {
		return this.prices.has(model) || !runsLocally(model);
	}
}

const nothing: Spending = {
	calls: 0,
	cached: 0,
	tokensIn: 0,
	tokensOut: 0,
	seconds: 0,
	cost: 0,
	estimated: false,
};

function paid(usage: Usage, ms: number, cost: number | null, currency: string | undefined): Spending {
	return {
		calls: 1,
		cached: 0,
		tokensIn: usage.tokensIn,
		tokensOut: usage.tokensOut,
		seconds: ms / 1000,
		cost,
		...(currency === undefined ? {} : { currency }),
		estimated: usage.estimated ?? false,
	};
}

function sum(a: Spending, b: Spending): Spending {
	const mixed = a.currency !== undefined && b.currency !== undefined && a.currency !== b.currency;
	const currency = a.currency ?? b.currency;
	return {
		calls: a.calls + b.calls,
		cached: a.cached + b.cached,
		tokensIn: a.tokensIn + b.tokensIn,
		tokensOut: a.tokensOut + b.tokensOut,
		seconds: a.seconds + b.seconds,
		cost: mixed || a.cost === null || b.cost === null ? null : a.cost + b.cost,
		...(currency === undefined ? {} : { currency }),
		estimated: a.estimated || b.estimated,
	};
}
