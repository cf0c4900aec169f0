/** Experiences for tests, said in a few words. */
import {
	blankExperience,
	type Case,
	type Experience,
	type Pattern,
	type Source,
} from '../../src/core/experience/experience.js';

const source: Source = { set: 'routing', problem: 'p1' };

export function experience(id: string, more: Partial<Experience> = {}): Experience {
	return blankExperience(id, {
		zone: 'warning',
		title: id,
		domains: ['routing'],
		origin: { set: 'routing', run: 'RUN', model: 'fake' },
		createdAt: '2026-01-01T00:00:00.000Z',
		updatedAt: '2026-01-01T00:00:00.000Z',
		...more,
	});
}

/** An experience that is a rule: its condition, what to do, and who taught it. */
export function rule(id: string, when: string, strategy: string, more: Partial<Experience> = {}): Experience {
	const sources = [{ set: 'routing', problem: id }];
	return experience(id, { when: { text: when, sources }, strategy: { text: strategy, sources }, ...more });
}

export function solvedCase(question: string, answer: string, more: Partial<Case> = {}): Case {
	return { id: question.slice(0, 8), question, answer, outcome: 'correct', sources: [source], ...more };
}

export function pattern(text: string, more: Partial<Pattern> = {}): Pattern {
	return { id: text.slice(0, 8), rule: text, examples: [], sources: [source], ...more };
}
