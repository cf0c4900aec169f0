/** What the regression gate found, in the terminal. */
import type { RunEvent } from '../core/learning/events.js';
import type { Terminal } from './output.js';
import { counted } from './page.js';

const mostListed = 20;

export function showGate(
	{ compared, lost, gained, passed, restored }: Extract<RunEvent, { type: 'gate' }>,
	terminal: Terminal,
): void {
	if (compared === 0) {
		terminal.say('  Regression gate: this state is the first one; later checks are compared with it.');
		return;
	}
	const counts = `${counted(lost.length, 'problem')} lost and ${gained.length} gained of ${compared}`;
	terminal.say(`  Regression gate: ${passed ? terminal.good('passed') : terminal.bad('regressed')}, ${counts}.`);
	if (lost.length > 0) {
		const more = lost.length > mostListed ? ` and ${lost.length - mostListed} more` : '';
		terminal.say(`  Solved before, lost now: ${lost.slice(0, mostListed).join(', ')}${more}`);
	}
	if (restored > 0) {
		terminal.say(`  The library is back at the last state that passed (${counted(restored, 'experience')} changed).`);
	}
}
