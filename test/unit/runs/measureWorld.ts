/** A workspace, a trained library and models that answer by script: what a curve and a matrix are measured with. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { RunEvent } from '../../../src/core/learning/events.js';
import { type PartialRunConfig, type RunConfig, resolveConfig } from '../../../src/core/learning/runConfig.js';
import type { ChatModel, ChatRequest } from '../../../src/core/models/chatModel.js';
import { MemoryRequestCache } from '../../../src/core/models/requestCache.js';
import { MemoryStore } from '../../../src/core/retrieval/memoryStore.js';
import type { ProblemSet } from '../../../src/core/tasks/task.js';
import { RunFolder } from '../../../src/providers/runFolder.js';
import { ModelPool, type OpenedModel } from '../../../src/runs/modelPool.js';
import type { RunPorts } from '../../../src/runs/openRun.js';
import { Workspace } from '../../../src/runs/workspace.js';
import { rule, solvedCase } from '../../builders/experiences.js';
import { problem, problemSet } from '../../builders/problems.js';
import { type ModelScript, type ScriptedModel, scriptedModel } from '../../fakes/scriptedModel.js';

const clock = () => '2026-01-01T00:00:00.000Z';
const things = ['parcel', 'invoice', 'bicycle', 'helmet', 'battery', 'saddle', 'mirror', 'basket'];

/** A train and a dev problem about each thing; every answer is South. */
export const set: ProblemSet = problemSet(
	things.map((thing) => problem(`train-${thing}`, `My ${thing} is broken, who can mend the ${thing}?`, 'South')),
	{
		splits: {
			train: things.map((thing) => problem(`train-${thing}`, `Can somebody mend my ${thing} here?`, 'South')),
			dev: things.map((thing) => problem(`dev-${thing}`, `A question about the ${thing}, please.`, 'South')),
			test: things.map((thing) => problem(`test-${thing}`, `One more word about the ${thing}.`, 'South')),
		},
		sha256: { test: 'ab' },
	},
);

/** Says South where the prompt shows a case about the same thing as the question, else North. */
export const byExperience: ModelScript = (request) => {
	const asked = things.find((thing) => request.messages.at(-1)?.content.includes(thing)) ?? '';
	const shown = request.messages.slice(0, -1).some(({ content }) => content.includes(asked));
	return shown ? 'South' : 'North';
};

const folders: string[] = [];
afterEach(() => {
	for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function workspace(): Workspace {
	const folder = mkdtempSync(join(tmpdir(), 'flex-measure-'));
	folders.push(folder);
	return new Workspace(folder);
}

export const trainingRun = '01KAPQ00000000000000000000';

/** A library in which each thing of `learned` has taught one experience; its run recorded that order. */
export async function trained(
	{ runs }: Workspace,
	learned: readonly string[] = things,
	{ model = 'test:scripted', records = true } = {},
): Promise<MemoryStore> {
	const store = new MemoryStore({ clock });
	const log = records ? new RunFolder(join(runs, trainingRun)) : undefined;
	for (const thing of learned) {
		const sources = [{ set: set.name, problem: `train-${thing}` }];
		const cases = [solvedCase(`Can somebody mend my ${thing} here?`, 'South', { sources })];
		const experience = rule(`of-${thing}`, `a ${thing}`, 'South', {
			when: { text: `a ${thing}`, sources },
			strategy: { text: 'South', sources },
			cases,
			origin: { set: set.name, run: trainingRun, model },
		});
		await store.apply([{ change: { op: 'insert', experience }, by: `run:${trainingRun}` }]);
		const update = { epoch: 0, op: 'insert', id: experience.id, rev: 1, reason: '' } as const;
		await log?.addUpdate({ problem: `train-${thing}`, ...update });
	}
	await log?.close();
	return store;
}

export function configWith(more: PartialRunConfig = {}): RunConfig {
	const plain: PartialRunConfig = {
		models: { default: 'test:scripted' },
		retrieval: { style: 'turns', prefixTokens: 0, experiences: 1 },
		budget: { calls: null },
	};
	return resolveConfig([
		{ name: 'the test', values: plain },
		{ name: 'the case', values: more },
	]);
}

/** A pool of scripted models; it counts how many are open at once. */
export class ScriptedPool extends ModelPool {
	readonly asked = new Map<string, ChatRequest[]>();
	mostOpen = 0;
	private readonly models = new Map<string, ScriptedModel>();

	constructor(private readonly script: ModelScript = byExperience) {
		const signal = new AbortController().signal;
		super({ config: configWith(), bundleFolder: '', environment: {}, onProgress: () => {}, signal });
	}

	override async describe(id: string): Promise<OpenedModel> {
		const model = this.models.get(id) ?? scriptedModel(this.script, { id, identity: `hash of ${id}` });
		this.models.set(id, model);
		this.mostOpen = Math.max(this.mostOpen, this.models.size);
		return { model: this.recorded(model), source: `${id} by script` };
	}

	override async close(): Promise<void> {
		this.models.clear();
	}

	/** Calls to all models. */
	get calls(): number {
		return [...this.asked.values()].reduce((sum, requests) => sum + requests.length, 0);
	}

	private recorded(model: ScriptedModel): ChatModel {
		return {
			...model,
			complete: (request, signal) => {
				this.asked.set(model.id, [...(this.asked.get(model.id) ?? []), request]);
				return model.complete(request, signal);
			},
		};
	}
}

export function portsOf(place: Workspace, store: MemoryStore, pool: ScriptedPool): RunPorts {
	return { workspace: place, store, cache: new MemoryRequestCache(), pool };
}

/** Reads a run to its end. */
export async function allOf(
	events: AsyncIterable<RunEvent>,
	seen: (event: RunEvent) => void = () => {},
): Promise<readonly RunEvent[]> {
	const all: RunEvent[] = [];
	for await (const event of events) {
		all.push(event);
		seen(event);
	}
	return all;
}

/** What each `sample` event is about. */
export function samplesIn(events: readonly RunEvent[]): readonly string[] {
	return events.flatMap((event) => (event.type === 'sample' ? [`${event.arm} ${event.problem}`] : []));
}
