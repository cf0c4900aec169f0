/** How worked examples end: in the answer, once, as the instructions of their kind ask for it. */
import { describe, expect, it } from 'vitest';
import { blankExperience } from '../../../src/core/experience/experience.js';
import { answerForm } from '../../../src/core/learning/actor.js';
import { solvedCase } from '../../builders/experiences.js';
import { problemSet } from '../../builders/problems.js';

function shown(kind: string, answer: string, solution?: string): string {
	const set = problemSet([], { kind, answerSpace: undefined });
	return answerForm(set)({ ...solvedCase('a question', answer), solution }, blankExperience('e'));
}

describe('a worked example', () => {
	it('of a closed set is its label', () => {
		expect(answerForm(problemSet([], {}))(solvedCase('q', 'North'), blankExperience('e'))).toBe('North');
	});

	it('ends in the answer that the set has', () => {
		expect(shown('math', '42')).toBe('Answer: 42');
		expect(shown('math', '42', '6 times 7 is 42.\n#### 42')).toBe('6 times 7 is 42.\n#### 42\nAnswer: 42');
		expect(shown('code', 'const one = () => 1;')).toBe('```js\nconst one = () => 1;\n```');
	});

	it('of a question without a kind has the plain form', () => {
		expect(shown('free', '42')).toBe('Answer: 42');
	});

	it.each([
		['math', '42', '6 times 7.\nAnswer: 42'],
		['math', '1/2', 'So the **answer is** $\\boxed{0.5}$'],
		['fitness', '(f) => f.a', 'Answer: (f) => f.a'],
		['code', '  return 1;\n}', 'Here it is:\n```js\nconst one = () => 1;\n```'],
	])(
		'of the kind %s says its answer %s once, where the attempt that was right ends in it',
		(kind, answer, solution) => {
			expect(shown(kind, answer, solution)).toBe(solution);
		},
	);
});
