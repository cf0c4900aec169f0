/** The kind `fitness`: a formula over features of protein variants, graded by how well it orders them (Spearman's ρ). */
import type { AssaySource } from './fitness/assay.js';
import { type AssayTable, assayTable } from './fitness/assayTable.js';
import { assess } from './fitness/assess.js';
import { formulaInstructions } from './fitness/formulaInstructions.js';
import { formulaIn } from './fitness/formulaText.js';
import { type AssessedFusion, bestSingle, fusionText } from './fitness/fusion.js';
import { runFormula } from './fitness/runFormula.js';
import {
	type Grade,
	type GraderPorts,
	type Problem,
	type ProblemSet,
	TaskError,
	type TaskKind,
	unusable,
} from './task.js';

export const fitness: TaskKind = {
	kind: 'fitness',
	scoreName: 'Spearman ρ',
	openEnded: true,
	instructions: () => formulaInstructions,
	extract: (text) => formulaIn(text),
	async grade(problem, attempt, set, ports, signal) {
		const { sandbox, assays } = portsOf(ports);
		const assay = await assays.open(assaySource(problem, set));
		const table = assayTable(assay, tableOptions(problem, set));
		if (attempt.answer === undefined) return unusable('No formula was found in the answer.');
		const limits = { timeoutMs: positive(set.grader.timeoutMs) ?? 5_000, memoryBytes: 256 * 1024 * 1024 };
		const run = await runFormula(attempt.answer, table, sandbox, limits, signal);
		if ('fault' in run) return unusable(run.fault);
		return graded(assess(run.outputs, table), bestSingle(table), table);
	},
};

/**
 * Right is what orders the variants better than the single feature that the labelled ones recommend: in training on the
 * labelled ones, by cross-validation; in a benchmark, where the port gives their scores, on the unseen ones.
 */
function graded(own: Pick<AssessedFusion, 'labelled' | 'unseen'>, single: AssessedFusion, table: AssayTable): Grade {
	const measured = own.unseen !== undefined && single.unseen !== undefined;
	const [score, toBeat] = measured ? [own.unseen, single.unseen] : [own.labelled, single.labelled];
	const where = measured ? `${table.unseen.length} unseen variants` : `${table.scores.length} labelled variants`;
	const rival = `the best single feature, ${fusionText(single.fusion)},`;
	return {
		verdict: score > toBeat + 1e-9 ? 'correct' : 'incorrect',
		score,
		detail: `ρ is ${shown(score)} on ${where}; ${rival} reaches ${shown(toBeat)}.`,
		feedback: `On the labelled variants its rank correlation is ${shown(own.labelled)}; ${rival} reaches ${shown(single.labelled)}.`,
	};
}

function shown(rho: number): string {
	return rho.toFixed(3);
}

/** Where the variants of a problem are, and which of them are labelled. @throws {TaskError} `bad-problem` */
export function assaySource(
	{ id, extra }: Pick<Problem, 'id' | 'extra'>,
	set: Pick<ProblemSet, 'source'>,
): AssaySource {
	const { assay, labelled = 100 } = extra;
	if (typeof assay !== 'string' || assay.trim() === '') {
		throw new TaskError(
			'bad-problem',
			`${id} has no assay; give it a field "assay" with the name of its variants file.`,
		);
	}
	if (!isLabelled(labelled)) {
		throw new TaskError('bad-problem', `"labelled" of ${id} must be how many variants are labelled, or their names.`);
	}
	return { folder: set.source, file: assay, labelled, seed: seedOf(id, extra) };
}

function isLabelled(value: unknown): value is number | readonly string[] {
	if (Array.isArray(value)) return value.every((mutant) => typeof mutant === 'string');
	return typeof value === 'number' && Number.isInteger(value) && value > 0;
}

/** `grader.computed` adds features that follow from the variants' names and the labelled scores. */
export function tableOptions({ id, extra }: Pick<Problem, 'id' | 'extra'>, { grader }: Pick<ProblemSet, 'grader'>) {
	return { computed: grader.computed === true, seed: seedOf(id, extra) };
}

function seedOf(id: string, { seed = 1 }: Problem['extra']): number {
	if (typeof seed === 'number' && Number.isSafeInteger(seed)) return seed;
	throw new TaskError('bad-problem', `"seed" of ${id} must be a whole number.`);
}

function portsOf({ sandbox, assays }: GraderPorts) {
	if (sandbox && assays) return { sandbox, assays };
	const missing = sandbox
		? 'their variants file, and nothing here can open it'
		: 'a sandbox to run in, and there is none here';
	throw new TaskError('missing-port', `Problems of the kind "fitness" need ${missing}.`);
}

function positive(value: unknown): number | undefined {
	return typeof value === 'number' && value > 0 && value <= 2 ** 20 ? value : undefined;
}
