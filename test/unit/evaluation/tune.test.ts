import { describe, expect, it } from 'vitest';
import { bestOf, noGain, type TuneResult, tuneCandidates } from '../../../src/core/evaluation/tune.js';

const grid = tuneCandidates(1500, 0.1);

/** Results of 20 problems for each way, by its arm and in the grid's order. */
function measured(solved: Readonly<Record<string, readonly number[]>>): readonly TuneResult[] {
	const left = new Map(Object.entries(solved).map(([arm, counts]) => [arm, [...counts]]));
	return grid.map((candidate, index) => {
		return { candidate, n: 20, solved: left.get(candidate.arm)?.shift() ?? 0, tokens: 100 + index };
	});
}

describe('tuning', () => {
	it('asks the model alone, too, and keeps the best way with experience', () => {
		const results = measured({ flex: [3, 9, 9, 2], 'icl-similar': [4, 5], llm: [7] });
		expect(bestOf(results, 'flex')?.candidate.name).toBe('kind named, 8 cases');
		expect(bestOf(results, 'llm')).toMatchObject({ solved: 7, candidate: { name: 'the model alone' } });
		expect(noGain(results)).toBeUndefined();
	});

	it.each([9, 12])('says where no way with experience solved more than the model alone (%i)', (alone) => {
		const results = measured({ flex: [3, 9, 9, 2], llm: [alone] });
		expect(noGain(results)).toMatchObject({ flex: { solved: 9 }, alone: { solved: alone } });
	});
});
