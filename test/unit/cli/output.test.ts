import { stderr, stdout } from 'node:process';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { compactNumber, duration, progressBar, Terminal } from '../../../src/cli/output.js';

const plain = { NO_COLOR: '1' };

afterEach(() => vi.restoreAllMocks());

/** What is written to each stream while `work` runs. */
function written(work: () => void): { readonly out: string; readonly err: string } {
	const texts = { out: '', err: '' };
	vi.spyOn(stdout, 'write').mockImplementation((text) => {
		texts.out += String(text);
		return true;
	});
	vi.spyOn(stderr, 'write').mockImplementation((text) => {
		texts.err += String(text);
		return true;
	});
	work();
	vi.restoreAllMocks();
	return texts;
}

describe('the terminal', () => {
	it('aligns words to the left and numbers to the right', () => {
		const { out } = written(() =>
			new Terminal(false, plain).table(
				['arm', 'solved'],
				[
					['flex', '9'],
					['placebo', '123'],
				],
			),
		);
		expect(out).toBe(['  arm      solved', '  flex          9', '  placebo     123', ''].join('\n'));
	});

	it('aligns a table without rows by its header', () => {
		expect(written(() => new Terminal(false, plain).table(['a', 'b'], [])).out).toBe('  a  b\n');
	});

	it('writes results for people to standard output, and remarks to standard error', () => {
		const { out, err } = written(() => {
			const terminal = new Terminal(false, plain);
			terminal.say('result');
			terminal.note('remark');
			terminal.data({ unseen: true });
		});
		expect([out, err]).toEqual(['result\n', 'remark\n']);
	});

	it('writes nothing but JSON to standard output with --json', () => {
		const { out, err } = written(() => {
			const terminal = new Terminal(true, plain);
			terminal.say('words');
			terminal.status('still working');
			terminal.data({ text: 'a\u001bb\nc' });
		});
		expect(err).toBe('words\n');
		expect(out).toBe('{"text":"a\\u001bb\\nc"}\n');
	});
});

describe('figures', () => {
	it('are short and say their unit', () => {
		expect([duration(37_400), duration(245_000)]).toEqual(['37 s', '4 min 05 s']);
		expect([compactNumber(512), compactNumber(1234), compactNumber(12_345), compactNumber(2_500_000)]).toEqual([
			'512',
			'1.2k',
			'12k',
			'2.5M',
		]);
	});

	it('show progress without overflowing the bar', () => {
		expect(progressBar(2, 4, 4)).toBe('[██··] 2/4');
		expect(progressBar(9, 4, 4)).toBe('[████] 9/4');
		expect(progressBar(0, 0, 4)).toBe('[████] 0/0');
	});
});
