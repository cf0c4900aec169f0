import { describe, expect, it } from 'vitest';
import { Actor } from '../../../src/core/learning/actor.js';
import { Critic } from '../../../src/core/learning/critic.js';
import type { RunEventBody } from '../../../src/core/learning/events.js';
import { type ExplorationOptions, explore } from '../../../src/core/learning/exploration.js';
import type { ChatRequest } from '../../../src/core/models/chatModel.js';
import type { ModelCalls } from '../../../src/core/models/modelCalls.js';
import { choice } from '../../../src/core/tasks/choice.js';
import { exact } from '../../../src/core/tasks/exact.js';
import type { Grade, TaskKind } from '../../../src/core/tasks/task.js';
import { problem, problemSet } from '../../builders/problems.js';
import { type ModelScript, scriptedModel } from '../../fakes/scriptedModel.js';

const options: ExplorationOptions = {
	rollouts: 2,
	rounds: 3,
	stop: 'first-success',
	temperature: 0.8,
	advice: true,
	seed: 1,
};
const signal = new AbortController().signal;

async function run(script: ModelScript, more: Partial<ExplorationOptions> = {}, open = false, given?: Grade) {
	const model = scriptedModel(script);
	const calls: ModelCalls = {
		model,
		complete: async (request, abort) => ({ ...(await model.complete(request, abort)), cached: false }),
	};
	const one = problem('p1', 'The label is missing.', open ? 'yes indeed' : 'North');
	const set = problemSet([one], open ? { kind: 'exact', answerSpace: undefined } : {});
	const asked = open ? exact : choice;
	const kind: TaskKind = given ? { ...asked, grade: async () => given } : asked;
	const events: RunEventBody[] = [];
	const actor = new Actor(calls, set, kind, 50);
	const critic = new Critic(calls, set, actor.task, { adviceTokens: 50, lessonTokens: 50 });
	const ports = { actor, critic, set, kind, graders: {}, emit: (event: RunEventBody) => events.push(event) };
	const rollouts = await explore(ports, one, 0, {}, { ...options, ...more }, signal);
	return { rollouts, events, requests: model.requests };
}

const isAdvice = (request: ChatRequest) => request.messages[0]?.content.startsWith('You are a coach') ?? false;

describe('exploration of one problem', () => {
	it('stops all rollouts after the round in which one succeeded', async () => {
		const { rollouts } = await run((request) => (request.sample === '0.1.0' ? 'North' : 'South'));
		expect(rollouts.map((rollout) => rollout.rounds.length)).toEqual([1, 1]);
		expect(rollouts.map((rollout) => rollout.solved)).toEqual([false, true]);
	});

	it('asks for no advice that nobody will hear', async () => {
		const { requests } = await run((request) => (request.sample === '0.1.0' ? 'North' : 'South'));
		expect(requests.filter(isAdvice)).toHaveLength(0);
	});

	it('lets each rollout run its course where asked to', async () => {
		const { rollouts } = await run((request) => (request.sample?.startsWith('0.1') ? 'North' : 'South'), {
			stop: 'all',
		});
		expect(rollouts.map((rollout) => rollout.rounds.length)).toEqual([3, 1]);
	});

	it('tells the next round what the last one wrote and was advised', async () => {
		const { requests } = await run(
			(request) => (isAdvice(request) ? 'Look at who writes.' : 'South'),
			{ rollouts: 1 },
			true,
		);
		const second = requests.find((request) => request.sample === '0.0.1' && !isAdvice(request));
		expect(second?.messages.slice(-2).map((message) => message.content)).toEqual([
			'South',
			'That answer is not right. Look at who writes.\nTry once more.',
		]);
	});

	it('tells the critic how an attempt broke down, and the actor only what it may hear', async () => {
		const { requests } = await run(
			(request) => (isAdvice(request) ? 'Mind the empty list.' : 'no'),
			{ rollouts: 1, rounds: 2 },
			true,
			{ verdict: 'incorrect', detail: 'for people', feedback: 'It is short.', trace: 'TypeError: 7 was expected' },
		);
		const texts = requests.map(({ messages }) => messages.map(({ content }) => content).join('\n'));
		expect(texts.filter((text) => text.includes('TypeError: 7 was expected'))).toHaveLength(1);
		expect(texts[1]).toContain('no\nIt is short.\nTypeError: 7 was expected');
		expect(texts[2]).toContain('That answer is not right. It is short. Mind the empty list.');
		expect(texts.join()).not.toContain('for people');
	});

	it('rules out labels that were wrong', async () => {
		const { requests } = await run(() => 'South', { rollouts: 1, advice: false });
		expect(requests.map((request) => request.choices)).toEqual([['North', 'South'], ['North'], ['North']]);
	});

	it('never shows the expected answer to the advising critic or the actor', async () => {
		const { requests } = await run((request) => (isAdvice(request) ? 'It is yes indeed.' : 'no'), {}, true);
		expect(requests.length).toBeGreaterThan(6);
		for (const request of requests) {
			expect(request.messages.some((message) => message.content.includes('yes indeed'))).toBe(false);
		}
	});

	it('gives every sample a seed of its own, the first rollout greedy', async () => {
		const { requests } = await run(() => 'South', { advice: false, rounds: 1, rollouts: 3 });
		expect(new Set(requests.map((request) => request.seed)).size).toBe(3);
		expect(requests.map((request) => request.temperature)).toEqual([0, 0.8, 0.8]);
	});
});
