/** A text with the places marked where words of a search stand. */
import { html, type TemplateResult } from 'lit';
import type { TextRange } from '../../../src/core/experience/browse.js';

export function marked(text: string, ranges: readonly TextRange[]): TemplateResult {
	const parts: (string | TemplateResult)[] = [];
	let end = 0;
	for (const [from, to] of ranges) {
		if (from < end || to > text.length) continue;
		parts.push(text.slice(end, from), html`<mark>${text.slice(from, to)}</mark>`);
		end = to;
	}
	parts.push(text.slice(end));
	return html`${parts}`;
}
