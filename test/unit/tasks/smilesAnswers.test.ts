import { describe, expect, it } from 'vitest';
import { mentionsMolecules, smilesAnswers } from '../../../src/core/tasks/smilesAnswers.js';
import { ownTime } from '../../../src/providers/ownTime.js';

const wanted = 'BrCc1ccccc1.OCCNCCO';

describe('one proposal is found', () => {
	it.each([
		['after a marker', `The C–N bond goes back to a bromide.\nAnswer: ${wanted}`],
		['as a sentence', `The answer is ${wanted}.`],
		['in a tag', `<answer>${wanted}</answer> I hope this helps.`],
		['in a tag that is not closed', `So:\n<answer>${wanted}`],
		['in a box', `\\boxed{${wanted}}`],
		['after a heading', `#### ${wanted}`],
		['in bold and code', `**Answer:** \`${wanted}\``],
		['in a fence beneath its marker', `Answer:\n\`\`\`smiles\n${wanted}\n\`\`\``],
		['in the last of several fences', `\`\`\`\nCCO\n\`\`\`\nor rather\n\`\`\`\n${wanted}\n\`\`\``],
		['alone', wanted],
		['in the last line, after thinking', `First CCO comes to mind.\nCCN is no better.\n${wanted}`],
		['on the last line with a label', `Let me see.\nReactants: ${wanted}`],
		['as a reaction', `Answer: ${wanted}>>OCCN(CCO)Cc1ccccc1`],
		['as a reaction with agents', `Answer: ${wanted}>O=C([O-])[O-]>OCCN(CCO)Cc1ccccc1`],
		['as a sum', 'Answer: BrCc1ccccc1 + OCCNCCO'],
		['as a sum with its product', 'Answer: BrCc1ccccc1 + OCCNCCO → OCCN(CCO)Cc1ccccc1'],
		['beyond a retrosynthetic arrow', 'Answer: OCCN(CCO)Cc1ccccc1 ⇒ BrCc1ccccc1 + OCCNCCO'],
		['in words', 'Answer: BrCc1ccccc1 and OCCNCCO'],
		['with names in brackets', 'Answer: BrCc1ccccc1 (benzyl bromide), OCCNCCO (diethanolamine)'],
		['in bullets', 'Answer:\n- BrCc1ccccc1\n- OCCNCCO'],
		['reactant by reactant', 'Answer:\nReactant 1: BrCc1ccccc1\nReactant 2: OCCNCCO'],
		['at the head of a list', `Answer:\n1. ${wanted}\n2. ClCc1ccccc1.OCCNCCO`],
	])('%s', (_, text) => {
		expect(smilesAnswers(text, 1)).toEqual([wanted]);
	});

	it('the last marked one, where there are several', () => {
		expect(smilesAnswers('Answer: CCO\nNo, wait.\nAnswer: CCN', 1)).toEqual(['CCN']);
	});

	it('a small molecule, which could be a word', () => {
		expect(smilesAnswers('Answer: CO', 1)).toEqual(['CO']);
		expect(smilesAnswers('Answer: CI', 1)).toEqual(['CI']);
	});

	it('with stereochemistry, charges and atom maps as they stand', () => {
		const text = '[CH3:1][C@@H:2]([NH3+])C(=O)[O-].F/C=C\\Cl';
		expect(smilesAnswers(`<answer>${text}</answer>`, 1)).toEqual([text]);
	});
});

describe('several proposals', () => {
	const list = 'Thinking of CCCCO first.\nAnswer:\n1. CCO.CC(=O)O\n2) CCO.CC(=O)Cl\n(3) `CCBr.CC(=O)[O-]`\n';

	it('come in their order, as many as are wanted', () => {
		expect(smilesAnswers(list, 3)).toEqual(['CCO.CC(=O)O', 'CCO.CC(=O)Cl', 'CCBr.CC(=O)[O-]']);
		expect(smilesAnswers(list, 2)).toHaveLength(2);
	});

	it('are different ones', () => {
		expect(smilesAnswers('Answer:\n1. CCO\n2. CCO\n3. CCN', 3)).toEqual(['CCO', 'CCN']);
	});

	it('may each have a tag', () => {
		expect(smilesAnswers('<answer>CCO</answer>\n<answer>CCN</answer>', 5)).toEqual(['CCO', 'CCN']);
	});
});

describe('where there is no SMILES', () => {
	it('nothing is found in words', () => {
		expect(smilesAnswers('I am not sure. In this case NO answer can be given, so I stop.', 1)).toEqual([]);
		expect(smilesAnswers('', 1)).toEqual([]);
	});

	it('a marked answer stands as it is, so that it can be called unusable', () => {
		expect(smilesAnswers('Answer: benzyl bromide', 1)).toEqual(['benzyl bromide']);
		expect(smilesAnswers('Answer: [C@@H', 1)).toEqual(['[C@@H']);
	});

	it('hostile texts are read in no time', () => {
		const spent = ownTime();
		for (const text of [
			'C'.repeat(100_000),
			'('.repeat(100_000),
			`Answer: ${'[C'.repeat(50_000)}`,
			'1. '.repeat(30_000),
			`a${': '.repeat(50_000)}`,
		]) {
			smilesAnswers(text, 1);
		}
		expect(spent()).toBeLessThan(2_000);
	});
});

describe('a text names molecules', () => {
	const answer = 'O=C(O)c1ccccc1.NCCO';

	it.each([
		['as they stand', 'Try O=C(O)c1ccccc1.NCCO here'],
		['in another order', 'Use OCCN with OC(=O)c1ccccc1.'],
		['in kekulé form', 'C1=CC=CC=C1C(=O)O, and then `NCCO`'],
		['with atom maps', '[OH:1][C:2](=[O:3])c1ccccc1 + N[CH2:5]CO'],
		['in a reaction', 'NCCO.OC(=O)c1ccccc1>>OCCNC(=O)c1ccccc1'],
	])('%s', (_, text) => {
		expect(mentionsMolecules(text, answer)).toBe(true);
	});

	it.each([
		['one of two', 'Use NCCO with something.'],
		['as a part of a larger one', 'Look at OCCNC(=O)c1ccccc1.'],
		['that are others', 'Use O=C(O)c1ccccc1 with NCCCO'],
	])('but not %s', (_, text) => {
		expect(mentionsMolecules(text, answer)).toBe(false);
	});
});
