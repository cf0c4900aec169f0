/** A report as a panel of the editor shows it: in the editor's colours, without scripts, and without the network. */

const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** The colours of the report's style, as the editor's theme has them. */
const colours: Readonly<Record<string, string>> = {
	ink: 'editor-foreground',
	quiet: 'descriptionForeground',
	line: 'panel-border',
	paper: 'editor-background',
	soft: 'textCodeBlock-background',
	accent: 'textLink-foreground',
	right: 'charts-green',
	wrong: 'charts-red',
};

/** @param html a report's page, which may have been written by anyone */
export function reportDocument(html: string): string {
	const own = Object.entries(colours).map(([name, theme]) => `--${name}: var(--vscode-${theme}) !important;`);
	// What comes first counts: the policy stands before anything that the page could load.
	const head = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
	const style = `<style>:root { ${own.join(' ')} } body { padding: 0; }</style>`;
	return `<!doctype html>${head}${style}${html.replace(/^\s*<!doctype[^>]*>/iu, '')}`;
}
