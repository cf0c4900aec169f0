/** A drawing of molecules as plain data: what a library drew is not passed on as markup, but read stroke by stroke. */

/** What a stroke stands for, for its colour. */
export type Ink = 'carbon' | 'nitrogen' | 'oxygen' | 'sulfur' | 'phosphorus' | 'halogen' | 'other';

export interface Stroke {
	readonly ink: Ink;
	/** Path data of SVG: commands and numbers, nothing else. */
	readonly path: string;
	/** Width of the line; 0: the path is filled. */
	readonly width: number;
}

export interface MoleculeDrawing {
	readonly width: number;
	readonly height: number;
	readonly strokes: readonly Stroke[];
}

/** The colours of RDKit's default palette. */
const inks: Readonly<Record<string, Ink>> = {
	'#000000': 'carbon',
	'#0000FF': 'nitrogen',
	'#FF0000': 'oxygen',
	'#CCCC00': 'sulfur',
	'#FF7F00': 'phosphorus',
	'#33CCCC': 'halogen',
	'#00CC00': 'halogen',
	'#7F4C19': 'halogen',
	'#A01EEF': 'halogen',
};

const pathData = /^[MLQCZ\d.,\s-]+$/u;
/** A molecule of a few hundred atoms needs less, in characters. */
const longestPath = 200_000;

/** Reads the SVG that RDKit wrote; undefined where it draws nothing. Whatever is not a plain path is left out. */
export function readDrawing(svg: string): MoleculeDrawing | undefined {
	const size = /viewBox='0 0 (\d{1,5}) (\d{1,5})'/u.exec(svg);
	if (!size) return undefined;
	const merged = new Map<string, { readonly ink: Ink; readonly width: number; readonly parts: string[] }>();
	let length = 0;
	for (const [, attributes = ''] of svg.matchAll(/<path\s([^<>]*)\/>/gu)) {
		const stroke = strokeOf(attributes);
		if (!stroke) continue;
		length += stroke.path.length;
		if (length > longestPath) return undefined;
		const key = `${stroke.ink} ${stroke.width}`;
		const same = merged.get(key);
		if (same) same.parts.push(stroke.path);
		else merged.set(key, { ink: stroke.ink, width: stroke.width, parts: [stroke.path] });
	}
	if (merged.size === 0) return undefined;
	const strokes = [...merged.values()].map(({ ink, width, parts }) => ({ ink, width, path: parts.join('') }));
	return { width: Number(size[1]), height: Number(size[2]), strokes };
}

function strokeOf(attributes: string): Stroke | undefined {
	const path = /\bd='([^']*)'/u.exec(attributes)?.[1];
	if (path === undefined || !pathData.test(path)) return undefined;
	const fill = /\bfill[:=]'?(#[\dA-F]{6})/u.exec(attributes)?.[1];
	const line = /\bstroke:(#[\dA-F]{6})/u.exec(attributes)?.[1];
	const width = Number(/\bstroke-width:([\d.]{1,6})px/u.exec(attributes)?.[1] ?? 1);
	const short = path
		.replace(/\s*([MLQCZ])\s*/gu, '$1')
		.replace(/[\s,]+/gu, ' ')
		.trim();
	const ink = inks[fill ?? line ?? ''] ?? 'other';
	return { ink, path: short, width: fill === undefined ? width : 0 };
}
