/** Formulas that a computation can write: one feature, or several taken together; what an actor's formula must beat. */
import { spearman } from '../../spearman.js';
import type { AssayTable, Row } from './assayTable.js';
import { type Assessment, assess, type Outputs } from './assess.js';

export interface SignedFeature {
	readonly name: string;
	/** −1 where less of it is fitter. */
	readonly sign: 1 | -1;
}

/** `equal`: their mean; `fitted`: weights by ridge regression. */
export interface Fusion {
	readonly features: readonly SignedFeature[];
	readonly weights: 'equal' | 'fitted';
}

/** The fusion as an actor would write it. */
export function fusionText({ features, weights }: Fusion): string {
	const terms = features.map(({ name, sign }) => `${sign < 0 ? '-' : ''}${accessOf(name)}`).join(', ');
	if (weights === 'fitted') return `(f) => [${terms}]`;
	return features.length === 1 ? `(f) => ${terms}` : `(f) => mean(${terms})`;
}

function accessOf(name: string): string {
	return /^[A-Za-z_]\w*$/u.test(name) ? `f.${name}` : `f[${JSON.stringify(name)}]`;
}

/** What its text would give, computed without it. */
export function fusionOutputs(
	{ features, weights }: Fusion,
	{ names, rows }: Pick<AssayTable, 'names' | 'rows'>,
): Outputs {
	const columns = features.map(({ name, sign }) => ({ column: names.indexOf(name), sign }));
	const terms = (row: Row): readonly number[] => columns.map(({ column, sign }) => sign * (row[column] ?? 0));
	if (weights === 'fitted') return { kind: 'terms', values: rows.map(terms) };
	return {
		kind: 'scores',
		values: rows.map((row) => terms(row).reduce((sum, value) => sum + value, 0) / columns.length),
	};
}

export interface RankedFeature extends SignedFeature {
	/** On the labelled variants, in the direction of its sign; 0 to 1. */
	readonly rho: number;
}

/** Every feature with its correlation on the labelled variants, the best first. */
export function rankedFeatures({ names, rows, labelled, scores }: AssayTable): readonly RankedFeature[] {
	return rankedBy(
		names,
		labelled.map((row) => rows[row] ?? []),
		scores,
	);
}

/** The same for any rows with their scores. */
export function rankedBy(
	names: readonly string[],
	rows: readonly Row[],
	scores: readonly number[],
): readonly RankedFeature[] {
	return names
		.map((name, column) => {
			const rho = spearman(
				rows.map((row) => row[column] ?? 0),
				scores,
			);
			return { name, sign: rho < 0 ? (-1 as const) : (1 as const), rho: Math.abs(rho) };
		})
		.sort((x, y) => y.rho - x.rho);
}

export interface AssessedFusion extends Assessment {
	readonly fusion: Fusion;
}

/** The single feature that the labelled variants recommend: what a formula must beat to be right. */
export function bestSingle(table: AssayTable): AssessedFusion {
	const [best] = rankedFeatures(table);
	if (!best) throw new RangeError('An assay table without features.');
	return assessFusion({ features: [best], weights: 'equal' }, table);
}

export function assessFusion(fusion: Fusion, table: AssayTable): AssessedFusion {
	return { fusion, ...assess(fusionOutputs(fusion, table), table) };
}
