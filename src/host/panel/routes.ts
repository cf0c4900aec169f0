/** Places of the panel, as commands and links name them. */
import type { PageName, Route } from '../../protocol/panel.js';

/** What a tree item, a link, or a person's words name: `{ folder?, id }` of an experience or a run, or an id alone. */
export function routeFrom(argument: unknown, page: PageName): Route {
	if (typeof argument === 'string') return { page, id: argument };
	const id = textOf(argument, 'id');
	const folder = addressOf(argument);
	const problem = textOf(argument, 'problem');
	if (id === undefined) return { page, shelf: folder };
	if (page === 'library') return { page, id, shelf: folder ?? 'own' };
	return { page, run: { folder: folder ?? '', run: id }, problem };
}

/** `/experience/<id>`; everything else leads to the library. */
export function parseLink(path: string): Route {
	const id = /^\/experience\/([\w-]{1,64})$/u.exec(path)?.[1];
	return { page: 'library', id };
}

function addressOf(argument: unknown): string | undefined {
	const folder = fieldOf(argument, 'folder');
	if (typeof folder === 'string') return folder;
	const uri = fieldOf(folder, 'uri');
	return uri === undefined ? undefined : String(uri);
}

function textOf(value: unknown, name: string): string | undefined {
	const field = fieldOf(value, name);
	return typeof field === 'string' ? field : undefined;
}

function fieldOf(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
