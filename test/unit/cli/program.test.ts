import { expect, it } from 'vitest';
import { commandLine, resumeCommand } from '../../../src/cli/program.js';

it('shows a command as somebody would type it', () => {
	expect(commandLine(['search', 'late invoice'])).toBe('flex-learn search "late invoice"');
});

it('tells how to go on with the same flags', () => {
	expect(resumeCommand('NEW', ['train', 'set', '--run-id', 'OLD', '--seed', '3'])).toBe(
		'flex-learn train set --seed 3 --resume NEW',
	);
	expect(resumeCommand('NEW', ['bench', 'set', '--resume', 'OLD'])).toBe('flex-learn bench set --resume NEW');
});
