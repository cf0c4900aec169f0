/** The updater: discard, merge or insert what a problem taught; a model is asked only where computation can't tell. */
import * as v from 'valibot';
import {
	type Experience,
	maxPatternsWritten,
	mergeSources,
	type SourcedText,
	sourcesOf,
} from '../experience/experience.js';
import type { ChangeRequest, ExperienceStore, Neighbour } from '../experience/store.js';
import type { JsonSchema } from '../models/chatModel.js';
import type { ModelCalls } from '../models/modelCalls.js';
import { completeStructured } from '../models/structuredOutput.js';
import { contentForm } from '../retrieval/contentForm.js';
import { exactForm } from '../retrieval/plainForm.js';
import { updatePrompt } from './prompts/update.js';

export interface UpdaterOptions {
	/** Cosine of character 4-grams from which two experiences are the same (docs/decisions/0009). */
	readonly nearDuplicate: number;
	/** From here up to `nearDuplicate` the model is asked (0.35); below, the candidate is new. */
	readonly ask: number;
	/** How many neighbours the model sees. */
	readonly neighbours: number;
	/** Tokens of lessons in its prompt at most; the prompt does not grow with the library. */
	readonly budgetTokens: number;
	/** False: no model; what is not clear is inserted. */
	readonly consult: boolean;
}

export type UpdateDecision =
	| { readonly op: 'discard'; readonly id: string; readonly reason: string }
	| { readonly op: 'merge'; readonly into: Experience; readonly merged: Experience; readonly reason: string }
	| { readonly op: 'insert'; readonly reason: string };

const answerSchema = v.object({
	action: v.picklist(['discard', 'merge', 'insert']),
	id: v.optional(v.string(), ''),
	when: v.optional(v.pipe(v.string(), v.maxLength(400)), ''),
	strategy: v.optional(v.pipe(v.string(), v.maxLength(800)), ''),
});

export class Updater {
	constructor(
		private readonly store: ExperienceStore,
		private readonly calls: ModelCalls,
		private readonly options: UpdaterOptions,
		/** Whether answers are bare labels of a closed space. */
		private readonly closed: boolean,
	) {}

	/** What to do with `candidate`. @throws {ModelError | BudgetError | LibraryError} */
	async decide(candidate: Experience, sample: string, signal: AbortSignal): Promise<UpdateDecision> {
		const found = await this.store.neighbours(candidate, this.options.neighbours);
		const same = found.find((neighbour) => contentForm(neighbour.experience) === contentForm(candidate));
		if (same) return { op: 'discard', id: same.experience.id, reason: 'identical to a stored experience' };
		const fitting = found.filter(({ experience }) => !experience.reviewed && experience.zone === candidate.zone);
		if (this.closed) return this.decideByKind(candidate, fitting);
		const nearest = fitting[0];
		if (!nearest || nearest.similarity < this.options.ask) return { op: 'insert', reason: 'nothing similar is stored' };
		if (nearest.similarity >= this.options.nearDuplicate) {
			return this.merge(candidate, nearest.experience, undefined, `near-duplicate (${nearest.similarity.toFixed(2)})`);
		}
		if (!this.options.consult) return { op: 'insert', reason: 'similar, but not the same' };
		return this.consult(candidate, fitting, sample, signal);
	}

	/**
	 * In a closed answer space computation tells all: lessons are one if they name the same kind of case and the same
	 * answer. Alike wording is no reason, because a small difference of the kind may change the answer.
	 */
	private decideByKind(candidate: Experience, neighbours: readonly Neighbour[]): UpdateDecision {
		const twin = neighbours.find(
			({ experience }) =>
				experience.when.text !== '' &&
				normal(experience.when.text) === normal(candidate.when.text) &&
				experience.strategy.text === candidate.strategy.text,
		);
		if (twin) return this.merge(candidate, twin.experience, undefined, 'the same kind of case');
		return { op: 'insert', reason: 'a new kind of case' };
	}

	/** The change that carries the decision out, or undefined for a discard. */
	request(candidate: Experience, decision: UpdateDecision, by: string, key: string): ChangeRequest | undefined {
		switch (decision.op) {
			case 'discard':
				return undefined;
			case 'insert':
				return { change: { op: 'insert', experience: candidate }, by, key };
			case 'merge':
				return {
					change: { op: 'merge', experience: decision.merged, baseRev: decision.into.rev, reason: decision.reason },
					by,
					key,
				};
		}
	}

	private async consult(
		candidate: Experience,
		neighbours: readonly Neighbour[],
		sample: string,
		signal: AbortSignal,
	): Promise<UpdateDecision> {
		const shown = neighbours.map((neighbour) => neighbour.experience);
		const budget = Math.min(this.options.budgetTokens, Math.floor(this.calls.model.contextTokens / 2));
		const result = await completeStructured(
			this.calls,
			{
				request: {
					messages: updatePrompt(candidate, shown, budget),
					maxTokens: 300,
					temperature: 0,
					sample,
				},
				name: 'update',
				schema: answerSchema,
				jsonSchema: updateJson(shown.map((experience) => experience.id)),
			},
			signal,
		);
		if ('failed' in result) return { op: 'insert', reason: `the updater's answer was not usable (${result.failed})` };
		const { action, id, when, strategy } = result.value;
		const target = shown.find((experience) => experience.id === id);
		if (action === 'insert' || !target) return { op: 'insert', reason: 'judged new' };
		if (action === 'discard') return { op: 'discard', id: target.id, reason: 'judged to say the same' };
		return this.merge(candidate, target, { when, strategy }, 'judged to be about the same');
	}

	/** Union of both: every pattern, case and source; the text is the model's where it wrote one, else the fuller one. */
	private merge(
		candidate: Experience,
		stored: Experience,
		text: { readonly when: string; readonly strategy: string } | undefined,
		reason: string,
	): UpdateDecision {
		const patterns = unionBy(stored.patterns, candidate.patterns, (pattern) => exactForm(pattern.rule));
		if (patterns.length > maxPatternsWritten) return { op: 'insert', reason: 'the like experience is full' };
		const cases = unionBy(stored.cases, candidate.cases, (item) => exactForm(item.question));
		const merged: Experience = {
			...stored,
			when: mergedText(stored.when, candidate.when, text?.when),
			strategy: mergedText(stored.strategy, candidate.strategy, text?.strategy),
			title: stored.strategy.text === '' && candidate.strategy.text !== '' ? candidate.title : stored.title,
			patterns,
			cases,
			domains: [...new Set([...stored.domains, ...candidate.domains])],
			priority: Math.max(stored.priority, candidate.priority),
		};
		const grew = sourcesOf(merged).length > sourcesOf(stored).length || contentForm(merged) !== contentForm(stored);
		return grew ? { op: 'merge', into: stored, merged, reason } : { op: 'discard', id: stored.id, reason };
	}
}

/** The more informative of two texts unless the model wrote one that covers both; both sources either way. */
function mergedText(stored: SourcedText, added: SourcedText, written?: string): SourcedText {
	const fuller = added.text.length > stored.text.length ? added.text : stored.text;
	return {
		text: written && written.trim() !== '' ? written.trim() : fuller,
		sources: mergeSources(stored.sources, added.sources),
	};
}

function unionBy<T extends { readonly sources: SourcedText['sources'] }>(
	stored: readonly T[],
	added: readonly T[],
	key: (item: T) => string,
): readonly T[] {
	const byKey = new Map(stored.map((item) => [key(item), item]));
	for (const item of added) {
		const twin = byKey.get(key(item));
		byKey.set(key(item), twin ? { ...twin, sources: mergeSources(twin.sources, item.sources) } : item);
	}
	return [...byKey.values()];
}

function normal(text: string): string {
	return text
		.toLowerCase()
		.replace(/[\s\p{P}]+/gu, ' ')
		.trim();
}

function updateJson(ids: readonly string[]): JsonSchema {
	return {
		type: 'object',
		properties: {
			action: { enum: ['discard', 'merge', 'insert'] },
			id: { enum: ['', ...ids] },
			when: { type: 'string', maxLength: 200 },
			strategy: { type: 'string', maxLength: 400 },
		},
		required: ['action', 'id', 'when', 'strategy'],
		additionalProperties: false,
	};
}
