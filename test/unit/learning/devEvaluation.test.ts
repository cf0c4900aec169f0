/** The held-out curve: dev problems between the epochs of a real training, on memory and with a model by script. */
import { describe, expect, it } from 'vitest';
import { MemoryRunLog } from '../../../src/core/learning/runLog.js';
import { RunStream } from '../../../src/core/learning/runStream.js';
import { Trainer, type TrainingOptions } from '../../../src/core/learning/trainer.js';
import { BudgetError, Ledger } from '../../../src/core/models/ledger.js';
import { Limiter } from '../../../src/core/models/limiter.js';
import { callable } from '../../../src/core/models/modelCalls.js';
import { MemoryRequestCache } from '../../../src/core/models/requestCache.js';
import { MemoryStore } from '../../../src/core/retrieval/memoryStore.js';
import { choice } from '../../../src/core/tasks/choice.js';
import type { Problem } from '../../../src/core/tasks/task.js';
import { problem, problemSet } from '../../builders/problems.js';
import { type ModelScript, type ScriptedModel, scriptedModel } from '../../fakes/scriptedModel.js';

const clock = () => '2026-01-01T00:00:00.000Z';
const things = ['parcel', 'invoice', 'bicycle', 'helmet', 'battery', 'saddle', 'mirror', 'basket'];
const train = things.map((thing) => problem(`train-${thing}`, `Can somebody mend my ${thing} here?`, 'South'));
const dev = things.map((thing) => problem(`dev-${thing}`, `A question about the ${thing}, please.`, 'South'));
const set = problemSet(train, { splits: { train, dev } });

const options: TrainingOptions = {
	run: '01KAPQ00000000000000000000',
	seed: 1,
	epochs: 2,
	batch: 4,
	concurrency: 2,
	exploration: { rollouts: 1, rounds: 1, stop: 'first-success', temperature: 0.8, advice: false },
	maxAnswerTokens: 20,
	adviceTokens: 40,
	lessonTokens: 60,
	lessons: false,
	giveUpAfter: 0,
	trial: false,
	seeOwnLessons: true,
	withhold: 0.5,
	retrieval: { experiences: 1, patterns: 4, cases: 4, minMatch: 0 },
	rendering: { style: 'turns', budgetTokens: 500, prefixTokens: 0, leadingCases: 0, named: false },
	updater: { nearDuplicate: 0.9, ask: 0.95, neighbours: 4, budgetTokens: 500, consult: false },
};

/** Says South where the prompt shows a case about the same thing as the question, else North. */
const byExperience: ModelScript = ({ messages }) => {
	const asked = things.find((thing) => messages.at(-1)?.content.includes(thing)) ?? '';
	return messages.slice(0, -1).some(({ content }) => content.includes(asked)) ? 'South' : 'North';
};

class World {
	readonly log = new MemoryRunLog();
	readonly model = scriptedModel(byExperience);
	readonly store = new MemoryStore({ clock });
	readonly cache = new MemoryRequestCache();

	/** @param calls cap on them; the run stops there */
	train(held: readonly Problem[], calls?: number): Promise<void> {
		const { log, store, cache, model } = this;
		const stream = new RunStream({
			run: options.run,
			clock,
			firstSeq: log.nextSeq,
			write: (event) => log.event(event),
		});
		const ledger = new Ledger({ now: () => 0, budget: { calls } });
		const limiter = new Limiter({ concurrency: 2 });
		const called = callable({ model, role: 'actor', cache, limiter, ledger });
		const roles = { actor: called, critic: called, updater: called };
		const ports = {
			set,
			problems: train,
			dev: held,
			kind: choice,
			graders: {},
			store,
			calls: roles,
			log,
			stream,
			clock,
		};
		return new Trainer(ports, options).run(new AbortController().signal);
	}

	/** What the events say of each evaluation. */
	get curve() {
		return this.log.events.flatMap((event) =>
			event.type === 'evaluated'
				? [{ split: event.split, epoch: event.epoch, accuracy: event.accuracy, n: event.n }]
				: [],
		);
	}
}

function about({ requests }: ScriptedModel, problems: readonly Problem[]) {
	return requests.filter(({ messages }) =>
		problems.some(({ question }) => messages.at(-1)?.content.includes(question)),
	);
}

describe('dev problems of a training', () => {
	it('are answered before the first epoch and after each, with the library as it then is', async () => {
		const world = new World();
		await world.train(dev.slice(0, 4));
		expect(world.curve).toEqual([
			{ split: 'dev', epoch: 0, accuracy: 0, n: 4 },
			{ split: 'dev', epoch: 1, accuracy: 1, n: 4 },
			{ split: 'dev', epoch: 2, accuracy: 1, n: 4 },
		]);
		const order = world.log.events.map(({ type }) => type).filter((type) => /^(evaluated|epoch\.finished)$/.test(type));
		expect(order).toEqual(['evaluated', 'epoch.finished', 'evaluated', 'epoch.finished', 'evaluated']);
	});

	it('are answered once each and greedily, and again only where their prompt has changed', async () => {
		const world = new World();
		await world.train(dev);
		const asked = about(world.model, dev);
		expect(asked).toHaveLength(2 * dev.length);
		expect(asked.every(({ temperature, sample }) => temperature === 0 && sample === 'dev')).toBe(true);
	});

	it('leave no trace in the library: neither an experience nor a use', async () => {
		const [without, held] = [new World(), new World()];
		await without.train([]);
		await held.train(dev);
		expect(await held.store.list()).toEqual(await without.store.list());
		expect(held.log.allProblems()).toEqual(without.log.allProblems());
		expect(without.curve).toEqual([]);
	});

	it('give the same curve, each point once and no call paid twice, however often the run was stopped', async () => {
		const whole = new World();
		await whole.train(dev);
		const stopped = new World();
		for (let stops = 0; stops < 20; stops++) {
			const ended = await stopped.train(dev, 3).then(
				() => true,
				(error: unknown) => {
					expect(error).toBeInstanceOf(BudgetError);
					return false;
				},
			);
			if (ended) break;
		}
		expect(stopped.curve).toEqual(whole.curve);
		expect(stopped.model.requests).toHaveLength(whole.model.requests.length);
		expect(await stopped.store.list()).toEqual(await whole.store.list());
	});

	it('are left out where the library has gone on since: no later state stands for an earlier one', async () => {
		const world = new World();
		await world.train([]);
		await world.train(dev);
		expect(world.curve.map(({ epoch }) => epoch)).toEqual([2]);
	});
});
