/** How a check tells what it found: a table, what disagrees, and an exit code. */

export interface Agreement {
	readonly name: string;
	readonly checked: number;
	readonly agreed: number;
	/** What disagrees, one line each. */
	readonly disagreements: readonly string[];
}

/** Of all that was checked, in per cent. */
const wanted = 99.5;

/** Prints all; the process ends with 1 where less than 99.5 % agree, or nothing was checked. */
export function conclude(rows: readonly Agreement[]): void {
	for (const { name, disagreements } of rows) {
		for (const one of disagreements) console.log(`disagrees, ${name}: ${one}`);
	}
	const all = { name: 'all', checked: sum(rows.map((row) => row.checked)), agreed: sum(rows.map((row) => row.agreed)) };
	const width = Math.max(...rows.map(({ name }) => name.length));
	for (const { name, checked, agreed } of [...rows, all]) {
		console.log(`${name.padEnd(width)}  ${agreed} of ${checked}  ${percent(agreed, checked)}`);
	}
	if (all.checked === 0 || (100 * all.agreed) / all.checked < wanted) process.exitCode = 1;
}

function percent(part: number, whole: number): string {
	return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(2)} %`;
}

function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}
