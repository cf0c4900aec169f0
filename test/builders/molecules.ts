/** Reactions that every textbook has, as a problem set. */
import { join } from 'node:path';
import { writeSet } from './setFiles.js';

export interface Reaction {
	readonly id: string;
	readonly product: string;
	readonly reactants: string;
	/** The same molecules in another order, from another atom, or in Kekulé form. */
	readonly otherwise: string;
}

export const reactions: readonly Reaction[] = [
	{ id: 'esterification', product: 'CCOC(C)=O', reactants: 'CC(=O)O.CCO', otherwise: 'OCC.OC(C)=O' },
	{
		id: 'amide-formation',
		product: 'CC(=O)Nc1ccccc1',
		reactants: 'CC(=O)Cl.Nc1ccccc1',
		otherwise: 'NC1=CC=CC=C1.ClC(C)=O',
	},
	{
		id: 'suzuki-coupling',
		product: 'Cc1ccc(-c2ccccc2)cc1',
		reactants: 'Cc1ccc(Br)cc1.OB(O)c1ccccc1',
		otherwise: 'c1ccccc1B(O)O.BrC1=CC=C(C)C=C1',
	},
	{
		id: 'reductive-amination',
		product: 'c1ccc(CN2CCCCC2)cc1',
		reactants: 'C1CCNCC1.O=Cc1ccccc1',
		otherwise: 'C(=O)c1ccccc1.N1CCCCC1',
	},
	{
		id: 'boc-deprotection',
		product: 'NCc1ccccc1',
		reactants: 'CC(C)(C)OC(=O)NCc1ccccc1',
		otherwise: 'c1ccccc1CNC(=O)OC(C)(C)C',
	},
	{ id: 'williamson-ether', product: 'COc1ccccc1', reactants: 'CI.Oc1ccccc1', otherwise: 'OC1=CC=CC=C1.IC' },
];

/** Writes them as the set `textbook-reactions` of a workspace: all to learn from, and all to be asked again. */
export function writeReactions(workspace: string): void {
	const rows = (prefix: string) =>
		reactions.map(({ id, product, reactants }) => ({ id: prefix + id, question: product, answer: reactants }));
	const manifest = {
		name: 'textbook-reactions',
		kind: 'retrosynthesis',
		description: 'Which reactants give this product in a single reaction?',
	};
	writeSet(join(workspace, 'textbook-reactions'), manifest, { train: rows(''), dev: rows('again-') });
}

/** The reaction that a prompt asks about last. */
export function reactionIn(prompt: string): Reaction | undefined {
	const byLength = reactions.toSorted((a, b) => b.product.length - a.product.length);
	return byLength.find(({ product }) => prompt.includes(product));
}
