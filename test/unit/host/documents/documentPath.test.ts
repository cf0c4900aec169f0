import { describe, expect, it } from 'vitest';
import {
	documentName,
	documentPath,
	folderKey,
	isDocumentFolder,
} from '../../../../src/host/documents/documentPath.js';

const name = { key: 'notes-ab12cd', id: 'ad1bd9a73c19c312' };

describe('the path of an experience', () => {
	it('shows its title, and names it by library and id alone', () => {
		const path = documentPath(name, 'Ask for the voucher form, first!');
		expect(path).toBe('/notes-ab12cd/ad1bd9a73c19c312/ask-for-the-voucher-form-first.md');
		expect(documentName(path)).toEqual(name);
		expect(documentName('/notes-ab12cd/ad1bd9a73c19c312/an-older-title.md')).toEqual(name);
	});

	it.each([
		['', 'experience'],
		['../../etc/passwd', 'etc-passwd'],
		['日本語の 題', '日本語の-題'],
		[`${'long '.repeat(40)}`, 'long-'.repeat(12).replace(/-$/, '')],
	])('makes a file name of %j', (title, slug) => {
		expect(documentPath(name, title)).toBe(`/notes-ab12cd/ad1bd9a73c19c312/${slug}.md`);
	});

	it('is not what a folder or another file has', () => {
		expect(documentName('/notes-ab12cd/ad1bd9a73c19c312')).toBeUndefined();
		expect(documentName('/notes-ab12cd/ad1bd9a73c19c312/x.png')).toBeUndefined();
		expect(documentName('/a/b/c/d.md')).toBeUndefined();
		expect(['/', '/a', '/a/b', '/a/b/c.md'].map(isDocumentFolder)).toEqual([true, true, true, false]);
	});
});

describe('the key of a folder', () => {
	it('differs for two folders of one name, and is never that of the own library', () => {
		const keys = ['file:///a/own', 'file:///b/own'].map((uri) => folderKey('own', uri));
		expect(new Set(keys).size).toBe(2);
		for (const key of keys) expect(key).toMatch(/^own-[0-9a-f]{6}$/);
	});
});
