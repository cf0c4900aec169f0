/** The page that the panel begins with, and what it may do: run its own script, wear its own style, and nothing else. */
import type { PanelStart } from '../../protocol/panel.js';

export interface PanelPlaces {
	/** Addresses that the page can load. */
	readonly script: string;
	readonly style: string;
	/** Where the page's own files come from, as a source of a policy. */
	readonly source: string;
}

/** @param nonce new for each page; only the script that bears it runs */
export function panelHtml({ script, style, source }: PanelPlaces, start: PanelStart, nonce: string): string {
	return `<!doctype html>
<html lang="${escaped(start.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyOf(source, nonce)}">
<meta property="csp-nonce" content="${nonce}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escaped(style)}">
<title>FLEX</title>
</head>
<body>
<script type="application/json" id="start" nonce="${nonce}">${inScript(start)}</script>
<script nonce="${nonce}" src="${escaped(script)}"></script>
</body>
</html>`;
}

/** Nothing is loaded from anywhere but the extension's folder; no connection, no frame, no form. */
export function policyOf(source: string, nonce: string): string {
	return [
		`default-src 'none'`,
		`script-src 'nonce-${nonce}'`,
		`style-src ${source} 'nonce-${nonce}'`,
		`form-action 'none'`,
	].join('; ');
}

function escaped(text: string): string {
	return text.replace(/[&<>"']/gu, (char) => `&#${char.charCodeAt(0)};`);
}

/** JSON that no text in it can end. */
function inScript(value: unknown): string {
	return JSON.stringify(value).replaceAll('<', '\\u003c');
}
