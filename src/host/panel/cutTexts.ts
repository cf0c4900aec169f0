/** Texts of any length as the panel can show them: nobody reads a megabyte in a panel, and no page survives many. */
import type { Case, Experience, Pattern, SourcedText } from '../../core/experience/experience.js';

/** Characters of one text. */
export const longestShown = 20_000;

/** The experience with long texts cut, and whether any was. */
export function cutExperience(experience: Experience): { readonly shown: Experience; readonly cut: boolean } {
	let cut = false;
	const short = (text: string): string => {
		if (text.length <= longestShown) return text;
		cut = true;
		return `${text.slice(0, longestShown)}…`;
	};
	const sourced = ({ text, sources }: SourcedText): SourcedText => ({ text: short(text), sources });
	const pattern = ({ rule, examples, ...rest }: Pattern): Pattern => ({
		...rest,
		rule: short(rule),
		examples: examples.map(short),
	});
	const item = ({ question, answer, solution, ...rest }: Case): Case => ({
		...rest,
		question: short(question),
		answer: short(answer),
		...(solution === undefined ? {} : { solution: short(solution) }),
	});
	const { original: _, ...origin } = experience.origin;
	const shown: Experience = {
		...experience,
		title: short(experience.title),
		when: sourced(experience.when),
		strategy: sourced(experience.strategy),
		patterns: experience.patterns.map(pattern),
		cases: experience.cases.map(item),
		origin,
	};
	return { shown, cut };
}
