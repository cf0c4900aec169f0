/** Which paths a glob pattern means, by the rules that VS Code has for them. */

const compiled = new Map<string, RegExp | undefined>();
const mostCompiled = 5000;

/**
 * Whether `path` is one that `glob` means. `*` and `?` stay within a name, `**` goes through folders, `{a,b}` is either,
 * `[a-z]` one of them; a pattern without a slash means names in any folder, and one that ends in a slash all in it.
 * @param path with `/` between names, relative to the workspace folder
 */
export function matchesGlob(path: string, glob: string): boolean {
	if (!compiled.has(glob)) {
		if (compiled.size >= mostCompiled) compiled.clear();
		compiled.set(glob, compile(glob));
	}
	return compiled.get(glob)?.test(path) ?? false;
}

/** Undefined where the pattern is none, e.g. for a bracket that nothing closes. */
function compile(glob: string): RegExp | undefined {
	const trimmed = glob.trim().replace(/^\.?\//u, '');
	if (trimmed === '') return undefined;
	const whole = trimmed.endsWith('/') ? `${trimmed}**` : trimmed;
	const anywhere = whole.includes('/') ? whole : `**/${whole}`;
	try {
		return new RegExp(`^${sourceOf(anywhere)}$`, 'u');
	} catch {
		return undefined;
	}
}

function sourceOf(glob: string): string {
	let source = '';
	let open = 0;
	for (let at = 0; at < glob.length; at++) {
		const rest = glob.slice(at);
		const character = glob.charAt(at);
		const group = /^\[[^\]/]+\]/u.exec(rest)?.[0];
		if (rest.startsWith('**/')) {
			source += '(?:[^/]+/)*';
			at += 2;
		} else if (rest.startsWith('**')) {
			source += '.*';
			at += 1;
		} else if (character === '*') source += '[^/]*';
		else if (character === '?') source += '[^/]';
		else if (group) {
			source += group.replace(/^\[!/u, '[^').replace(/\\/gu, '\\\\');
			at += group.length - 1;
		} else if (character === '{') {
			source += '(?:';
			open++;
		} else if (character === '}' && open > 0) {
			source += ')';
			open--;
		} else if (character === ',' && open > 0) source += '|';
		else source += /[\\^$.|+()[\]{}]/u.test(character) ? `\\${character}` : character;
	}
	return source;
}
