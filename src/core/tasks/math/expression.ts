/** An expression, as it is compared and evaluated. */

export type Expression =
	| { readonly kind: 'number'; readonly digits: string; readonly repeating: string }
	/** π, e, i, or a degree (π/180). */
	| { readonly kind: 'constant'; readonly name: string }
	| { readonly kind: 'variable'; readonly name: string }
	/** An operator or a function: add, unaryMinus, pow, factorial, sqrt, sin, … (`value.ts` has them all). */
	| { readonly kind: 'call'; readonly name: string; readonly of: readonly Expression[] };

/** Every variable in it, sorted. */
export function variablesOf(expression: Expression): readonly string[] {
	const found = new Set<string>();
	const visit = (one: Expression): void => {
		if (one.kind === 'variable') found.add(one.name);
		if (one.kind === 'call') one.of.forEach(visit);
	};
	visit(expression);
	return [...found].sort();
}

export function renamed(expression: Expression, rename: (name: string) => string): Expression {
	if (expression.kind === 'variable') return { kind: 'variable', name: rename(expression.name) };
	if (expression.kind !== 'call') return expression;
	return { ...expression, of: expression.of.map((one) => renamed(one, rename)) };
}
