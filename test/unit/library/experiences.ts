/** Builders for the library's tests: experiences and the changes that insert them. */
import { blankExperience, type Experience } from '../../../src/core/experience/experience.js';
import type { ChangeRequest } from '../../../src/core/experience/store.js';

/** An experience with `id` and the given fields; by default an active lesson of one problem. */
export function experience(id: string, fields: Partial<Experience> = {}): Experience {
	const sources = [{ set: 'tests', problem: `problem-${id}` }];
	return blankExperience(id, {
		title: `Lesson ${id}`,
		when: { text: `a problem like ${id}`, sources },
		strategy: { text: `do as ${id} says`, sources },
		patterns: [{ id: `p-${id}`, rule: `rule of ${id}`, examples: ['one', 'two'], sources }],
		cases: [{ id: `c-${id}`, question: `Question ${id}?`, answer: id, outcome: 'correct', sources }],
		domains: ['testing'],
		origin: { set: 'tests', run: 'run-1', model: 'scripted' },
		createdAt: '2026-01-01T00:00:00.000Z',
		updatedAt: '2026-01-01T00:00:00.000Z',
		...fields,
	});
}

export function insert(id: string, fields: Partial<Experience> = {}): ChangeRequest {
	return { change: { op: 'insert', experience: experience(id, fields) }, by: 'user' };
}
