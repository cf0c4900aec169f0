/** The kind `retrosynthesis`: reactants that give a product in one step, compared as sets of molecules. */
import type { Chemistry, Molecule, Reading } from './chemistry.js';
import { type Comparison, compareReactants } from './reactantSets.js';
import { mentionsMolecules, smilesAnswers } from './smilesAnswers.js';
import {
	type Attempt,
	type Grade,
	type GraderPorts,
	type Problem,
	type ProblemSet,
	TaskError,
	type TaskKind,
	unusable,
} from './task.js';

export const retrosynthesis: TaskKind = {
	kind: 'retrosynthesis',
	molecules: true,
	instructions(set) {
		const most = topK(set);
		const form = 'Write the reactants as SMILES, joined by dots, without reagents, solvents and atom maps.';
		if (most === 1) return `${form} End with one line "Answer: …".`;
		return `${form} Give ${most} different proposals. End with a line "Answer:" and the proposals beneath it as a numbered list, the likeliest first.`;
	},
	extract(text, set) {
		const sets = smilesAnswers(text, topK(set));
		return sets.length > 0 ? sets.join('\n') : undefined;
	},
	prepare: async (ports) => chemistryOf(ports).prepare(),
	traces: {
		// A large reactant is most of the answer; small ones ("CO", "BrCc1ccccc1") stand in many rules.
		values: (answer) => [...new Set([answer, ...answer.split('.').filter((part) => part.length >= 12)])],
		mentions: mentionsMolecules,
	},
	grade,
};

/** `grader.topK` (default 1, at most 50): as many proposals count, and one right among them is enough. */
export function topK({ grader }: Pick<ProblemSet, 'grader'>): number {
	const value = grader.topK;
	return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 50 ? value : 1;
}

async function grade(
	problem: Problem,
	attempt: Attempt,
	set: ProblemSet,
	ports: GraderPorts,
	signal: AbortSignal,
): Promise<Grade> {
	if (attempt.answer === undefined) return unusable('No SMILES was found in the attempt.');
	const chemistry = chemistryOf(ports);
	const proposals = attempt.answer.split('\n').slice(0, topK(set));
	const [wanted, product, ...readings] = await chemistry.read([problem.answer, problem.question, ...proposals], signal);
	const expected = moleculesOf(wanted);
	if (!expected) {
		const why = wanted?.error ?? 'it is missing';
		throw new TaskError('bad-problem', `The answer of ${problem.id} is no SMILES (${why}): correct it in its file.`);
	}
	const judged = readings.map((reading, rank) => judge(expected, moleculesOf(product), reading, rank));
	const right = judged.find(({ comparison }) => comparison?.same);
	const canonical = readings.map(canonicalSet).join('\n');
	if (right) {
		const score = scoreOfRank(right.rank, proposals.length);
		return { verdict: 'correct', score, detail: rightDetail(right), canonical };
	}
	const closest = judged.toSorted((a, b) => similarityOf(b) - similarityOf(a))[0];
	if (!closest?.comparison)
		return unusable(`The answer can't be read as molecules: ${closest?.error ?? 'it is empty'}.`);
	return {
		...{ verdict: 'incorrect', score: similarityOf(closest) / 2, detail: wrongDetail(problem, expected, closest) },
		canonical,
		...(closest.isProduct && { feedback: 'These are the molecules of the product itself.' }),
	};
}

/** @throws {TaskError} `missing-port` */
function chemistryOf({ chemistry }: GraderPorts): Chemistry {
	if (chemistry) return chemistry;
	throw new TaskError(
		'missing-port',
		'Problems of the kind "retrosynthesis" are graded with RDKit, and there is none here.',
	);
}

interface Judged {
	/** From 0. */
	readonly rank: number;
	/** Absent where the proposal can't be read. */
	readonly comparison?: Comparison | undefined;
	readonly error?: string | undefined;
	readonly isProduct: boolean;
}

function judge(
	expected: readonly Molecule[],
	product: readonly Molecule[] | undefined,
	reading: Reading,
	rank: number,
): Judged {
	const given = moleculesOf(reading);
	if (!given) return { rank, error: reading.error, isProduct: false };
	const isProduct = product !== undefined && compareReactants(product, given).same;
	return { rank, comparison: compareReactants(expected, given), isProduct };
}

function moleculesOf(reading: Reading | undefined): readonly Molecule[] | undefined {
	return reading && reading.error === undefined ? reading.molecules : undefined;
}

/** One writing of a set of molecules; none of what can't be read. */
function canonicalSet(reading: Reading): string {
	const molecules = moleculesOf(reading) ?? [];
	return molecules
		.map(({ smiles }) => smiles)
		.sort()
		.join('.');
}

function similarityOf({ comparison }: Judged): number {
	return comparison?.similarity ?? -1;
}

/** From 1 for the first of them down to above 0.5 for the last; what is wrong has half of its similarity, at most 0.5. */
function scoreOfRank(rank: number, proposals: number): number {
	return 1 - rank / (2 * proposals);
}

function rightDetail({ rank, comparison }: Judged): string {
	const place =
		rank === 0 ? 'The reactants are the expected ones.' : `Proposal ${rank + 1} has the expected reactants.`;
	const passed = comparison?.passedOver ?? [];
	return passed.length === 0 ? place : `${place} Counter-ions were passed over: ${passed.join(', ')}.`;
}

function wrongDetail({ answer }: Problem, expected: readonly Molecule[], { comparison, isProduct }: Judged): string {
	if (isProduct) return `This is the product itself. Expected ${answer}.`;
	const { matched = 0, similarity = 0 } = comparison ?? {};
	const count = expected.length;
	const share = matched === 0 ? 'None' : String(matched);
	const verb = matched > 1 ? 'are' : 'is';
	return `${share} of the ${count} expected ${count === 1 ? 'molecule' : 'molecules'} ${verb} there (similarity ${similarity.toFixed(2)}). Expected ${answer}.`;
}
