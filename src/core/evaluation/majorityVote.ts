/** The majority vote over several samples of one problem (maj@n; self-consistency, Wang et al., 2023). */
import type { SampleRecord } from '../learning/runLog.js';

interface Group {
	count: number;
	/** The first sample that gave the answer, and whether it was right. */
	first: number;
	right: boolean;
}

export type Vote = Pick<SampleRecord, 'answer' | 'canonical' | 'verdict' | 'sample'>;

/**
 * Counts equal answers; a tie goes to the answer that was given first, by the number of its sample. Answers are equal
 * when their canonical writings are, or where the kind has none, the answers but for white space. What is right has no
 * say in that. Samples without an answer have no vote.
 */
export class MajorityVote {
	private readonly groups = new Map<string, Group>();

	add({ answer, canonical, verdict, sample = 0 }: Vote): void {
		if (answer === undefined) return;
		const key = canonical ?? answer.normalize('NFC').trim().replace(/\s+/gu, ' ');
		const right = verdict === 'correct';
		const known = this.groups.get(key);
		if (!known) {
			this.groups.set(key, { count: 1, first: sample, right });
			return;
		}
		known.count++;
		// Samples come in the order in which they end, which is not that of their numbers.
		if (sample < known.first) Object.assign(known, { first: sample, right });
	}

	/** Whether the answer that won is right; false where there was none. */
	get isRight(): boolean {
		let best: Group | undefined;
		for (const group of this.groups.values()) {
			if (!best || group.count > best.count || (group.count === best.count && group.first < best.first)) best = group;
		}
		return best?.right ?? false;
	}
}
