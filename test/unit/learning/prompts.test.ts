import { describe, expect, it } from 'vitest';
import type { RenderedExperience } from '../../../src/core/experience/rendering.js';
import { sha256Hex } from '../../../src/core/hash.js';
import { actorPrompt, actorPromptVersion } from '../../../src/core/learning/prompts/actor.js';
import { advisePrompt, advisePromptVersion } from '../../../src/core/learning/prompts/advise.js';
import {
	agentPromptVersion,
	callBlock,
	callFaults,
	cutMark,
	finalDemand,
	resultText,
	toolInstructions,
} from '../../../src/core/learning/prompts/agent.js';
import { capturePrompt, capturePromptVersion } from '../../../src/core/learning/prompts/capture.js';
import { distilPrompt, distilPromptVersion } from '../../../src/core/learning/prompts/distil.js';
import { judgePrompt, judgePromptVersion } from '../../../src/core/learning/prompts/judge.js';
import { kindPrompt, kindPromptVersion } from '../../../src/core/learning/prompts/kind.js';
import { updatePrompt, updatePromptVersion } from '../../../src/core/learning/prompts/update.js';
import { rule } from '../../builders/experiences.js';

const experience: RenderedExperience = {
	rules: 'What experience has taught:\n- a company, about an invoice: South',
	turns: [
		{ role: 'user', content: 'Our invoice is late.' },
		{ role: 'assistant', content: 'a company, about an invoice: South' },
	],
	leadingTurns: 0,
	ids: ['a'],
	ruleCount: 1,
	named: true,
	tokens: 30,
};

const tool = { name: 'look_up', description: 'Looks it up.', parameters: { properties: { word: { type: 'string' } } } };

const prompts = {
	agent: [
		toolInstructions([tool], 6, true),
		toolInstructions([tool], 6, false),
		callBlock('look_up', '{"word":"x"}'),
		resultText('look_up', 'It is a letter.'),
		finalDemand,
		{ ...callFaults, unknownTool: callFaults.unknownTool('guess', ['look_up']), tooMany: callFaults.tooMany(4) },
		cutMark,
	],
	actor: actorPrompt('Sort the message.', experience, 'Where is my parcel?', [
		{ attempt: 'South', advice: 'Look again.' },
	]),
	advise: advisePrompt('Sort the message.', 'Where is my parcel?', 'South'),
	distil: distilPrompt({
		task: 'Sum up.',
		question: 'What is 2 + 2?',
		expected: '4',
		solution: 'Count on from 2.',
		wrong: ['5'],
		right: ['4'],
		levels: 'hierarchical',
	}),
	capture: [
		capturePrompt({ material: 'The change:\n\n+x', failed: true, mostLessons: 3 }),
		capturePrompt({ material: 'The change:\n\n+x', failed: false, mostLessons: 1 }),
	],
	judge: judgePrompt('Who wrote it?', 'Austen', 'Jane Austen'),
	kind: kindPrompt('Where is my parcel?'),
	update: updatePrompt(rule('b', 'parcels', 'Track it.'), [rule('a', 'letters', 'Trace it.')], 400),
};

it.each([
	['actor', actorPromptVersion, 'ee35688022ad'],
	['agent', agentPromptVersion, '07b50181ce79'],
	['advise', advisePromptVersion, '6f65f04e5aa6'],
	['distil', distilPromptVersion, '12131c8f94d4'],
	['capture', capturePromptVersion, 'c942f0e26faa'],
	['judge', judgePromptVersion, '3f654cd3cd3f'],
	['kind', kindPromptVersion, '46a4f35d6484'],
	['update', updatePromptVersion, '88c9ccb7ec05'],
] as const)('the %s prompt is version %i: a changed text needs a new version', (name, _, pin) => {
	expect(sha256Hex(JSON.stringify(prompts[name])).slice(0, 12)).toBe(pin);
});

describe('the actor reads', () => {
	it('what is the same for many problems first, and the question after all experience', () => {
		expect(prompts.actor.map((message) => message.role)).toEqual([
			'system',
			'user',
			'assistant',
			'user',
			'assistant',
			'user',
		]);
		expect(prompts.actor[0]?.content.startsWith('Sort the message.\n\nWhat experience has taught:')).toBe(true);
		expect(prompts.actor[3]?.content).toBe('Where is my parcel?');
	});

	it('the verdict and the advice after its own attempt', () => {
		expect(prompts.actor.at(-1)?.content).toBe('That answer is not right. Look again.\nTry once more.');
	});
});

it('whoever names a kind is told neither the task nor the answers', () => {
	const text = JSON.stringify(prompts.kind);
	expect(text).not.toContain('South');
	expect(prompts.kind.at(-1)?.content).toBe('Where is my parcel?');
});
