/** Writes molecules anew without ever asking for their canonical writing: from another atom, with other bonds, in full. */
import type { RdkitModule } from '../../src/providers/rdkit.js';

type Random = () => number;

export interface Way {
	readonly name: string;
	/** Undefined where RDKit can't write it so. */
	write(smiles: string, random: Random): string | undefined;
}

export class Rewriter {
	readonly ways: readonly Way[] = [
		{ name: 'begun at another atom', write: (smiles, random) => this.rooted(smiles, random) },
		{ name: 'in kekulé form', write: (smiles, random) => this.from(smiles, random, { doKekule: true }, true) },
		{
			name: 'with all bonds written',
			write: (smiles, random) => this.from(smiles, random, { allBondsExplicit: true }),
		},
		{
			name: 'with all hydrogens in brackets',
			write: (smiles, random) => this.from(smiles, random, { allHsExplicit: true }),
		},
		{ name: 'with atom maps', write: (smiles, random) => mapped(this.from(smiles, random, { allHsExplicit: true })) },
		{ name: 'with hydrogens as atoms', write: (smiles, random) => this.withHydrogens(smiles, random) },
	];

	constructor(private readonly module: RdkitModule) {}

	/** Begun at an atom of each molecule by chance. */
	rooted(smiles: string, random: Random): string | undefined {
		const parts = smiles.split('.').map((part) => this.from(part, random, {}));
		return parts.includes(undefined) ? undefined : parts.join('.');
	}

	/** CIP labels of centres and double bonds, as RDKit assigns them to this writing: "S", "E". */
	labels(smiles: string): readonly string[] {
		const molecule = this.module.get_mol(smiles);
		if (!molecule) return [];
		const tags: { readonly CIP_atoms: [number, string][]; readonly CIP_bonds: [number, number, string][] } = JSON.parse(
			molecule.get_stereo_tags(),
		);
		molecule.delete();
		return [...tags.CIP_atoms, ...tags.CIP_bonds].map((tag) => String(tag.at(-1)));
	}

	reads(smiles: string): boolean {
		const molecule = this.module.get_mol(smiles);
		molecule?.delete();
		return molecule !== null;
	}

	private from(smiles: string, random: Random, options: object, kekule = false): string | undefined {
		const molecule = this.module.get_mol(smiles);
		if (!molecule) return undefined;
		if (kekule) molecule.convert_to_kekule_form();
		const rootedAtAtom = Math.floor(random() * molecule.get_num_atoms());
		const written = molecule.get_smiles(JSON.stringify({ canonical: false, rootedAtAtom, ...options }));
		molecule.delete();
		return written;
	}

	private withHydrogens(smiles: string, random: Random): string | undefined {
		const molecule = this.module.get_mol(smiles);
		if (!molecule) return undefined;
		molecule.add_hs_in_place();
		const rootedAtAtom = Math.floor(random() * molecule.get_num_atoms());
		const written = molecule.get_smiles(JSON.stringify({ canonical: false, rootedAtAtom }));
		molecule.delete();
		return written;
	}
}

/** Every atom stands in brackets there, and gets a number. */
function mapped(smiles: string | undefined): string | undefined {
	let next = 1;
	return smiles?.replace(/\]/gu, () => `:${next++}]`);
}
