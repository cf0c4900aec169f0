import { describe, expect, it } from 'vitest';
import { smilesSkeleton } from '../../../src/core/tasks/smilesSkeleton.js';
import { ownTime } from '../../../src/providers/ownTime.js';

describe('the skeleton of a SMILES', () => {
	it.each([
		['CCO', 'OCC'],
		['c1ccccc1C(=O)O', 'OC(=O)C1=CC=CC=C1'],
		['[CH3:1][C@@H:2](N)C(=O)[O-]', 'NC(C)C(=O)O'],
		['[H]OC([H])([H])C', 'CCO'],
		['C%12CC%12', 'C1CC1'],
		['CCO.CN', 'CN.CCO'],
		['ClCBr', 'BrCCl'],
		['C[Si](C)(C)C', '[Si](C)(C)(C)C'],
	])('is the same for %s and %s', (a, b) => {
		expect(smilesSkeleton(a)).toBe(smilesSkeleton(b));
		expect(smilesSkeleton(a)).toBeDefined();
	});

	it.each([
		['CCO', 'CCN'],
		['CCCO', 'CC(C)O'],
		['C1CCCCC1', 'CCCCCC'],
		['Cc1ccccc1O', 'Cc1cccc(O)c1'],
		['CCC.C', 'CC.CC'],
	])('differs between %s and %s', (a, b) => {
		expect(smilesSkeleton(a)).not.toBe(smilesSkeleton(b));
	});

	it.each(['', 'C1CC', 'C(', 'C)', 'x', '[C', '[]', 'hello world', 'C C'])('is none for %j', (text) => {
		expect(smilesSkeleton(text)).toBeUndefined();
	});

	it('of a long text takes no time to speak of', () => {
		const spent = ownTime();
		smilesSkeleton('C'.repeat(1_000));
		smilesSkeleton('('.repeat(100_000));
		expect(spent()).toBeLessThan(2_000);
	});
});
