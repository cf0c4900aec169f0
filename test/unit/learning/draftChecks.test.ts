import { describe, expect, it } from 'vitest';
import { checkDraft, type DraftContext } from '../../../src/core/learning/draftChecks.js';

const context: DraftContext = {
	question: 'Our bakery moved to Mill Lane last week and the invoice still shows the old address of the shop.',
	expected: 'North',
	attempts: ['South'],
	answerSpace: ['North', 'South'],
	prompt: 'Sort messages into kinds, so that similar ones can be recognised later. a picture book for a child',
};
const good = { when: 'a company, about changing its address', strategy: 'The answer is North.', patterns: [] };

function fault(draft: Partial<typeof good>, more: Partial<DraftContext> = {}): string {
	const checked = checkDraft({ ...good, ...draft }, { ...context, ...more });
	if (!checked.kept) return checked.fault;
	return checked.mended ? `mended: ${checked.mended}` : 'kept';
}

describe('a draft is kept only if it says something of its own', () => {
	it('keeps a general condition with the right label', () => expect(fault({})).toBe('kept'));
	it('drops a copy of the problem', () =>
		expect(fault({ when: 'our bakery moved to Mill Lane last week and the invoice' })).toBe('copy-of-problem'));
	it('drops a copy of the prompt', () =>
		expect(fault({ when: 'Sort messages into kinds, so that similar ones can be recognised' })).toBe('copy-of-prompt'));
	it('drops runaway repetition', () =>
		expect(fault({ strategy: 'go to North and go to North and go to North and go to North' })).toBe('repetition'));
	it('drops an empty condition', () => expect(fault({ when: 'something' })).toBe('empty'));
	it('drops words of the harness', () =>
		expect(fault({ strategy: 'The ground truth says North for these.' })).toBe('harness-words'));
	it('drops a condition that names a label', () =>
		expect(fault({ when: 'a message that South handles' })).toBe('label-in-condition'));
});

describe('in a closed answer space a strategy that recommends the wrong label is mended', () => {
	it('another label first', () =>
		expect(fault({ strategy: 'Send it to South, then North.' })).toBe('mended: wrong-label'));
	it('the right label, but negated', () =>
		expect(fault({ strategy: 'This should not go to North at all.' })).toBe('mended: label-negated'));
	it('no label at all', () => expect(fault({ strategy: 'Send it to the right team.' })).toBe('mended: no-label'));
	it('the right label with the wrong one warned of stays', () =>
		expect(fault({ strategy: 'Send it to North, not to South.' })).toBe('kept'));
});

describe('in an open answer space', () => {
	const open = { answerSpace: undefined, expected: '1728' };
	it('a strategy with the specific answer is dropped', () =>
		expect(fault({ strategy: 'Multiply the edges to get 1728.' }, open)).toBe('answer-leak'));
	it('a strategy about the method is kept', () =>
		expect(fault({ strategy: 'Multiply the three edges of the box.' }, open)).toBe('kept'));
});
