/** How the matrix lies on the page: its problems in lines as wide as there is room, and which lines are in sight. */

/** Pixels that a line has besides its rows. */
const above = 16;
const below = 14;

export interface Lines {
	/** Problems in a line. */
	readonly columns: number;
	readonly count: number;
	/** Pixels. */
	readonly lineHeight: number;
}

/** Pixels: from one cell to the next, and for the names of arms; the styles have the same. */
export interface Room {
	readonly pitch: number;
	readonly names: number;
}

export const wideRoom: Room = { pitch: 17, names: 148 };
export const narrowRoom: Room = { pitch: 16, names: 108 };
/** A scroll bar may stand at the right. */
const scrollBar = 18;
/** Pixels; a longer matrix scrolls. */
export const tallest = 520;

export interface LineRange {
	readonly from: number;
	/** After the last one. */
	readonly to: number;
}

/** @param width pixels in all @param rows arms */
export function linesFor(width: number, { pitch, names }: Room, problems: number, rows: number): Lines {
	const fitting = Math.max(10, Math.floor((width - names - scrollBar) / pitch));
	// Whole tens are easier to count, where lines break at all.
	const columns = fitting >= problems ? Math.max(1, problems) : fitting - (fitting % 10);
	return { columns, count: Math.ceil(problems / columns), lineHeight: above + rows * pitch + below };
}

/** Lines that are in sight, and one on either side; a long set is never drawn whole. */
export function linesInSight({ count, lineHeight }: Lines, top: number): LineRange {
	const from = Math.max(0, Math.floor(top / lineHeight) - 1);
	return { from, to: Math.min(count, Math.ceil((top + tallest) / lineHeight) + 1) };
}
