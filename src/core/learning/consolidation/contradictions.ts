/** Finds experiences that can't both be right: one question with two answers, one condition with two bare answers. */
import type { Case, Experience } from '../../experience/experience.js';
import { maskedQuestion } from '../../retrieval/experienceText.js';
import { conditionForm, exactForm, plainForm } from '../../retrieval/plainForm.js';
import { likeness } from './likeness.js';
import type { FoundPair } from './plan.js';

/** A strategy of no more words and characters is a bare answer. */
const wordsOfAnAnswer = 3;
const mostCharactersOfAnAnswer = 120;

interface Known {
	readonly experience: Experience;
	readonly item: Case;
}

/**
 * Pairs that contradict each other. Each experience is set against the first one that says otherwise, so that the number
 * of pairs grows with that of the experiences only.
 */
export function contradictionsIn(experiences: readonly Experience[]): readonly FoundPair[] {
	return [...otherAnswers(experiences), ...otherAdvice(experiences), ...otherZones(experiences)];
}

/** True for a strategy that is the label of a closed answer space, or as good as one. */
export function isBareAnswer({ strategy }: Experience): boolean {
	if (strategy.text.length > mostCharactersOfAnAnswer) return false;
	const words = plainForm(strategy.text).length;
	return words > 0 && words <= wordsOfAnAnswer;
}

function otherAnswers(experiences: readonly Experience[]): readonly FoundPair[] {
	const asked = new Map<string, Known[]>();
	const pairs = new Map<string, FoundPair>();
	for (const experience of experiences) {
		for (const item of experience.cases) {
			const question = maskedQuestion(item.question);
			if (question === '' || item.outcome === 'mixed') continue;
			const known = asked.get(question) ?? [];
			const other = known.find((one) => one.experience.id !== experience.id && contradict(one.item, item));
			if (other) {
				const why = `"${item.question.trim().slice(0, 80)}" is answered otherwise`;
				const pair = {
					a: other.experience,
					b: experience,
					similarity: likeness(other.experience, experience),
					reason: 'other-answer' as const,
					why,
				};
				pairs.set(`${pair.a.id} ${pair.b.id}`, pair);
			}
			// What is known already in the same words tells nothing new.
			if (!known.some((one) => one.item.outcome === item.outcome && answerOf(one.item) === answerOf(item))) {
				asked.set(question, [...known, { experience, item }]);
			}
		}
	}
	return [...pairs.values()];
}

/** Two right answers that differ, or one answer that is right here and wrong there. */
function contradict(a: Case, b: Case): boolean {
	const same = answerOf(a) === answerOf(b);
	if (a.outcome === b.outcome) return a.outcome === 'correct' && !same;
	return same && answerOf(a) !== '';
}

function answerOf({ answer }: Case): string {
	return exactForm(answer);
}

function otherAdvice(experiences: readonly Experience[]): readonly FoundPair[] {
	const bare = experiences.filter(isBareAnswer);
	const keyOf = ({ zone, when }: Experience): string => {
		const condition = conditionForm(when.text);
		return condition === '' ? '' : `${zone} ${condition}`;
	};
	const why = 'the same condition leads to different answers';
	return against(bare, keyOf, ({ strategy }) => plainForm(strategy.text).join(' '), 'other-advice', why);
}

function otherZones(experiences: readonly Experience[]): readonly FoundPair[] {
	const keyOf = ({ when, strategy }: Experience): string => {
		const advice = plainForm(strategy.text).join(' ');
		return advice === '' ? '' : `${conditionForm(when.text)} → ${advice}`;
	};
	return against(experiences, keyOf, ({ zone }) => zone, 'other-zone', 'the same words stand in different zones');
}

/** Each experience against the first with the same key that says otherwise; an empty key says nothing. */
function against(
	experiences: readonly Experience[],
	keyOf: (experience: Experience) => string,
	sayingOf: (experience: Experience) => string,
	reason: FoundPair['reason'],
	why: string,
): readonly FoundPair[] {
	const seen = new Map<string, Map<string, Experience>>();
	const pairs: FoundPair[] = [];
	for (const experience of experiences) {
		const key = keyOf(experience);
		if (key === '') continue;
		const sayings = seen.get(key) ?? new Map<string, Experience>();
		seen.set(key, sayings);
		const saying = sayingOf(experience);
		const other = [...sayings].find(([said]) => said !== saying)?.[1];
		if (other) pairs.push({ a: other, b: experience, similarity: likeness(other, experience), reason, why });
		if (!sayings.has(saying)) sayings.set(saying, experience);
	}
	return pairs;
}
