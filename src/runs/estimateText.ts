/** An estimate in plain English: sentences as templates with numbers, so that an editor can show them in its language. */
import type { Estimate, Range } from './estimate.js';

/** `text` with `{0}`, `{1}`, … for `args`; texts stand in `estimateTexts`, to be translated. */
export interface EstimatePart {
	readonly about: 'calls' | 'tokens' | 'time' | 'cost' | 'cap';
	readonly text: string;
	readonly args: readonly (string | number)[];
}

interface Wording {
	/** One number: nothing is open. */
	readonly exact: string;
	/** The low end is next to nothing. */
	readonly upTo: string;
	readonly range: string;
	/** The two before with a likely value, {2}. */
	readonly upToLikely: string;
	readonly likely: string;
}

const amounts = {
	calls: {
		exact: '{0} model calls',
		upTo: 'up to {1} model calls',
		range: '{0} to {1} model calls',
		upToLikely: 'up to {1} model calls, likely about {2}',
		likely: '{0} to {1} model calls, likely about {2}',
	},
	requests: {
		exact: '{0} requests',
		upTo: 'up to {1} requests',
		range: '{0} to {1} requests',
		upToLikely: 'up to {1} requests, likely about {2}',
		likely: '{0} to {1} requests, likely about {2}',
	},
	tokens: {
		exact: '{0} tokens',
		upTo: 'up to {1} tokens',
		range: '{0} to {1} tokens',
		upToLikely: 'up to {1} tokens, likely about {2}',
		likely: '{0} to {1} tokens, likely about {2}',
	},
	seconds: {
		exact: 'about {0} seconds',
		upTo: 'up to {1} seconds',
		range: '{0} to {1} seconds',
		upToLikely: 'up to {1} seconds, likely about {2}',
		likely: '{0} to {1} seconds, likely about {2}',
	},
	minutes: {
		exact: 'about {0} minutes',
		upTo: 'up to {1} minutes',
		range: '{0} to {1} minutes',
		upToLikely: 'up to {1} minutes, likely about {2}',
		likely: '{0} to {1} minutes, likely about {2}',
	},
	hours: {
		exact: 'about {0} hours',
		upTo: 'up to {1} hours',
		range: '{0} to {1} hours',
		upToLikely: 'up to {1} hours, likely about {2}',
		likely: '{0} to {1} hours, likely about {2}',
	},
	/** {3} is the currency. */
	cost: {
		exact: 'about {0} {3}',
		upTo: 'up to {1} {3}',
		range: '{0} to {1} {3}',
		upToLikely: 'up to {1} {3}, likely about {2}',
		likely: '{0} to {1} {3}, likely about {2}',
	},
} as const satisfies Record<string, Wording>;

const remarks = {
	timeUnknown: 'time unknown: no run of this model was measured here yet',
	costUnknown: 'cost unknown: set the price of the model in flex.prices to see it',
	unbilled: 'no cost: the model runs on this machine',
	cap: 'it stops at the cap of {0} calls, and can then be resumed with a higher one',
} as const;

/** Every text that an estimate is put into words with. */
export const estimateTexts: readonly string[] = [
	...Object.values(amounts).flatMap((wording) => Object.values(wording)),
	...Object.values(remarks),
];

/** What a user reads of the estimate, in this order: calls, tokens, time, cost, and the cap where it may be reached. */
export function estimateParts(estimate: Estimate): readonly EstimatePart[] {
	const { unit, calls, tokens, likely, callCap } = estimate;
	return [
		{ about: 'calls', ...worded(amounts[unit], calls, likely?.calls, wholeNumber) },
		{ about: 'tokens', ...worded(amounts.tokens, tokens, likely?.tokens, wholeNumber) },
		timePart(estimate),
		costPart(estimate),
		...(callCap === undefined ? [] : [{ about: 'cap' as const, text: remarks.cap, args: [callCap] }]),
	];
}

/** The parts as English sentences. */
export function estimateText(estimate: Estimate): string {
	return estimateParts(estimate)
		.map(({ text, args }) => text.replace(/\{(\d)\}/gu, (_, place: string) => String(args[Number(place)] ?? '')))
		.map((text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`)
		.join(' ');
}

function timePart({ seconds, likely }: Estimate): EstimatePart {
	if (!seconds) return { about: 'time', text: remarks.timeUnknown, args: [] };
	const [unit, each] = unitOf(seconds[1]);
	const scaled: Range = [seconds[0] / each, seconds[1] / each];
	const centre = likely?.seconds === undefined ? undefined : likely.seconds / each;
	return { about: 'time', ...worded(amounts[unit], scaled, centre, unit === 'hours' ? oneDecimal : wholeNumber) };
}

function unitOf(seconds: number): readonly ['seconds' | 'minutes' | 'hours', number] {
	if (seconds < 90) return ['seconds', 1];
	return seconds < 90 * 60 ? ['minutes', 60] : ['hours', 3600];
}

function costPart({ cost, likely, currency = '' }: Estimate): EstimatePart {
	if (cost === undefined) return { about: 'cost', text: remarks.unbilled, args: [] };
	if (cost === 'unknown') return { about: 'cost', text: remarks.costUnknown, args: [] };
	const centre = typeof likely?.cost === 'number' ? likely.cost : undefined;
	return { about: 'cost', ...worded(amounts.cost, cost, centre, money, currency) };
}

type Direction = 'down' | 'up' | 'near';

/** Rounded outwards, so that the range stays true; @param shown a number as it is read */
function worded(
	wording: Wording,
	[low, high]: Range,
	likely: number | undefined,
	shown: (value: number, direction: Direction) => number,
	...more: readonly string[]
): Pick<EstimatePart, 'text' | 'args'> {
	const [from, to] = low === high ? [low, high] : [shown(low, 'down'), shown(high, 'up')];
	const about = likely === undefined ? from : Math.min(to, Math.max(from, shown(likely, 'near')));
	const args = [spelled(from), spelled(to), spelled(about), ...more];
	if (from === to) return { text: wording.exact, args };
	const fromNothing = from === 0;
	if (likely !== undefined) return { text: fromNothing ? wording.upToLikely : wording.likely, args };
	return { text: fromNothing ? wording.upTo : wording.range, args };
}

/** Two digits that count; below 100 all of them. */
function wholeNumber(value: number, direction: Direction): number {
	const step = value < 100 ? 1 : 10 ** (Math.floor(Math.log10(value)) - 1);
	return rounding[direction](value / step) * step;
}

function oneDecimal(value: number, direction: Direction): number {
	return rounding[direction](value * 10) / 10;
}

/** Cents, and below one cent two digits that count: small amounts are not shown as nothing. */
function money(value: number, direction: Direction): number {
	if (value <= 0) return 0;
	const digits = value >= 0.01 ? 2 : 1 - Math.floor(Math.log10(value));
	return Number((rounding[direction](value * 10 ** digits) / 10 ** digits).toFixed(digits));
}

const rounding: Readonly<Record<Direction, (value: number) => number>> = {
	down: Math.floor,
	up: Math.ceil,
	near: Math.round,
};

/** Thousands apart; at most the digits that rounding left. */
function spelled(value: number): string {
	return value.toLocaleString('en-US', { maximumFractionDigits: 12 });
}
