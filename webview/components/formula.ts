/** Sets a formula: MathML that the browser draws with its own fonts, so that nothing has to be loaded. */
import katex from 'katex';
import { css } from 'lit';

/** These two would write a `style` attribute, which the page's policy refuses; what they mean is said otherwise. */
const macros: Readonly<Record<string, string>> = {
	'\\pmb': '\\boldsymbol{#1}',
	'\\fcolorbox': '\\boxed{\\colorbox{#2}{#3}}',
};

/** The formula as an element; undefined where it is no TeX that can be set. */
export function formula(tex: string, display: boolean): HTMLElement | undefined {
	const place = document.createElement('span');
	place.className = display ? 'display formula' : 'formula';
	try {
		katex.render(tex, place, {
			displayMode: display,
			output: 'mathml',
			throwOnError: true,
			trust: false,
			maxExpand: 200,
			maxSize: 20,
			strict: 'ignore',
			// A formula may define macros of its own: they must not live on in the next.
			macros: { ...macros },
		});
	} catch {
		return undefined;
	}
	return place;
}

/** Browsers draw MathML Core; what KaTeX writes beyond it is drawn here. */
export const formulaLook = css`
	.display.formula {
		display: block;
		max-width: 100%;
		margin: 8px 0;
		overflow: auto hidden;
	}
	math {
		font-size: 1.1em;
	}
	/* Colours that a text names were chosen for white paper; in a dark editor nobody could read them. */
	math * {
		background: none;
		color: inherit;
	}
	mspace[mathbackground] {
		background: currentColor;
	}
	menclose[notation='box'] {
		padding: 2px 4px;
		border: 1px solid;
	}
	menclose[notation~='updiagonalstrike'],
	menclose[notation~='downdiagonalstrike'],
	menclose[notation~='horizontalstrike'] {
		text-decoration: line-through;
		background: linear-gradient(to top right, transparent 47%, currentColor 48% 52%, transparent 53%);
	}
	mtable[columnalign^='right left'] > mtr > mtd:nth-child(odd) {
		text-align: right;
	}
	mtable[columnalign^='right left'] > mtr > mtd:nth-child(even) {
		padding-left: 0;
		text-align: left;
	}
	mtable[columnalign^='left'] > mtr > mtd {
		text-align: left;
	}
`;
