import { describe, expect, it } from 'vitest';
import { readDrawing } from '../../../src/core/tasks/moleculeDrawing.js';

const page = (...inside: readonly string[]): string =>
	`<?xml version='1.0'?>\n<svg width='90px' height='60px' viewBox='0 0 90 60'>\n${inside.join('\n')}\n</svg>`;
const bond = (d: string, colour = '#000000'): string =>
	`<path class='bond-0 atom-0' d='${d}' style='fill:none;fill-rule:evenodd;stroke:${colour};stroke-width:1.3px' />`;

describe('a drawing', () => {
	it('keeps the strokes of an SVG as commands and numbers, those of one ink together', () => {
		const drawn = readDrawing(
			page(bond('M 1.0,2.0 L 3.5,4.0'), bond('M 5,6\nL 7,8'), "<path d='M 1 1\nQ 2 2, 3 3' fill='#FF0000'/>"),
		);
		expect(drawn).toEqual({
			width: 90,
			height: 60,
			strokes: [
				{ ink: 'carbon', width: 1.3, path: 'M1.0 2.0L3.5 4.0M5 6L7 8' },
				{ ink: 'oxygen', width: 0, path: 'M1 1Q2 2 3 3' },
			],
		});
	});

	it.each([
		['a script', '<script>alert(1)</script>'],
		['a link', "<a href='https://example.com'><path d='M 1 1' onclick='x()'/></a>"],
		['markup in a path', bond('M 1 1"/><script>alert(1)</script><path d="')],
		['an image', "<image href='data:image/png;base64,AA' width='9' height='9'/>"],
		['a style', '<style>path { background: url(https://example.com) }</style>'],
		['a foreign path', bond('M 1 1 expression(x)')],
	])('lets %s through no way', (_, hostile) => {
		const text = JSON.stringify(readDrawing(page(bond('M 1 1 L 2 2'), hostile)));
		expect(text).toMatch(/^\{"width":90,"height":60,"strokes":\[\{"ink":"carbon"/);
		expect(text).not.toMatch(/script|http|onclick|data:|expression|[<>]/);
	});

	it('takes an unknown colour as an ink of no name', () => {
		expect(readDrawing(page(bond('M 1 1 L 2 2', '#123456')))?.strokes[0]?.ink).toBe('other');
	});

	it('is none without strokes, without a size, or without end', () => {
		expect(readDrawing(page())).toBeUndefined();
		expect(readDrawing(bond('M 1 1 L 2 2'))).toBeUndefined();
		expect(readDrawing(page(bond(`M ${'1 '.repeat(200_000)}`)))).toBeUndefined();
	});
});
