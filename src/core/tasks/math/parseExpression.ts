/** Reads an expression in LaTeX or plain text; the grammar of sums, products and powers is that of mathjs. */
import { create, type MathNode, parseDependencies } from 'mathjs/number';
import type { Expression } from './expression.js';
import { MathWriter } from './mathWriter.js';

const { parse } = create({ ...parseDependencies });

/**
 * Undefined where the text is no expression. `text` is plain (`plainMath`) and of bounded length; the writer bounds depth
 * and number of signs, and mathjs only ever sees names that the writer made.
 */
export function parseExpression(text: string): Expression | undefined {
	const written = MathWriter.write(text);
	if (!written) return undefined;
	try {
		return expressionOf(parse(written.text), written.names);
	} catch (error) {
		// An operator without its operand, a bracket too few.
		if (error instanceof SyntaxError || error instanceof Unknown) return undefined;
		throw error;
	}
}

class Unknown extends Error {}

function expressionOf(node: MathNode, names: ReadonlyMap<string, Expression>): Expression {
	const of = (nodes: readonly MathNode[]) => nodes.map((child) => expressionOf(child, names));
	// mathjs types its nodes as classes that share no discriminant; its own tests of kind are by this text.
	if (isNode(node, 'SymbolNode')) {
		const found = names.get(node.name);
		if (found) return found;
	}
	if (isNode(node, 'ParenthesisNode')) return expressionOf(node.content, names);
	if (isNode(node, 'OperatorNode')) return { kind: 'call', name: node.fn, of: of(node.args) };
	if (isNode(node, 'FunctionNode') && isNode(node.fn, 'SymbolNode')) {
		return { kind: 'call', name: node.fn.name, of: of(node.args) };
	}
	throw new Unknown(node.type);
}

interface Nodes {
	readonly SymbolNode: { readonly name: string };
	readonly ParenthesisNode: { readonly content: MathNode };
	readonly OperatorNode: { readonly fn: string; readonly args: readonly MathNode[] };
	readonly FunctionNode: { readonly fn: MathNode; readonly args: readonly MathNode[] };
}

function isNode<K extends keyof Nodes>(node: MathNode, type: K): node is MathNode & Nodes[K] {
	return node.type === type;
}
