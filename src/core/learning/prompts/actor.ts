/** What the actor reads: the task and what holds for many problems first, the question last. */

import type { RenderedExperience } from '../../experience/rendering.js';
import type { ChatMessage } from '../../models/chatModel.js';

export const actorPromptVersion = 2;

/** The turns show how; the rules above are then found by the same words. */
const nameFirst = 'Answer in the form of the examples: who writes and about what, then the answer.';

/** One earlier round of a rollout: what the actor wrote, and what it was told. */
export interface EarlierRound {
	readonly attempt: string;
	readonly advice: string;
}

/** The prompt of one attempt. `task` is the set's description with its instructions. */
export function actorPrompt(
	task: string,
	experience: RenderedExperience | undefined,
	question: string,
	earlier: readonly EarlierRound[],
): readonly ChatMessage[] {
	const system = [task, experience?.rules ?? '', experience?.named ? nameFirst : ''].filter((part) => part !== '');
	const messages: ChatMessage[] = [
		{ role: 'system', content: system.join('\n\n') },
		...(experience?.turns ?? []),
		{ role: 'user', content: question },
	];
	for (const round of earlier) {
		messages.push({ role: 'assistant', content: round.attempt });
		messages.push({
			role: 'user',
			content: `That answer is not right. ${round.advice}\nTry once more.`.replace('  ', ' '),
		});
	}
	return messages;
}
