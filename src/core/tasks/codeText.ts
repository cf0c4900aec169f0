/** Finds the code in what a model wrote. */

interface Block {
	/** What stands behind the opening fence, in lower case. */
	readonly tag: string;
	readonly code: string;
}

const scriptTags = new Set(['js', 'javascript', 'jsx', 'mjs', 'cjs', 'node', 'ts', 'typescript', 'tsx', 'mts', 'cts']);

/** The fenced code of a text, or the text itself from its first line of code on. Undefined where nothing looks like code. */
export function codeIn(text: string): string | undefined {
	return fencedCode(text) ?? unfenced(text);
}

/** The last fenced block that defines something, else the last of all; blocks in JavaScript or TypeScript before others. */
export function fencedCode(text: string): string | undefined {
	const all = blocks(text);
	const scripts = all.filter(({ tag }) => scriptTags.has(tag));
	const untagged = all.filter(({ tag }) => tag === '');
	const fenced = [scripts, untagged, all].find(({ length }) => length > 0);
	return (fenced?.findLast(({ code }) => defines.test(code)) ?? fenced?.at(-1))?.code;
}

const defines = /\bfunction\b|=>|\bclass\s+[\w$]+/u;

/** Fenced blocks; the last one may have been cut off before its closing fence. */
function blocks(text: string): readonly Block[] {
	const fences = /^[ \t]*(`{3,}|~{3,})[ \t]*([\w+#.-]*)[^\n`]*\n([\s\S]*?)(?:^[ \t]*\1[`~]*[ \t]*$|(?![\s\S]))/gmu;
	return [...text.replaceAll('\r\n', '\n').matchAll(fences)]
		.map(([, , tag = '', code = '']) => ({ tag: tag.toLowerCase(), code }))
		.filter(({ code }) => code.trim() !== '');
}

const firstLine =
	/^\s*(?:\/\*|\/\/|['"]use strict['"]|(?:export\s+)?(?:default\s+)?(?:async\s+)?function\b|class\s+[\w$]+|(?:export\s+)?(?:interface|enum)\s+[\w$]+|(?:export\s+)?type\s+[\w$]+.*=|import\b.*['"]|(?:export\s+)?(?:const|let|var)\s+[\w$[{]|(?:return|if|for|while|switch|try)\b.*[;{(]\s*$|\})/mu;

const marker = /^[ \t*]*answer[ \t*]*:[ \t*]*/imu;

/** What follows "Answer:" is code from its first sign on, also where that could be anything, as in the body of a function. */
function unfenced(text: string): string | undefined {
	if (!/[;}]/u.test(text)) return undefined;
	const first = firstLine.exec(text)?.index;
	const marked = marker.exec(text);
	const start = marked && marked.index <= (first ?? text.length) ? marked.index + marked[0].length : first;
	return start === undefined ? undefined : text.slice(start).replace(/^\n+/u, '').trimEnd();
}
