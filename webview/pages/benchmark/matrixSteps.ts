/** The way from cell to cell of the matrix with the keyboard. */

/** A cell by its row and by its place among the problems that are shown. */
export interface Spot {
	readonly row: number;
	readonly column: number;
}

interface Extent {
	/** Arms. */
	readonly rows: number;
	/** Problems in a line. */
	readonly columns: number;
	/** The last problem. */
	readonly last: number;
}

/** Where a key leads; undefined for other keys. Down from the last arm goes on in the next line. */
export function stepped({ row, column }: Spot, key: string, { rows, columns, last }: Extent): Spot | undefined {
	const within = (place: number): number => Math.max(0, Math.min(last, place));
	switch (key) {
		case 'ArrowRight':
			return { row, column: within(column + 1) };
		case 'ArrowLeft':
			return { row, column: within(column - 1) };
		case 'ArrowDown':
			if (row < rows - 1) return { row: row + 1, column };
			return column + columns > last ? { row, column } : { row: 0, column: column + columns };
		case 'ArrowUp':
			if (row > 0) return { row: row - 1, column };
			return column < columns ? { row, column } : { row: rows - 1, column: column - columns };
		case 'PageDown':
			return { row, column: within(column + columns) };
		case 'PageUp':
			return { row, column: within(column - columns) };
		case 'Home':
			return { row, column: 0 };
		case 'End':
			return { row, column: last };
		default:
			return undefined;
	}
}
