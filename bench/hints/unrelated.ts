/** Source files of public repositories that have nothing to do with the library: a hint in one of them is a wrong one. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeDocument } from '../../src/core/hints/fileHints.js';
import { type Half, linesOf } from './labelled.js';
import { gitFolder, languageOf, type PinnedRepository, readBlob, sha256Of } from './repositories.js';

interface PinnedFiles extends PinnedRepository {
	/** All files of a repository are in one half. */
	readonly half: Half;
	readonly files: readonly { readonly path: string; readonly sha256: string }[];
}

export interface UnrelatedFiles {
	readonly documents: readonly CodeDocument[];
	/** Names of repositories that can't be had. */
	readonly missing: readonly string[];
}

/** @throws where a file is another one than was pinned */
export function readUnrelated(half: Half): UnrelatedFiles {
	const manifest: { readonly repositories: readonly PinnedFiles[] } = JSON.parse(
		readFileSync(join(process.cwd(), 'bench/hints/unrelated.json'), 'utf8'),
	);
	const documents: CodeDocument[] = [];
	const missing: string[] = [];
	for (const repository of manifest.repositories.filter((one) => one.half === half)) {
		const folder = gitFolder(repository);
		if (folder === undefined) missing.push(repository.name);
		else for (const file of repository.files) documents.push(documentOf(folder, repository, file));
	}
	return { documents, missing };
}

function documentOf(
	folder: string,
	{ name, commit }: PinnedFiles,
	{ path, sha256 }: PinnedFiles['files'][number],
): CodeDocument {
	const bytes = readBlob(folder, commit, path);
	if (sha256Of(bytes) !== sha256) throw new Error(`${path} of ${name} is not the file that was pinned.`);
	return { file: { language: languageOf(path) ?? '', path }, lines: linesOf(bytes.toString('utf8')), findings: [] };
}
