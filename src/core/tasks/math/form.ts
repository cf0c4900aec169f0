/** What an answer is: a number with its unit, an expression, an equation, an interval, a tuple, a set, a matrix, or words. */
import { type Expression, variablesOf } from './expression.js';

export type Relation = '<' | '≤';

export type Form =
	| { readonly kind: 'words'; readonly text: string }
	| { readonly kind: 'expression'; readonly text: string; readonly value: Expression }
	/** A constant with a unit, a currency, a percent or a degree sign, or what it counts. */
	| { readonly kind: 'quantity'; readonly value: Form; readonly unit: string; readonly also: Form | undefined }
	| { readonly kind: 'equation'; readonly left: Form; readonly right: Form; readonly name: string | undefined }
	/** left < right or left ≤ right. */
	| { readonly kind: 'inequality'; readonly left: Expression; readonly relation: Relation; readonly right: Expression }
	/** In brackets, in order: a point, a vector, an interval. `of`: the variable that lies in it, where it is named. */
	| {
			readonly kind: 'bracketed';
			readonly open: string;
			readonly close: string;
			readonly items: readonly Form[];
			readonly of?: string | undefined;
	  }
	/** Without an order: solutions, the parts of a union. A set counts each of its elements once. */
	| { readonly kind: 'list'; readonly isSet: boolean; readonly items: readonly Form[] }
	| { readonly kind: 'ratio'; readonly items: readonly Form[] }
	| { readonly kind: 'matrix'; readonly rows: readonly (readonly Form[])[] };

export function isConstant(form: Form): boolean {
	if (form.kind === 'words') return /^-?∞$/u.test(form.text);
	if (form.kind === 'quantity') return true;
	return form.kind === 'expression' && variablesOf(form.value).length === 0;
}
