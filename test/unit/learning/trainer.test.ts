import { describe, expect, it } from 'vitest';
import type { Experience } from '../../../src/core/experience/experience.js';
import { MemoryRunLog } from '../../../src/core/learning/runLog.js';
import { RunStream } from '../../../src/core/learning/runStream.js';
import { Trainer, type TrainingOptions } from '../../../src/core/learning/trainer.js';
import { BudgetError, Ledger } from '../../../src/core/models/ledger.js';
import { Limiter } from '../../../src/core/models/limiter.js';
import { callable } from '../../../src/core/models/modelCalls.js';
import { MemoryRequestCache } from '../../../src/core/models/requestCache.js';
import { MemoryStore } from '../../../src/core/retrieval/memoryStore.js';
import { choice } from '../../../src/core/tasks/choice.js';
import { problem, problemSet } from '../../builders/problems.js';
import { type ModelScript, scriptedModel } from '../../fakes/scriptedModel.js';

const clock = () => '2026-01-01T00:00:00.000Z';
const problems = Array.from({ length: 20 }, (_, index) =>
	problem(
		`p${index}`,
		`Message number ${index} is about the ${index % 2 ? 'invoice' : 'parcel'} of order ${index * 7}.`,
		index % 2 ? 'South' : 'North',
	),
);
const set = problemSet(problems);
const options: TrainingOptions = {
	run: '01KAPQ00000000000000000000',
	seed: 1,
	epochs: 1,
	batch: 4,
	concurrency: 3,
	exploration: { rollouts: 2, rounds: 2, stop: 'first-success', temperature: 0.8, advice: true },
	maxAnswerTokens: 20,
	adviceTokens: 40,
	lessonTokens: 60,
	lessons: true,
	giveUpAfter: 0,
	trial: false,
	seeOwnLessons: false,
	withhold: 0,
	retrieval: { experiences: 3, patterns: 4, cases: 4, minMatch: 0 },
	rendering: { style: 'both', budgetTokens: 500, prefixTokens: 200, leadingCases: 0, named: false },
	updater: { nearDuplicate: 0.9, ask: 0.95, neighbours: 4, budgetTokens: 500, consult: false },
};

/** Writes a lesson where JSON is asked for, advice where a coach is, and always answers North. */
const script: ModelScript = (request) => {
	if (request.schema)
		return JSON.stringify({
			who: 'someone',
			about: `order ${/order (\d+)/u.exec(request.messages.at(-1)?.content ?? '')?.[1]}`,
		});
	return request.choices?.includes('North') ? 'North' : 'South';
};

class World {
	readonly store = new MemoryStore({ clock });
	readonly cache = new MemoryRequestCache();
	readonly log = new MemoryRunLog();
	readonly model = scriptedModel((request, index, signal) => this.script(request, index, signal));
	readonly ledger: Ledger;
	constructor(
		private readonly script: ModelScript,
		calls?: number,
	) {
		this.ledger = new Ledger({ now: () => 0, budget: calls ? { calls } : {} });
	}

	train(more: Partial<TrainingOptions> = {}, signal = new AbortController().signal): Promise<void> {
		const stream = new RunStream({
			run: options.run,
			clock,
			firstSeq: this.log.nextSeq,
			write: (event) => this.log.event(event),
		});
		const calls = callable({
			model: this.model,
			role: 'actor',
			cache: this.cache,
			limiter: new Limiter({ concurrency: 4 }),
			ledger: this.ledger,
		});
		const trainer = new Trainer(
			{
				set,
				problems,
				kind: choice,
				graders: {},
				store: this.store,
				calls: { actor: calls, critic: calls, updater: calls },
				log: this.log,
				stream,
				clock,
			},
			{ ...options, ...more },
		);
		return trainer.run(signal);
	}

	async content(): Promise<readonly Experience[]> {
		return [...(await this.store.list())].sort((a, b) => a.id.localeCompare(b.id));
	}
}

describe('a training run', () => {
	it('keeps a case of every problem, and the lesson with it', async () => {
		const world = new World(script);
		await world.train();
		const learned = await world.content();
		expect(learned).toHaveLength(20);
		expect(learned.every((experience) => experience.cases[0]?.answer === experience.strategy.text)).toBe(true);
		expect(new Set(learned.map((experience) => experience.zone))).toEqual(new Set(['golden', 'mixed']));
	});

	it('is the same again with the same seed, whatever the order in which answers come', async () => {
		const slow: ModelScript = async (request, index, signal) => {
			if (index % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
			return script(request, index, signal);
		};
		const [a, b] = [new World(script), new World(slow)];
		await Promise.all([a.train(), b.train({ concurrency: 1 })]);
		expect(await b.content()).toEqual(await a.content());
	});

	it('shows the actor what earlier batches taught, and never what its own problem did', async () => {
		const world = new World(script);
		await world.train({ epochs: 2 });
		const attempts = world.model.requests.filter((request) => request.choices);
		expect(attempts.some((request) => request.messages.length > 2)).toBe(true);
		for (const request of attempts) {
			const questions = request.messages.filter((message) => message.role === 'user').map((message) => message.content);
			const own = questions.find((text) => text.startsWith('Message'));
			expect(questions.filter((text) => text === questions.at(-1)).length).toBeLessThanOrEqual(own ? 1 : 2);
		}
	});

	it('goes on after it ran out of budget: same library, no call paid twice', async () => {
		const whole = new World(script);
		await whole.train();
		const stopped = new World(script, 17);
		await expect(stopped.train()).rejects.toThrow(BudgetError);
		const next = new World(script);
		const resumed = Object.assign(next, { store: stopped.store, cache: stopped.cache, log: stopped.log });
		await resumed.train();
		expect(await resumed.content()).toEqual(await whole.content());
		expect(stopped.model.requests.length + resumed.model.requests.length).toBe(whole.model.requests.length);
	});

	it('asks for no more lessons from a model that can write none, and says so', async () => {
		const world = new World((request) => (request.schema ? 'blah blah' : 'North'));
		await world.train({ giveUpAfter: 4 });
		const asked = world.log.allProblems().filter((record) => record.lesson);
		expect(asked.length).toBeLessThan(10);
		expect(world.log.events.some((event) => event.type === 'warning' && event.code === 'critic-too-weak')).toBe(true);
		expect(await world.content()).toHaveLength(20);
	});

	it('counts uses, and marks what was withheld', async () => {
		const world = new World(script);
		await world.train({ withhold: 0.5 });
		const uses = world.log.allProblems().flatMap((record) => record.uses);
		expect(uses.some((use) => use.withheld)).toBe(true);
		expect(uses.some((use) => !use.withheld)).toBe(true);
	});
});
