/** Colours the words of a program by what they are, in the colours that the editor's theme gives to such words. */

import bash from 'highlight.js/lib/languages/bash';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import python from 'highlight.js/lib/languages/python';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import { css, html, type TemplateResult } from 'lit';
import { createLowlight } from 'lowlight';

const lowlight = createLowlight({ bash, javascript, json, python, sql, typescript });

/** A longer program is shown in one colour. UTF-16 units. */
const longestProgram = 20_000;

type Tree = ReturnType<typeof lowlight.highlight>;
type TreeNode = Tree['children'][number];
type Shown = string | TemplateResult;

/** The program with its words marked, or as it is where nobody knows the language. */
export function highlightCode(language: string, text: string): Shown | readonly Shown[] {
	if (text.length > longestProgram || !lowlight.registered(language)) return text;
	return lowlight.highlight(language, text).children.map(shownNode);
}

/** What becomes of the names that highlight.js gives; other words stay as they are. */
const kinds: Readonly<Record<string, string>> = {
	'hljs-keyword': 'keyword',
	'hljs-built_in': 'name',
	'hljs-type': 'name',
	'hljs-literal': 'boolean',
	'hljs-string': 'string',
	'hljs-regexp': 'string',
	'hljs-comment': 'comment',
	'hljs-title': 'function',
	'hljs-attr': 'name',
	'hljs-variable': 'name',
};

function shownNode(node: TreeNode): Shown {
	if (node.type === 'text') return node.value;
	if (node.type !== 'element') return '';
	const names = node.properties.className;
	const kind = (Array.isArray(names) ? names : []).map((name) => kinds[String(name)]).find((known) => known);
	const inner = node.children.map(shownNode);
	return kind === undefined ? html`${inner}` : html`<span class=${kind}>${inner}</span>`;
}

export const codeColours = css`
	.keyword {
		color: var(--vscode-symbolIcon-keywordForeground, inherit);
		font-weight: 600;
	}
	.function {
		color: var(--vscode-symbolIcon-functionForeground, inherit);
	}
	.string {
		color: var(--vscode-debugTokenExpression-string, inherit);
	}
	.boolean {
		color: var(--vscode-debugTokenExpression-boolean, inherit);
	}
	.name {
		color: var(--vscode-debugTokenExpression-name, inherit);
	}
	.comment {
		color: var(--quiet);
		font-style: italic;
	}
`;
