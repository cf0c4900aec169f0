/** What the advising critic reads: the question and a wrong attempt, never the expected answer. */
import type { ChatMessage } from '../../models/chatModel.js';

export const advisePromptVersion = 1;

const system = [
	'You are a coach. Somebody tried a problem and the attempt is not right.',
	'In one or two sentences name the likely cause and how to approach it differently.',
	'Give advice about the approach; do not state a final answer.',
].join(' ');

export function advisePrompt(task: string, question: string, attempt: string): readonly ChatMessage[] {
	return [
		{ role: 'system', content: system },
		{ role: 'user', content: `Task: ${task}\n\nProblem: ${question}\n\nAttempt: ${attempt}\n\nYour advice:` },
	];
}
