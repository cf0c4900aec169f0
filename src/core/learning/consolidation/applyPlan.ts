/** Applies a consolidation plan that a person has seen, all in one group of changes, and takes it back as a whole. */
import type { Experience } from '../../experience/experience.js';
import type { ChangeRequest, ExperienceStore, Revision } from '../../experience/store.js';
import { canonicalJson } from '../../models/canonicalJson.js';
import { contentForm } from '../../retrieval/contentForm.js';
import { grown, retiredInto } from './mergeRequests.js';
import type { ConsolidationPlan, PlanStep } from './plan.js';
import { union, unionOfEquals } from './union.js';

export interface AppliedPlan {
	/** Steps that were done. */
	readonly done: readonly string[];
	/** Steps that were not, and why. */
	readonly skipped: readonly { readonly step: string; readonly why: string }[];
	readonly retired: readonly string[];
	/** Experiences that stayed and grew. */
	readonly grown: readonly string[];
}

export interface PlanUndone {
	/** Experiences that are again as they were before the plan. */
	readonly restored: readonly string[];
	/** Experiences that were changed since, and stay as they are. */
	readonly changedSince: readonly string[];
}

/** Who made the changes, as the history names it. */
export function planAuthor(plan: string): string {
	return `plan:${plan}`;
}

/**
 * Does the `discard` and `merge` steps; what a step keeps is joined anew from the library, so a plan file can't bring in
 * words of its own. A step is skipped where an experience is not at the revision that the plan saw.
 * @throws {LibraryError} `stale` where another process changes the library in this moment; nothing is done then
 */
export async function applyConsolidation(store: ExperienceStore, plan: ConsolidationPlan): Promise<AppliedPlan> {
	const steps = plan.steps.filter(({ kind }) => kind !== 'review');
	const ids = new Set(steps.flatMap(({ keep, drop }) => [keep, ...drop]));
	const work = new Work(new Map((await store.get([...ids])).map((experience) => [experience.id, experience])));
	const done: string[] = [];
	const skipped: AppliedPlan['skipped'][number][] = [];
	for (const step of steps) {
		const why = work.take(step);
		if (why === undefined) done.push(step.id);
		else skipped.push({ step: step.id, why });
	}
	const requests = work.requests(planAuthor(plan.id));
	if (requests.length > 0) await store.apply(requests);
	return { done, skipped, retired: [...work.retired.keys()], grown: work.grown() };
}

/** The steps taken so far; nothing is written. */
class Work {
	readonly retired = new Map<string, { readonly into: string; readonly why: string }>();
	/** What stays, as it is after the steps so far. */
	private readonly kept = new Map<string, Experience>();

	constructor(private readonly library: ReadonlyMap<string, Experience>) {}

	/** Takes a step as a whole, or says why it can't be taken. */
	take(step: PlanStep): string | undefined {
		const { keep, drop, kind, why } = step;
		const obstacle = this.obstacleTo(step);
		if (obstacle !== undefined) return obstacle;
		let merged = this.kept.get(keep) ?? this.library.get(keep);
		for (const id of drop) {
			const dropped = this.library.get(id);
			if (!merged || !dropped) return `there is no experience ${id} any more`;
			if (kind === 'discard' && contentForm(this.library.get(keep) ?? merged) !== contentForm(dropped)) {
				return `${id} does not say the same as ${keep}; make the step a "merge" to join them all the same`;
			}
			const result = kind === 'discard' ? unionOfEquals(merged, dropped) : union(merged, dropped);
			if ('refused' in result) return result.refused;
			merged = result.merged;
		}
		if (merged) this.kept.set(keep, merged);
		for (const id of drop) this.retired.set(id, { into: keep, why });
		return undefined;
	}

	grown(): readonly string[] {
		return [...this.kept]
			.filter(([id, after]) => canonicalJson(after) !== canonicalJson(this.library.get(id)))
			.map(([id]) => id);
	}

	requests(by: string): readonly ChangeRequest[] {
		const known = (id: string): Experience | undefined => this.library.get(id);
		const grew = this.grown().flatMap((id) => {
			const [before, after] = [known(id), this.kept.get(id)];
			return before && after ? [grown(before, after, by)] : [];
		});
		const retired = [...this.retired].flatMap(([id, { into, why }]) => {
			const dropped = known(id);
			return dropped ? [retiredInto(dropped, into, why, by)] : [];
		});
		return [...grew, ...retired];
	}

	private obstacleTo({ keep, drop, before }: PlanStep): string | undefined {
		if (drop.length === 0 || drop.includes(keep)) return 'it names nothing to retire, or what it keeps';
		const seen = new Map(before.map(({ id, rev }) => [id, rev]));
		for (const id of [keep, ...drop]) {
			const experience = this.library.get(id);
			if (!experience) return `there is no experience ${id} any more`;
			if (experience.status === 'retired') return `${id} is retired`;
			if (seen.get(id) !== experience.rev) {
				return `${id} was changed since (revision ${experience.rev}, the plan saw ${seen.get(id) ?? 'none'})`;
			}
			const taken = this.retired.get(id);
			if (taken) return `an earlier step merges ${id} into ${taken.into}`;
			if (id !== keep && this.kept.has(id)) return `an earlier step keeps ${id}`;
		}
		return undefined;
	}
}

/**
 * Takes back what a plan did: each experience gets the content and status from before it. One that was changed since is
 * left alone. @throws {LibraryError}
 */
export async function undoConsolidation(store: ExperienceStore, plan: string): Promise<PlanUndone> {
	const by = planAuthor(plan);
	const restored: string[] = [];
	const changedSince: string[] = [];
	const requests: ChangeRequest[] = [];
	for (const id of await touchedByPlans(store)) {
		const history = await store.history(id);
		const at = history.findLastIndex((revision) => revision.by === by && revision.op === 'merge');
		const to = history[at - 1]?.rev;
		if (to === undefined || wasUndone(history, at)) continue;
		if (at < history.length - 1) {
			changedSince.push(id);
			continue;
		}
		restored.push(id);
		requests.push({ change: { op: 'undo', id, to }, by });
	}
	if (requests.length > 0) await store.apply(requests);
	return { restored, changedSince };
}

function wasUndone(history: readonly Revision[], at: number): boolean {
	return history.slice(at + 1).some(({ op, by }) => op === 'undo' && by === history[at]?.by);
}

/** What is merged into something, and that into which it is merged. */
async function touchedByPlans(store: ExperienceStore): Promise<readonly string[]> {
	const retired = await store.list({ statuses: ['retired'] });
	const merged = retired.flatMap(({ id, links }) =>
		links.flatMap((link) => (link.kind === 'mergedInto' ? [link.id, id] : [])),
	);
	return [...new Set(merged)];
}
