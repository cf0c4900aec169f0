import { expect, it } from 'vitest';
import { samplesCsv } from '../../../src/core/evaluation/reportCsv.js';
import type { SampleRecord } from '../../../src/core/learning/runLog.js';

const sample = (parts: Partial<SampleRecord> = {}): SampleRecord => ({
	arm: 'flex',
	problem: 'p1',
	seed: 1,
	verdict: 'correct',
	answer: 'North',
	tokensIn: 12,
	tokensOut: 3,
	ms: 40,
	retrieved: ['aaaa', 'bbbb'],
	...parts,
});

it('has a row for every arm and problem, with what was expected', () => {
	const csv = samplesCsv(
		[sample(), sample({ arm: 'llm', verdict: 'invalid', answer: undefined, retrieved: [] })],
		[{ id: 'p1', question: 'Who?', answer: 'North' }],
	);
	expect(csv.split('\r\n')).toEqual([
		'arm,seed,sample,problem,verdict,answer,expected,question,tokens_in,tokens_out,ms,retrieved',
		'flex,1,0,p1,correct,North,North,Who?,12,3,40,aaaa bbbb',
		'llm,1,0,p1,invalid,,North,Who?,12,3,40,',
		'',
	]);
});

it('keeps commas, quotes and line ends of answers in their field', () => {
	const csv = samplesCsv([sample({ answer: 'a, "b"\nc' })], []);
	expect(csv).toContain('correct,"a, ""b""\nc",,,12');
});
