/** Reactions that every textbook has, as a problem set. */

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
