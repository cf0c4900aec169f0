/** The one schema of a run's settings, whoever gives them: flags, VS Code settings, or `.flex/config.json`. */
import * as v from 'valibot';
import { renderingStyles } from '../experience/rendering.js';
import { similarityThresholds } from '../retrieval/nearDuplicates.js';
import { gateActions } from './regressions.js';

const whole = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

const trainingSchema = v.strictObject({
	/** Passes over the train problems. */
	epochs: v.optional(whole(1, 100), 1),
	/** Independent rollouts of a problem (reference: up to 3). */
	rollouts: v.optional(whole(1, 16), 2),
	/** Attempts within a rollout at most (reference: 5). */
	rounds: v.optional(whole(1, 16), 2),
	stop: v.optional(v.picklist(['first-success', 'all']), 'first-success'),
	/** Of every rollout but the first, which is greedy. */
	temperature: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(2)), 0.8),
	/** Train problems to take, from the first (0: all). */
	limit: v.optional(whole(0, 1_000_000), 0),
	batch: v.optional(whole(1, 1024), 8),
	seed: v.optional(whole(0, 2 ** 31 - 1), 1),
	advice: v.optional(v.boolean(), true),
	lessons: v.optional(v.boolean(), true),
	/** Lessons in a row that fail the checks, none kept, before no more are asked for (0: never). */
	giveUpAfter: v.optional(whole(0, 10_000), 12),
	trial: v.optional(v.boolean(), false),
	seeOwnLessons: v.optional(v.boolean(), false),
	/** What follows where dev problems that were solved before a training are lost after it. */
	gate: v.optional(v.picklist(gateActions), 'off'),
	/** Lost dev problems that the gate lets pass. */
	gateAllows: v.optional(whole(0, 1_000_000), 0),
	/** Dev problems to answer before the first epoch and after each, from the first (0: none). */
	devProblems: v.optional(whole(0, 1_000_000), 0),
	maxAnswerTokens: v.optional(whole(1, 100_000), 512),
	adviceTokens: v.optional(whole(1, 10_000), 120),
	lessonTokens: v.optional(whole(16, 10_000), 400),
	/** Steps in which an agent may call tools, at most. */
	toolSteps: v.optional(whole(1, 64), 6),
	/** Problems at once (0: as many as the model takes). */
	concurrency: v.optional(whole(0, 256), 0),
});

const evaluationSchema = v.strictObject({
	/** Answers of a benchmark to each problem in each arm that asks a model; one is greedy, several are drawn. */
	samples: v.optional(whole(1, 64), 1),
	/** Of the answers where several are drawn. */
	temperature: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(2)), 0.7),
});

const retrievalSchema = v.strictObject({
	experiences: v.optional(whole(0, 100), 3),
	patterns: v.optional(whole(0, 100), 4),
	cases: v.optional(whole(0, 100), 4),
	/** 0–1: the least part of a question's weight that an experience must match; below it nothing is retrieved. */
	minMatch: v.optional(share, 0.05),
	/** Probability that a retrieved experience is left out in training, for paired evidence. Never in benchmarks. */
	withhold: v.optional(share, 0),
	style: v.optional(v.picklist(renderingStyles), 'both'),
	/** Tokens of experience in a prompt at most. */
	budgetTokens: v.optional(whole(0, 100_000), 1500),
	/** Part of them for what leads every prompt alike. */
	prefixTokens: v.optional(whole(0, 100_000), 600),
	/** Cases among it. */
	leadingCases: v.optional(whole(0, 100), 0),
	/** The actor first names the kind of case, then answers. */
	named: v.optional(v.boolean(), false),
	/** Turns of the arm `icl-similar`. */
	iclSimilarShots: v.optional(whole(1, 100), 4),
});

const updaterSchema = v.strictObject({
	nearDuplicate: v.optional(share, similarityThresholds.nearDuplicate),
	ask: v.optional(share, similarityThresholds.ask),
	neighbours: v.optional(whole(1, 32), 8),
	budgetTokens: v.optional(whole(100, 100_000), 4000),
	/** False: the updater asks no model. */
	consult: v.optional(v.boolean(), true),
});

const endpointSchema = v.strictObject({
	baseUrl: v.pipe(v.string(), v.url()),
	/** Environment variable that holds the key (CLI). */
	keyVariable: v.optional(v.string()),
	contextTokens: v.optional(whole(256, 10_000_000)),
});

const modelsSchema = v.strictObject({
	/** Serves every role that has no model of its own. */
	default: v.optional(v.string(), 'embedded:smollm2-135m'),
	actor: v.optional(v.string()),
	critic: v.optional(v.string()),
	updater: v.optional(v.string()),
	judge: v.optional(v.string()),
	endpoints: v.optional(v.record(v.string(), endpointSchema), {}),
	/** Threads of an embedded model (0: as many as the machine has cores, two at most). */
	threads: v.optional(whole(0, 256), 0),
});

const amount = v.nullable(v.pipe(v.number(), v.minValue(0)));

const budgetSchema = v.strictObject({
	/** Model calls at most; a run without any cap stops here and offers to go on. */
	calls: v.optional(amount, 500),
	tokens: v.optional(amount, null),
	cost: v.optional(amount, null),
	minutes: v.optional(amount, null),
});

const priceSchema = v.strictObject({
	inputPerMillion: v.pipe(v.number(), v.minValue(0)),
	outputPerMillion: v.pipe(v.number(), v.minValue(0)),
	currency: v.optional(v.string(), 'USD'),
});

export const runConfigSchema = v.strictObject({
	training: v.optional(trainingSchema, {}),
	evaluation: v.optional(evaluationSchema, {}),
	retrieval: v.optional(retrievalSchema, {}),
	updater: v.optional(updaterSchema, {}),
	models: v.optional(modelsSchema, {}),
	budget: v.optional(budgetSchema, {}),
	prices: v.optional(v.record(v.string(), priceSchema), {}),
});

export type RunConfig = v.InferOutput<typeof runConfigSchema>;
/** One layer of settings: any part of a config. */
export type PartialRunConfig = v.InferInput<typeof runConfigSchema>;

/** A setting that is unknown or out of range; `message` names it and where it came from. */
export class ConfigError extends Error {
	override readonly name = 'ConfigError';
}

export interface ConfigLayer {
	/** Where it comes from, for messages: a file, "the flags". */
	readonly name: string;
	readonly values: unknown;
}

/**
 * The config that the layers give, later ones over earlier ones, key by key; defaults below them all.
 * @throws {ConfigError}
 */
export function resolveConfig(layers: readonly ConfigLayer[]): RunConfig {
	let merged: unknown = {};
	for (const layer of layers) {
		const checked = v.safeParse(runConfigSchema, layer.values);
		if (!checked.success) throw new ConfigError(configMessage(layer.name, checked.issues));
		merged = mergeDeep(merged, layer.values);
	}
	return v.parse(runConfigSchema, merged);
}

function configMessage(layer: string, issues: readonly v.BaseIssue<unknown>[]): string {
	const lines = issues.map((issue) => {
		const path = (issue.path ?? []).map((item) => String(item.key)).join('.');
		return `  ${path === '' ? '(top)' : path}: ${issue.message}`;
	});
	return `Some settings in ${layer} can't be used:\n${lines.join('\n')}\nSee docs/cli.md for every setting and its range.`;
}

function mergeDeep(below: unknown, above: unknown): unknown {
	if (!isRecord(below) || !isRecord(above)) return above === undefined ? below : above;
	const merged: Record<string, unknown> = { ...below };
	for (const [key, value] of Object.entries(above)) {
		if (key !== '__proto__') merged[key] = mergeDeep(merged[key], value);
	}
	return merged;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
