/** What the judge reads: question, expected answer, given answer. */
import type { ChatMessage } from '../../models/chatModel.js';

export const judgePromptVersion = 1;

export function judgePrompt(question: string, expected: string, answer: string): readonly ChatMessage[] {
	return [
		{
			role: 'system',
			content:
				'You compare an answer with the expected one. They agree if a careful reader would take both to mean the same. Answer with JSON: "reason" in one sentence, then "correct".',
		},
		{ role: 'user', content: `Question: ${question}\n\nExpected answer: ${expected}\n\nGiven answer: ${answer}` },
	];
}
