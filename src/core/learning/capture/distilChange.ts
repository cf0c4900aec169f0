/** Turns a change, and the failure before it, into lessons: a model writes, computation checks, and stands in for it. */
import type { ModelCalls } from '../../models/modelCalls.js';
import { completeStructured } from '../../models/structuredOutput.js';
import { capturePrompt } from '../prompts/capture.js';
import { type ChangeMaterial, materialText } from './changeMaterial.js';
import { computedLesson, failureCase } from './computedLesson.js';
import { type CapturedLesson, lessonsForm, type WrittenLesson, zoneOfKind } from './lesson.js';
import { type LessonFault, lessonFault } from './lessonChecks.js';

export interface DroppedLesson {
	readonly title: string;
	readonly fault: LessonFault;
}

export interface CapturedLessons {
	readonly lessons: readonly CapturedLesson[];
	/** Who wrote them. `computed`: no model was asked, or nothing that it wrote could be used. */
	readonly by: 'model' | 'computed';
	readonly dropped: readonly DroppedLesson[];
	/** Why the model's answer as a whole was no use: a code. */
	readonly failed?: string;
}

/** Tokens of one lesson as JSON, at most. */
const lessonTokens = 220;

/** How many lessons a model of this size is asked for, and the tokens of its answer. */
export function lessonPlan(contextTokens: number): { readonly mostLessons: number; readonly answerTokens: number } {
	const mostLessons = contextTokens >= 16_000 ? 5 : contextTokens >= 6_000 ? 3 : 2;
	return { mostLessons, answerTokens: mostLessons * lessonTokens };
}

/** The prompt for this change. */
export function promptFor(material: ChangeMaterial, contextTokens: number) {
	const { mostLessons } = lessonPlan(contextTokens);
	return capturePrompt({
		material: materialText(material),
		failed: material.failure !== undefined,
		mostLessons,
	});
}

/** Lessons without any model: one, labelled as computed by whoever keeps it. */
export function computedLessons(material: ChangeMaterial): CapturedLessons {
	const lesson = computedLesson(material);
	return { lessons: lesson ? [lesson] : [], by: 'computed', dropped: [] };
}

/** @throws {ModelError | BudgetError | CacheError} where the call fails for reasons that lie outside of this change */
export async function distilChange(
	calls: ModelCalls,
	material: ChangeMaterial,
	signal: AbortSignal,
): Promise<CapturedLessons> {
	const { contextTokens } = calls.model;
	const { mostLessons, answerTokens } = lessonPlan(contextTokens);
	const messages = promptFor(material, contextTokens);
	const request = { messages, maxTokens: answerTokens, temperature: 0, sample: 'capture' };
	const result = await completeStructured(calls, { request, ...lessonsForm(mostLessons) }, signal);
	if ('failed' in result) return { ...computedLessons(material), failed: result.failed };
	const prompt = messages
		.slice(0, -1)
		.map(({ content }) => content)
		.join('\n');
	const context = { material: materialText(material), prompt };
	const kept: WrittenLesson[] = [];
	const dropped: DroppedLesson[] = [];
	for (const lesson of result.value.lessons.slice(0, mostLessons)) {
		const fault = lessonFault(lesson, kept, context);
		if (fault) dropped.push({ title: lesson.title, fault });
		else kept.push(lesson);
	}
	if (kept.length === 0) return { ...computedLessons(material), dropped, failed: 'no-lesson-kept' };
	return { lessons: withCase(kept, material), by: 'model', dropped };
}

/** The failure and its remedy stand as a case with the first fix, or the first lesson. */
function withCase(written: readonly WrittenLesson[], material: ChangeMaterial): readonly CapturedLesson[] {
	const fix = Math.max(
		0,
		written.findIndex(({ kind }) => kind === 'fix'),
	);
	return written.map(({ kind, title, when, advice }, at) => ({
		zone: zoneOfKind[kind],
		title,
		when,
		strategy: advice,
		patterns: [],
		cases: material.failure && at === fix ? [failureCase(material)] : [],
		scope: material.scope,
	}));
}
