/** Where an experience that files taught applies: their languages, and the folder that holds them. */
import type { Scope } from '../../experience/experience.js';

/** Identifiers of languages as VS Code knows them, by the ends of names. */
const languages: Readonly<Record<string, string>> = {
	bash: 'shellscript',
	c: 'c',
	cc: 'cpp',
	clj: 'clojure',
	cpp: 'cpp',
	cs: 'csharp',
	css: 'css',
	cts: 'typescript',
	cjs: 'javascript',
	cxx: 'cpp',
	dart: 'dart',
	dockerfile: 'dockerfile',
	ex: 'elixir',
	exs: 'elixir',
	fs: 'fsharp',
	go: 'go',
	groovy: 'groovy',
	h: 'c',
	hpp: 'cpp',
	hs: 'haskell',
	html: 'html',
	ini: 'ini',
	ipynb: 'jupyter',
	java: 'java',
	jl: 'julia',
	js: 'javascript',
	json: 'json',
	jsonc: 'jsonc',
	jsonl: 'jsonl',
	jsx: 'javascriptreact',
	kt: 'kotlin',
	less: 'less',
	lua: 'lua',
	m: 'objective-c',
	md: 'markdown',
	mjs: 'javascript',
	mts: 'typescript',
	php: 'php',
	pl: 'perl',
	ps1: 'powershell',
	py: 'python',
	pyi: 'python',
	r: 'r',
	rb: 'ruby',
	rs: 'rust',
	scala: 'scala',
	scss: 'scss',
	sh: 'shellscript',
	sql: 'sql',
	svelte: 'svelte',
	swift: 'swift',
	tex: 'latex',
	toml: 'toml',
	ts: 'typescript',
	tsx: 'typescriptreact',
	vb: 'vb',
	vue: 'vue',
	xml: 'xml',
	yaml: 'yaml',
	yml: 'yaml',
};

/** Languages that say little about where a lesson applies, where there are others beside them. */
const texts: ReadonlySet<string> = new Set(['markdown', 'json', 'jsonc', 'yaml', 'toml', 'ini', 'xml']);

/** The language of a file, where its name tells it. */
export function languageOf(path: string): string | undefined {
	const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
	if (name === 'makefile') return 'makefile';
	if (name === 'dockerfile') return 'dockerfile';
	const end = name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : '';
	return Object.hasOwn(languages, end) ? languages[end] : undefined;
}

/** Languages in order of their weight in `paths`; the folder that holds all files, where it is not the whole workspace. */
export function scopeOf(paths: readonly string[]): Scope {
	const counts = new Map<string, number>();
	for (const path of paths) {
		const language = languageOf(path);
		if (language !== undefined) counts.set(language, (counts.get(language) ?? 0) + 1);
	}
	const all = [...counts].sort((a, b) => b[1] - a[1]).map(([language]) => language);
	const code = all.filter((language) => !texts.has(language));
	const named = code.length > 0 ? code : all;
	const folder = commonFolder(paths);
	return {
		...(named.length > 0 ? { languages: named } : {}),
		...(folder === '' ? {} : { globs: [`${globText(folder)}/**`] }),
	};
}

function commonFolder(paths: readonly string[]): string {
	const folders = paths.map((path) => path.split('/').slice(0, -1));
	const [first = []] = folders;
	const shared = first.findIndex((part, at) => folders.some((other) => other[at] !== part));
	return (shared < 0 ? first : first.slice(0, shared)).join('/');
}

/** A folder's name where a pattern is read: signs of patterns fit any sign. */
function globText(folder: string): string {
	return folder.replace(/[*?{}[\]]/gu, '?');
}
