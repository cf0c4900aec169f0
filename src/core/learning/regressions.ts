/** The regression gate: which problems were solved before a change of the library and are lost after it. */

/** `report` tells; `rollback` also brings the library back to the last state that passed. */
export const gateActions = ['off', 'report', 'rollback'] as const;
export type GateAction = (typeof gateActions)[number];

/** Which problems were solved, by id. */
export type Solved = ReadonlyMap<string, boolean>;

export interface Regressions {
	/** Problems that both states answered. */
	readonly compared: number;
	/** Solved before and not now, in the order of the problems. */
	readonly lost: readonly string[];
	/** Not solved before, and now. */
	readonly gained: readonly string[];
	readonly passed: boolean;
}

/** @param allowed lost problems that still pass; what was gained never makes up for them */
export function regressions(before: Solved, now: Solved, allowed: number): Regressions {
	const both = [...now.keys()].filter((problem) => before.has(problem));
	const lost = both.filter((problem) => before.get(problem) && !now.get(problem));
	const gained = both.filter((problem) => !before.get(problem) && now.get(problem));
	return { compared: both.length, lost, gained, passed: lost.length <= allowed };
}
