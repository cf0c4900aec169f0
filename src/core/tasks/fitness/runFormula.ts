/** Applies an actor's formula to an assay in the sandbox, and checks what it gives: numbers, or what is wrong with it. */
import type { Sandbox, SandboxResult } from '../sandbox.js';
import type { AssayTable } from './assayTable.js';
import type { Outputs } from './assess.js';
import { medianOf } from './columns.js';
import { formulaProgram } from './formulaProgram.js';

export interface FormulaLimits {
	readonly timeoutMs: number;
	readonly memoryBytes: number;
}

export type FormulaRun =
	| { readonly outputs: Outputs }
	/** A sentence for the author of the formula. */
	| { readonly fault: string };

/** More terms than that can't be fitted on a hundred variants. */
export const mostTerms = 64;
/** Up to this part of the values may be no finite numbers, as where a logarithm has nothing to give; they get the middle. */
const mostMissing = 0.1;

/** @throws the signal's reason */
export async function runFormula(
	formula: string,
	table: Pick<AssayTable, 'names' | 'rows'>,
	sandbox: Sandbox,
	limits: FormulaLimits,
	signal: AbortSignal,
): Promise<FormulaRun> {
	const result = await sandbox.run(
		{ code: formulaProgram(formula, table), ...limits, mostCharacters: charactersFor(table.rows.length) },
		signal,
	);
	const values = valuesIn(result);
	if (typeof values === 'string') return { fault: values };
	if (values.length !== table.rows.length) return { fault: 'The formula does not give one value for each variant.' };
	return checked(values);
}

/** Room for as many lists of terms as there are rows. */
function charactersFor(rows: number): number {
	return 10_000 + rows * 2_000;
}

function valuesIn({ status, value, error }: SandboxResult): readonly unknown[] | string {
	if (status === 'timeout') return 'The formula does not come to an end.';
	if (status === 'out-of-memory') return 'The formula needs too much memory.';
	if (status !== 'done') return `The formula fails: ${(error ?? status).slice(0, 200)}`;
	const parsed = parsedJson(value ?? '');
	if (typeof parsed !== 'object' || parsed === null) return 'The formula broke its surroundings.';
	if ('values' in parsed && Array.isArray(parsed.values)) return parsed.values;
	return `The formula fails: ${'fault' in parsed ? String(parsed.fault) : 'it gives nothing'}`;
}

function parsedJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function checked(values: readonly unknown[]): FormulaRun {
	const [first] = values;
	const terms = Array.isArray(first) ? first.length : 0;
	if (Array.isArray(first) && (terms === 0 || terms > mostTerms)) {
		return { fault: `A list must hold 1 to ${mostTerms} terms; this one holds ${terms}.` };
	}
	const rows = values.map((value) => (Array.isArray(value) ? value : [value]));
	const width = Math.max(1, terms);
	if (rows.some((row, at) => row.length !== width || Array.isArray(values[at]) !== terms > 0)) {
		return { fault: 'The formula gives a number for some variants and lists, or longer lists, for others.' };
	}
	const columns: (readonly number[])[] = [];
	for (let column = 0; column < width; column++) {
		const filled = filledColumn(rows.map((row): unknown => row[column]));
		if (typeof filled === 'string') return { fault: filled };
		columns.push(filled);
	}
	if (terms === 0) return { outputs: { kind: 'scores', values: columns[0] ?? [] } };
	return {
		outputs: { kind: 'terms', values: rows.map((_, row) => columns.map((column) => column[row] ?? 0)) },
	};
}

/** The column with the median in place of what is no finite number, or what is wrong with it. */
function filledColumn(values: readonly unknown[]): readonly number[] | string {
	const odd = values.find((value) => typeof value !== 'number' && value !== null);
	if (odd !== undefined) return `The formula must give a number, and gives ${typeName(odd)}.`;
	const known = values.filter(isUsable);
	const missing = values.length - known.length;
	if (missing > mostMissing * values.length) {
		return `The formula gives no finite number for ${missing} of ${values.length} variants.`;
	}
	const middle = medianOf(known);
	return values.map((value) => (isUsable(value) ? value : middle));
}

/** Larger ones could not be squared any more. */
function isUsable(value: unknown): value is number {
	return typeof value === 'number' && Math.abs(value) < 1e100;
}

function typeName(value: unknown): string {
	const type: unknown = typeof value === 'object' && value !== null && 'type' in value ? value.type : typeof value;
	return String(type).slice(0, 20);
}
