/** The majority vote over several samples of one problem (maj@n; self-consistency, Wang et al., 2023). */
import type { SampleRecord } from '../learning/runLog.js';

interface Group {
	count: number;
	/** The first sample that gave the answer, and whether it was right. */
	first: number;
	right: boolean;
}

/**
 * Counts equal answers; a tie goes to the answer that was given first, by the number of its sample. Answers are equal
 * when they are written alike but for case and white space: to ask the grader would tell the vote what is right.
 * Samples without an answer have no vote.
 */
export class MajorityVote {
	private readonly groups = new Map<string, Group>();

	add({ answer, verdict, sample = 0 }: Pick<SampleRecord, 'answer' | 'verdict' | 'sample'>): void {
		if (answer === undefined) return;
		const key = written(answer);
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

function written(answer: string): string {
	return answer.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase();
}
