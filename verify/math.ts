/** How well the grader of `math` agrees with pairs of answers that were labelled by hand. */
import { readFileSync } from 'node:fs';
import { sameMath } from '../src/core/tasks/math/sameMath.js';
import { type Agreement, conclude } from './support/agreement.js';

interface LabelledPair {
	readonly expected: string;
	readonly given: string;
	readonly same: boolean;
	readonly note: string;
}

const pairs: readonly LabelledPair[] = readFileSync('test/fixtures/mathPairs.jsonl', 'utf8')
	.split('\n')
	.filter((line) => line !== '')
	.map((line) => JSON.parse(line));

function agreementOf(name: string, rest: number, same: boolean): Agreement {
	const chosen = pairs.filter((pair, at) => at % 2 === rest && pair.same === same);
	const wrong = chosen.filter(({ expected, given }) => sameMath(expected, given) !== same);
	// What the half for the report disagrees in is not to be looked at, or it would be one for development.
	const shown = rest === 0 ? wrong : [];
	return {
		name: `${name}, ${same ? 'the same' : 'different'}`,
		checked: chosen.length,
		disagreements: shown.map(({ expected, given, note }) => `${expected} | ${given} (${note})`),
		agreed: chosen.length - wrong.length,
	};
}

conclude([
	agreementOf('for development', 0, true),
	agreementOf('for development', 0, false),
	agreementOf('for the report', 1, true),
	agreementOf('for the report', 1, false),
]);
