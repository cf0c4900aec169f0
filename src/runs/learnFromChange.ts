/** Learning from a change: read it, say what it would cost, let a model write lessons, and propose them to the library. */
import { realpathSync } from 'node:fs';
import { relative, sep } from 'node:path';
import type { ExperienceStore } from '../core/experience/store.js';
import { type ChangeMaterial, changeMaterial, type Failure } from '../core/learning/capture/changeMaterial.js';
import {
	type CapturedLessons,
	computedLessons,
	distilChange,
	lessonPlan,
	promptFor,
} from '../core/learning/capture/distilChange.js';
import { type FileDiff, parseUnifiedDiff } from '../core/learning/capture/unifiedDiff.js';
import type { RunConfig } from '../core/learning/runConfig.js';
import { Ledger, type Spending } from '../core/models/ledger.js';
import { Limiter } from '../core/models/limiter.js';
import { callable } from '../core/models/modelCalls.js';
import type { RequestCache } from '../core/models/requestCache.js';
import { systemTime } from '../core/models/time.js';
import { estimatePrompt } from '../core/models/tokenEstimate.js';
import type { Git } from '../providers/git.js';
import { leastJson } from './callSizes.js';
import { capturedSet, capturePrefix, computedMark } from './captureIds.js';
import { type Estimate, estimateOf, type ModelFacts } from './estimate.js';
import type { ModelPool } from './modelPool.js';
import type { PastCalls } from './pastCalls.js';
import { type Proposal, proposeExperience } from './proposeExperience.js';
import { newUlid } from './ulid.js';

/** Which changes are meant. */
export type ChangeRange =
	| { readonly what: 'working' }
	| { readonly what: 'commits'; readonly count: number }
	| { readonly what: 'since'; readonly revision: string };

/** Tokens of a change that are shown at most, whatever the model could take. */
const mostTokens = 6_000;
/** Part of the room that is used: counts without a tokenizer are right within about 15 %, and code has rare words. */
const usedPart = 0.7;

/** The diff of a range. @throws {GitError} */
export function readDiff(git: Git, range: ChangeRange, signal?: AbortSignal): Promise<string> {
	switch (range.what) {
		case 'working':
			return git.workingDiff(signal);
		case 'commits':
			return git.lastCommits(range.count, signal);
		case 'since':
			return git.diffSince(range.revision, signal);
	}
}

export interface ChangeToRead {
	readonly git: Git;
	readonly diff: string;
	/** The workspace: files outside of it are not its business. */
	readonly folder: string;
	readonly failure?: Failure | undefined;
	/** Patterns, relative to the workspace. */
	readonly exclude: readonly string[];
	/** Paths below the workspace; absent: all. */
	readonly only?: readonly string[] | undefined;
	/** What the model takes; without a model, undefined. */
	readonly contextTokens?: number | undefined;
}

/** What may be shown of a change, and what is left out. @throws {GitError} */
export async function materialOf(change: ChangeToRead, signal?: AbortSignal): Promise<ChangeMaterial> {
	const { git, diff, folder, failure, exclude, only, contextTokens = Number.POSITIVE_INFINITY } = change;
	const files = parseUnifiedDiff(diff);
	const paths = files.flatMap(({ path, oldPath }) => (oldPath === undefined ? [path] : [path, oldPath]));
	const ignored = await git.ignored([...new Set(paths)], signal);
	const below = prefixOf(git.root, folder);
	const strip = (path: string): string => path.slice(below.length);
	const inside = files.flatMap((file): readonly FileDiff[] => {
		if (!file.path.startsWith(below)) return [];
		const { oldPath, ...rest } = file;
		const before = oldPath?.startsWith(below) ? strip(oldPath) : oldPath;
		const path = strip(file.path);
		if (only && !only.includes(path)) return [];
		return [{ ...rest, path, ...(before === undefined ? {} : { oldPath: before }) }];
	});
	return changeMaterial(inside, failure && { ...failure, output: withoutFolder(failure.output, folder) }, {
		exclude,
		ignored: ignored.filter((path) => path.startsWith(below)).map(strip),
		tokens: roomFor(contextTokens),
	});
}

/** Paths below the workspace alone: where it lies on somebody's disk is nobody's business. */
function withoutFolder(output: string, folder: string): string {
	const places = [...new Set([folder, realpathSync(folder)])].filter((place) => place.length > 1);
	return places.reduce((text, place) => text.replaceAll(`${place}${sep}`, '').replaceAll(place, '.'), output);
}

/** Tokens that a change may have in the prompt of a model. */
function roomFor(contextTokens: number): number {
	if (contextTokens === Number.POSITIVE_INFINITY) return mostTokens;
	const empty = { files: [], leftOut: [], redacted: 0, scope: {}, tokens: 0 };
	const fixed = estimatePrompt(promptFor(empty, contextTokens)) + lessonPlan(contextTokens).answerTokens;
	return Math.max(100, Math.min(mostTokens, Math.floor((contextTokens - fixed) * usedPart)));
}

/** The workspace as a path below the repository's top, with `/` at its end; empty where both are one. */
function prefixOf(root: string, folder: string): string {
	const path = relative(realpathSync(root), realpathSync(folder)).split(sep).join('/');
	return path === '' || path.startsWith('..') ? '' : `${path}/`;
}

/** What one question to the model takes: it may have to be asked once more for another form. */
export function estimateLearning(
	material: ChangeMaterial,
	config: RunConfig,
	model: ModelFacts,
	past?: PastCalls,
): Estimate {
	const prompt = estimatePrompt(promptFor(material, model.contextTokens));
	const { answerTokens } = lessonPlan(model.contextTokens);
	const work = {
		role: 'critic' as const,
		calls: [1, 2] as const,
		tokensIn: [prompt * 0.75, 2 * prompt * 1.3 + answerTokens] as const,
		tokensOut: [leastJson, 2 * answerTokens] as const,
	};
	return estimateOf([work], { kind: 'learn', problems: 1, config, models: { critic: model }, past });
}

export interface LearningPorts {
	readonly pool: ModelPool;
	readonly cache: RequestCache;
}

export interface LearnedLessons extends CapturedLessons {
	/** The model's id; `computed` where no model wrote them. */
	readonly model: string;
	readonly spent?: Spending;
}

/** The id of the model that writes lessons: the critic's. */
export function lessonModel({ models }: RunConfig): string {
	return models.critic ?? models.default;
}

/** @throws {ModelError | BudgetError | CacheError} */
export async function learnWithModel(
	{ pool, cache }: LearningPorts,
	material: ChangeMaterial,
	config: RunConfig,
	signal: AbortSignal,
): Promise<LearnedLessons> {
	const model = await pool.open(lessonModel(config));
	const ledger = new Ledger({ prices: config.prices, budget: config.budget, now: systemTime.now });
	const limiter = new Limiter({ concurrency: 1 });
	const calls = callable({ model, role: 'critic', cache, limiter, ledger });
	const captured = await distilChange(calls, material, signal);
	return { ...captured, model: captured.by === 'model' ? model.id : 'computed', spent: ledger.total() };
}

export function learnWithoutModel(material: ChangeMaterial): LearnedLessons {
	return { ...computedLessons(material), model: 'computed' };
}

/** Files that an experience names as its sources. */
const mostSources = 8;

/** Proposes every lesson; each waits for a person. @throws {ExperienceError | LibraryError} */
export async function proposeLessons(
	store: ExperienceStore,
	{ lessons, by, model }: LearnedLessons,
	material: ChangeMaterial,
): Promise<readonly Proposal[]> {
	const run = `${capturePrefix}${newUlid()}`;
	const at = new Date().toISOString();
	const sources = material.files
		.slice(0, mostSources)
		.map(({ path }) => ({ set: capturedSet, problem: path.slice(0, 500) }));
	const proposals: Proposal[] = [];
	for (const lesson of lessons) {
		const draft = {
			...lesson,
			domains: by === 'computed' ? [capturedSet, computedMark] : [capturedSet],
			sources,
			origin: { set: capturedSet, run, model },
		};
		proposals.push(await proposeExperience(store, draft, { by: 'tool:capture', at }));
	}
	return proposals;
}
