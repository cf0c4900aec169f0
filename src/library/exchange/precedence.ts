/** Which of two versions of an experience counts, so that both sides of a team decide alike. */
import type { Experience } from '../../core/experience/experience.js';
import { canonicalJson } from '../../core/models/canonicalJson.js';

/** The higher revision; of equal ones the later, then the greater text, so that both sides of a team decide alike. */
export function isAhead(theirs: Experience, ours: Experience): boolean {
	if (theirs.rev !== ours.rev) return theirs.rev > ours.rev;
	if (theirs.updatedAt !== ours.updatedAt) return theirs.updatedAt > ours.updatedAt;
	return content(theirs) > content(ours);
}

/** What an experience says, without its place in a library. */
export function content(experience: Experience): string {
	const { title, zone, when, strategy, patterns, cases, domains, scope, links } = experience;
	return canonicalJson({ title, zone, when, strategy, patterns, cases, domains, scope, links });
}
