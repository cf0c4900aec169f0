/** Names of experience documents: `/<folder key>/<experience id>/<title>.md`; the title is for people, the rest finds it. */
import { createHash } from 'node:crypto';

export const scheme = 'flex';
/** Of earlier revisions, which can only be read; the query says which. */
export const revisionScheme = 'flex-revision';

/** Key of the user's own library; that of a folder always holds a dash. */
export const ownKey = 'own';

export interface DocumentName {
	/** Names the library. */
	readonly key: string;
	readonly id: string;
}

/** Letters of a title that a tab shows. */
const longestSlug = 60;

/** The path of an experience's document. */
export function documentPath({ key, id }: DocumentName, title: string): string {
	return `/${key}/${id}/${slugOf(title)}.md`;
}

/** What a path names; undefined where it is no document's, as that of a folder. */
export function documentName(path: string): DocumentName | undefined {
	const [, key, id] = /^\/([^/]+)\/([^/]+)\/[^/]+\.md$/u.exec(path) ?? [];
	return key === undefined || id === undefined ? undefined : { key, id };
}

/** Whether a path is that of a folder above documents. */
export function isDocumentFolder(path: string): boolean {
	return /^(?:\/[^/]+){0,2}\/?$/u.test(path);
}

/** A name for a folder that is the same in every window, and that two folders of one name don't share. */
export function folderKey(name: string, uri: string): string {
	return `${slugOf(name)}-${createHash('sha256').update(uri).digest('hex').slice(0, 6)}`;
}

/** Letters and digits of any script, in lower case; what is left of a title that has none is "experience". */
function slugOf(title: string): string {
	const slug = title
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, '-')
		.replace(/^-+/u, '')
		.slice(0, longestSlug)
		.replace(/-+$/u, '');
	return slug === '' ? 'experience' : slug;
}
