/** What is known of an experience's worth, in the terminal. */
import { fewestPairs } from '../core/retrieval/utility.js';
import type { ExperienceEvidence } from '../runs/utilities.js';
import { counted } from './page.js';

/** The verdict with its figures, and where it comes from. */
export function evidenceLine({ basis, utility, effect, verdict, withheld }: ExperienceEvidence): string {
	const words: Readonly<Record<ExperienceEvidence['verdict'], string>> = {
		helps: 'helps',
		hurts: 'hurts',
		'no evidence': 'no evidence either way',
		unknown: `too little to say (it takes ${fewestPairs})`,
	};
	const interval = basis === 'withheld' ? withheld?.interval : utility.interval;
	const range = interval ? `, 95 % ${interval.map(points).join(' to ')}` : '';
	return `${words[verdict]}: ${points(effect)} points${range}; ${countsOf({ basis, utility, withheld })}`;
}

/** What random withholding says, where it is not what the verdict comes from. */
export function withheldLine({ basis, withheld }: ExperienceEvidence): string | undefined {
	if (!withheld || basis === 'withheld') return undefined;
	return `In trainings ${countsOf({ basis: 'withheld', withheld })}.`;
}

function countsOf(
	evidence: Pick<ExperienceEvidence, 'basis' | 'withheld'> & Partial<Pick<ExperienceEvidence, 'utility'>>,
): string {
	const { basis, utility, withheld } = evidence;
	if (basis === 'withheld' || !utility) {
		const { givenSolved = 0, given = 0, withheldSolved = 0, withheld: without = 0 } = withheld ?? {};
		return `${givenSolved} of ${given} solved where it was given, ${withheldSolved} of ${without} where it was withheld at random`;
	}
	const without = basis === 'replays' ? 'without it alone' : 'without any';
	return `${utility.helped} of ${counted(utility.pairs, 'problem')} solved only with it, ${utility.hurt} only ${without}`;
}

function points(share: number): string {
	const value = Math.round(100 * share);
	return value > 0 ? `+${value}` : String(value).replace('-', '−');
}
