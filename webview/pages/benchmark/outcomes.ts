/** The outcomes of a benchmark, read problem by problem: what was gained, what was lost, and how each is called. */
import type { OutcomeMatrix } from '../../../src/protocol/benchmarks.js';
import { t } from '../../words.js';

/** `+` right, `-` wrong, `!` unusable, `.` not answered. */
export type Outcome = '+' | '-' | '!' | '.';

export type OutcomeFilter = 'all' | 'gained' | 'lost' | 'both wrong';
export const outcomeFilters: readonly OutcomeFilter[] = ['all', 'gained', 'lost', 'both wrong'];

/** The two arms that are held against each other: gained is what `ours` alone solved, lost what `against` alone did. */
export interface Duel {
	readonly ours: string;
	readonly against: string;
}

/** From what experience must beat to what it is; others stand before the last two. */
const order = ['llm', 'icl', 'icl-similar', 'placebo', 'majority', 'nearest', 'agent'];
const last = ['flex-agent', 'flex'];

/** Arms in the order in which they are read: what is measured against first, experience last. */
export function inOrder<T>(items: readonly T[], armOf: (item: T) => string): readonly T[] {
	const rank = (arm: string): number => {
		if (last.includes(arm)) return 100 + last.indexOf(arm);
		return order.includes(arm) ? order.indexOf(arm) : order.length;
	};
	return items.toSorted((a, b) => rank(armOf(a)) - rank(armOf(b)));
}

/** Experience against the model alone, or the nearest to it that was measured; undefined with fewer than two arms. */
export function usualDuel(arms: readonly string[], against = ''): Duel | undefined {
	const sorted = inOrder(arms, (arm) => arm);
	const ours = sorted.at(-1);
	if (ours === undefined || sorted.length < 2) return undefined;
	const others = sorted.filter((arm) => arm !== ours);
	const usual = ours === 'flex-agent' && others.includes('agent') ? 'agent' : others[0];
	return { ours, against: others.includes(against) ? against : (usual ?? '') };
}

export function outcomeAt({ cells }: OutcomeMatrix, arm: string, at: number): Outcome {
	const sign = cells[arm]?.[at];
	return sign === '+' || sign === '-' || sign === '!' ? sign : '.';
}

/** Positions of the problems that the filter lets through, in order. */
export function passing(matrix: OutcomeMatrix, duel: Duel | undefined, filter: OutcomeFilter): readonly number[] {
	const all = matrix.problems.map((_, at) => at);
	if (filter === 'all' || !duel) return all;
	return all.filter((at) => kindOf(matrix, duel, at) === filter);
}

/** Undefined where both are right, or one of them has no answer. */
export function kindOf(
	matrix: OutcomeMatrix,
	{ ours, against }: Duel,
	at: number,
): Exclude<OutcomeFilter, 'all'> | undefined {
	const [mine, other] = [outcomeAt(matrix, ours, at), outcomeAt(matrix, against, at)];
	if (mine === '.' || other === '.') return undefined;
	if (mine === '+') return other === '+' ? undefined : 'gained';
	return other === '+' ? 'lost' : 'both wrong';
}

export function tally(matrix: OutcomeMatrix, duel: Duel | undefined): Readonly<Record<OutcomeFilter, number>> {
	const counts = { all: matrix.problems.length, gained: 0, lost: 0, 'both wrong': 0 };
	if (!duel) return counts;
	for (let at = 0; at < counts.all; at++) {
		const kind = kindOf(matrix, duel, at);
		if (kind) counts[kind]++;
	}
	return counts;
}

export function outcomeWord(outcome: Outcome): string {
	const words = { '+': t('right'), '-': t('wrong'), '!': t('unusable answer'), '.': t('not answered') };
	return words[outcome];
}

export function filterWord(filter: OutcomeFilter): string {
	const words = { all: t('All'), gained: t('Gained'), lost: t('Lost'), 'both wrong': t('Both wrong') };
	return words[filter];
}

/** An arm's name for people; its own where none is known. */
export function nameOf(names: Readonly<Record<string, string>>, arm: string): string {
	return names[arm] ?? arm;
}
