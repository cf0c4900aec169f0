/** Time limits that a busy machine does not shorten: what other programs take of it is not counted. */

/** Where time is read, in milliseconds: what went by, and what this process had of the processor. */
export interface TimeSources {
	readonly passed: () => number;
	readonly processor: () => number;
}

const real: TimeSources = {
	passed: () => performance.now(),
	processor: () => {
		const { user, system } = process.cpuUsage();
		return (user + system) / 1000;
	},
};

/** What waits without working must come to an end, too: so much of the time that went by counts in any case. */
const leastShare = 0.1;

/**
 * Starts a watch. It gives the milliseconds that count since then: the processor time of this process, at most the time
 * that went by and at least a tenth of it. On an idle machine a thread at work gets what went by.
 */
export function ownTime({ passed, processor }: TimeSources = real): () => number {
	const [from, before] = [passed(), processor()];
	return () => {
		const went = passed() - from;
		return Math.max(leastShare * went, Math.min(went, processor() - before));
	};
}
