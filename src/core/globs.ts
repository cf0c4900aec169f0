/** Path patterns as VS Code and editors write them: `**`, `*`, `?`, `{a,b}` and `[a-z]`, matched against paths with `/`. */

/** Whether `path` (relative, with `/`) fits any of `patterns`. One that names a folder fits all that lies in it. */
export function matchesAny(patterns: readonly string[]): (path: string) => boolean {
	const expressions = patterns.filter((pattern) => pattern.trim() !== '').map(globExpression);
	return (path) => expressions.some((expression) => expression.test(path));
}

/** A pattern without `/` fits a name at any depth, as in `.gitignore`. */
export function globExpression(pattern: string): RegExp {
	const trimmed = pattern.trim().replace(/^\.\//u, '').replace(/\/+$/u, '');
	const anchored = trimmed.includes('/') ? trimmed.replace(/^\/+/u, '') : `**/${trimmed}`;
	return new RegExp(`^${source(anchored)}(?:/.*)?$`, 'u');
}

function source(pattern: string): string {
	let text = '';
	let depth = 0;
	for (let at = 0; at < pattern.length; at++) {
		const sign = pattern.charAt(at);
		if (pattern.startsWith('**/', at)) {
			text += '(?:[^/]+/)*';
			at += 2;
		} else if (pattern.startsWith('**', at)) {
			text += '.*';
			at++;
		} else if (sign === '*') text += '[^/]*';
		else if (sign === '?') text += '[^/]';
		else if (sign === '{' && pattern.includes('}', at)) {
			depth++;
			text += '(?:';
		} else if (sign === '}' && depth > 0) {
			depth--;
			text += ')';
		} else if (sign === ',' && depth > 0) text += '|';
		else if (sign === '[') {
			const group = /^\[(!?)([\w. -]+)\]/u.exec(pattern.slice(at));
			text += group ? `[${group[1] === '!' ? '^' : ''}${group[2]?.replace(/[.\s]/gu, '\\$&')}]` : '\\[';
			at += group ? group[0].length - 1 : 0;
		} else text += sign.replace(/[.+^$(){|\\\]}]/gu, '\\$&');
	}
	return `${text}${')'.repeat(depth)}`;
}
