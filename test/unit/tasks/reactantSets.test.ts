import { describe, expect, it } from 'vitest';
import type { Molecule } from '../../../src/core/tasks/chemistry.js';
import { chargeOf, compareReactants, tanimoto } from '../../../src/core/tasks/reactantSets.js';

/** A canonical set; each molecule has the bits of its letters. */
function set(smiles: string): readonly Molecule[] {
	return smiles.split('.').map((part) => {
		const fingerprint = new Uint8Array(16);
		for (const char of part)
			fingerprint[char.charCodeAt(0) >> 3] =
				(fingerprint[char.charCodeAt(0) >> 3] ?? 0) | (1 << (char.charCodeAt(0) & 7));
		return { smiles: part, fingerprint };
	});
}

const same = (expected: string, given: string): boolean => compareReactants(set(expected), set(given)).same;

describe('sets of reactants', () => {
	it('are equal in any order, and only with everything in them', () => {
		expect(same('CCO.CCN', 'CCN.CCO')).toBe(true);
		expect(same('CCO.CCN', 'CCO')).toBe(false);
		expect(same('CCO', 'CCO.CCN')).toBe(false);
		expect(same('CCO.CCO', 'CCO')).toBe(false);
		expect(same('CCO.CCO', 'CCO.CCO')).toBe(true);
	});

	it.each([
		['C[O-]', 'C[O-].[Na+]'],
		['[K+].C[O-]', 'C[O-].[Na+]'],
		['[C-]#N', '[Na+].[C-]#N'],
		['[N-]=[N+]=[N-]', '[Na+].[N-]=[N+]=[N-]'],
		['C[N+](C)(C)C.[I-]', 'C[N+](C)(C)C.[Cl-]'],
		['NCc1ccccc1', 'Cl.NCc1ccccc1'],
		['O=C([O-])C([O-])=O', 'O=C([O-])C([O-])=O.[Na+].[Na+]'],
	])('a counter-ion more or less is no matter: %s and %s', (expected, given) => {
		expect(same(expected, given)).toBe(true);
	});

	it.each([
		['an ion that balances nothing', 'CCO', 'CCO.[Na+].[I-]'],
		['more ions than charges', 'C[O-]', 'C[O-].[Na+].[Na+]'],
		['an acid for its salt', 'CC(=O)O', 'CC(=O)[O-].[Na+]'],
		['an acid that is expected', 'Br.NCCO', 'NCCO'],
		['an acid beside a molecule without nitrogen', 'CCO', 'Cl.CCO'],
		['an acid beside sodium', 'CC[O-]', 'Cl.CC[O-].[Na+]'],
		['fluoride', 'C[N+](C)(C)C', 'C[N+](C)(C)C.[F-]'],
	])('but not %s: %s and %s', (_, expected, given) => {
		expect(same(expected, given)).toBe(false);
	});

	it('say what was passed over, how many match, and how alike they are', () => {
		expect(compareReactants(set('C[O-]'), set('C[O-].[Na+]')).passedOver).toEqual(['[Na+]']);
		expect(compareReactants(set('CCO.CCN'), set('CCO.CCS'))).toMatchObject({ same: false, matched: 1 });
		const close = compareReactants(set('CCO.CCN'), set('CCO.CCS')).similarity;
		const far = compareReactants(set('CCO.CCN'), set('FS')).similarity;
		expect(close).toBeGreaterThan(far);
		expect(compareReactants(set('CCO'), set('CCO')).similarity).toBe(1);
	});

	it('charges are read from brackets', () => {
		expect(['[Na+]', '[O-]C(=O)C[N+](C)(C)C', '[Mg+2]', 'C#C', '[C-]#N'].map(chargeOf)).toEqual([1, 0, 2, 0, -1]);
	});

	it('Tanimoto counts bits', () => {
		expect(tanimoto(Uint8Array.of(0b1100), Uint8Array.of(0b0110))).toBeCloseTo(1 / 3);
		expect(tanimoto(Uint8Array.of(0), Uint8Array.of(0))).toBe(0);
	});
});
