import { expect, it } from 'vitest';
import { certainBeginning } from '../../../src/providers/llamaEngine.js';

it.each([
	[['a company, about a bill: Falcon', 'a company, about a bill: Meadow'], 'a company, about a bill:'],
	[['Falcon', 'Meadow'], ''],
	[['Mean', 'Meadow'], ''],
	[['only: one'], ''],
	[['Yes:', 'Yes: later'], ''],
	[[':a', 'b'], ''],
	[[], ''],
])('what %j begin with, up to the last colon, is %j', (choices, certain) => {
	expect(certainBeginning(choices)).toBe(certain);
});
