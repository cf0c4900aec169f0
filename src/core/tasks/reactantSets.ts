/** Compares sets of reactants: equal whatever the order, with a counter-ion more or less; else by how much they share. */
import type { Molecule } from './chemistry.js';

export interface Comparison {
	readonly same: boolean;
	/** Counter-ions that only one side has and that were passed over. */
	readonly passedOver: readonly string[];
	/** Expected molecules that are there. */
	readonly matched: number;
	/** 0–1: the mean, over the molecules of both sides, of the Tanimoto similarity to the closest one on the other side. */
	readonly similarity: number;
}

/**
 * Both as multisets of canonical molecules. Passed over are:
 * - on either side, Li⁺, Na⁺, K⁺, Cs⁺, Cl⁻, Br⁻ and I⁻, as many as balance the charge of an ion of that side that is none of
 *   these: "C[O-].[Na+]" is "C[O-]", and any halide of an ammonium ion will do;
 * - in the attempt alone, HCl, HBr and HI, one for each other molecule with nitrogen: the hydrochloride of an amine is that
 *   amine. What the expected answer has of these must be there, for it may be what reacts.
 * Charges are compared as they are: an acid is not its salt.
 */
export function compareReactants(expected: readonly Molecule[], given: readonly Molecule[]): Comparison {
	const [missing, extra] = [without(expected, given), without(given, expected)];
	const unbound = [
		unexplained(missing, ionsFor(expected)),
		unexplained(extra, [...ionsFor(given), ...acidsFor(given)]),
	];
	return {
		same: unbound.every((rest) => rest.length === 0),
		passedOver: [...missing, ...extra],
		matched: expected.length - missing.length,
		similarity: similarity(expected, given),
	};
}

/** What of `all` is not in `others`, each as often as it is more. */
function without(all: readonly Molecule[], others: readonly Molecule[]): readonly string[] {
	const left = new Map<string, number>();
	for (const { smiles } of others) left.set(smiles, (left.get(smiles) ?? 0) + 1);
	return all
		.map(({ smiles }) => smiles)
		.filter((smiles) => {
			const count = left.get(smiles) ?? 0;
			left.set(smiles, count - 1);
			return count <= 0;
		});
}

const cations = new Set(['[Li+]', '[Na+]', '[K+]', '[Cs+]']);
const anions = new Set(['[Cl-]', '[Br-]', '[I-]']);
const acids = new Set(['Cl', 'Br', 'I']);

/** A kind of molecule that may be passed over, and how often. */
interface Allowance {
	readonly of: ReadonlySet<string>;
	readonly most: number;
}

function ionsFor(side: readonly Molecule[]): readonly Allowance[] {
	const charges = side
		.map(({ smiles }) => smiles)
		.filter((smiles) => !cations.has(smiles) && !anions.has(smiles))
		.map(chargeOf);
	const total = (sign: 1 | -1): number => charges.reduce((sum, charge) => sum + Math.max(0, sign * charge), 0);
	return [
		{ of: cations, most: total(-1) },
		{ of: anions, most: total(1) },
	];
}

function acidsFor(side: readonly Molecule[]): readonly Allowance[] {
	return [{ of: acids, most: side.filter(({ smiles }) => hasNitrogen(smiles)).length }];
}

function unexplained(molecules: readonly string[], allowances: readonly Allowance[]): readonly string[] {
	const used = allowances.map(() => 0);
	return molecules.filter((smiles) => {
		const at = allowances.findIndex(({ of, most }, index) => of.has(smiles) && (used[index] ?? 0) < most);
		if (at < 0) return true;
		used[at] = (used[at] ?? 0) + 1;
		return false;
	});
}

/** The sum of the charges that a canonical SMILES writes in its brackets. */
export function chargeOf(smiles: string): number {
	return [...smiles.matchAll(/([+-])(\d*)\]/gu)].reduce(
		(sum, [, sign, size = '']) => sum + (sign === '+' ? 1 : -1) * Number(size === '' ? 1 : size),
		0,
	);
}

const atoms = /\[\d*([A-Z][a-z]?|[a-z]{1,2})[^\]]*\]|Cl|Br|[BCNOPSFIbcnops]/gu;

function hasNitrogen(smiles: string): boolean {
	return [...smiles.matchAll(atoms)].some(([atom, inBrackets = atom]) => inBrackets === 'N' || inBrackets === 'n');
}

function similarity(expected: readonly Molecule[], given: readonly Molecule[]): number {
	if (expected.length === 0 || given.length === 0) return 0;
	const closest = (one: Molecule, others: readonly Molecule[]): number =>
		Math.max(
			...others.map((other) => (one.smiles === other.smiles ? 1 : tanimoto(one.fingerprint, other.fingerprint))),
		);
	const all = [...expected.map((one) => closest(one, given)), ...given.map((one) => closest(one, expected))];
	return all.reduce((sum, value) => sum + value, 0) / all.length;
}

/** Bits that both have, of those that one has. */
export function tanimoto(a: Uint8Array, b: Uint8Array): number {
	let both = 0;
	let either = 0;
	for (const [index, byte] of a.entries()) {
		const other = b[index] ?? 0;
		both += ones(byte & other);
		either += ones(byte | other);
	}
	return either === 0 ? 0 : both / either;
}

function ones(byte: number): number {
	let count = 0;
	for (let rest = byte; rest > 0; rest &= rest - 1) count++;
	return count;
}
