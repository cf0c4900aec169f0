/** What the updater reads: a new lesson and the few stored ones most like it; never the whole library. */
import type { Experience } from '../../experience/experience.js';
import type { ChatMessage } from '../../models/chatModel.js';
import { estimateTokens } from '../../models/tokenEstimate.js';

export const updatePromptVersion = 1;

const system = [
	'You keep a library of lessons free of repetition. Compare the new lesson with the stored ones.',
	'Choose "discard" if a stored lesson already says the same,',
	'"merge" if one stored lesson is about the same kind of problem and leads to the same advice,',
	'and "insert" otherwise. Lessons with different conditions or different advice are never merged.',
	'For "merge" and "discard" give the id of that stored lesson; for "merge" also write the one lesson',
	'("when" and "strategy") that covers both, keeping every condition. Answer with JSON.',
].join(' ');

/** @param budgetTokens tokens for the lessons in all; each gets an even share, so the prompt's size is bounded */
export function updatePrompt(
	candidate: Experience,
	neighbours: readonly Experience[],
	budgetTokens: number,
): readonly ChatMessage[] {
	const share = Math.floor(budgetTokens / (neighbours.length + 1));
	const stored = neighbours.map((neighbour) => `[${neighbour.id}] ${lesson(neighbour, share)}`);
	return [
		{ role: 'system', content: system },
		{ role: 'user', content: `Stored lessons:\n${stored.join('\n\n')}\n\nNew lesson:\n${lesson(candidate, share)}` },
	];
}

/** A lesson in at most `budget` estimated tokens: condition and strategy first, then patterns, then case questions. */
function lesson(experience: Experience, budget: number): string {
	const parts = [
		experience.when.text && `When: ${experience.when.text}`,
		experience.strategy.text && `Strategy: ${experience.strategy.text}`,
		...experience.patterns.map((pattern) => `Rule: ${pattern.rule}`),
		...experience.cases.map((item) => item.question && `Case: ${item.question} → ${item.answer}`),
	].filter((part): part is string => Boolean(part));
	const lines: string[] = [];
	let left = budget;
	for (const part of parts) {
		const cut = cutToTokens(part, left);
		if (cut === '') break;
		lines.push(cut);
		left -= estimateTokens(cut);
	}
	return lines.join('\n');
}

function cutToTokens(text: string, tokens: number): string {
	if (estimateTokens(text) <= tokens) return text;
	const words = text.split(/(?<=\s)/u);
	let kept = '';
	let used = 0;
	for (const word of words) {
		used += estimateTokens(word);
		if (used > tokens - 1) break;
		kept += word;
	}
	return kept === '' ? '' : `${kept.trimEnd()}…`;
}
