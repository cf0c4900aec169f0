/** What can be brought in: a library's file, or a folder of the text files that a team shares. */
import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Experience } from '../../core/experience/experience.js';
import type { ExperienceStore } from '../../core/experience/store.js';
import type { ImportCounts } from '../../library/exchange/importExperiences.js';

export interface ImportSource {
	/** Of the file or folder. */
	readonly name: string;
	readonly experiences: readonly Experience[];
	/** Entries that could not be used, each with its place and the reason. */
	readonly skipped: readonly string[];
	/** What was mended, cut or left out of others. */
	readonly remarks: readonly string[];
	/** The name that the history gives for what came from here. */
	readonly file: string;
	/** Brings all of it in, in quarantine. @throws {LibraryError} */
	bringInto(store: ExperienceStore): Promise<ImportCounts>;
}

/** @throws {ExchangeError} where the file can't be read, or holds nothing usable */
export async function readFileSource(path: string): Promise<ImportSource> {
	const [{ readLibraryFile }, { importExperiences }] = await Promise.all([
		import('../../runs/libraryFile.js'),
		import('../../library/exchange/importExperiences.js'),
	]);
	const read = readLibraryFile(path, new Date().toISOString());
	const said = ({ entry, what }: { readonly entry: string; readonly what: string }): string => `${entry}: ${what}`;
	const cut = read.cut.map(({ entry, patterns, parts }) =>
		vscode.l10n.t('{0}: {1} patterns, cut into {2} linked experiences', entry, patterns, parts),
	);
	return {
		name: read.name,
		experiences: read.experiences,
		skipped: read.skipped.map(said),
		remarks: [...read.notes, ...read.odd.map(said), ...cut],
		file: read.name,
		bringInto: (store) => importExperiences(store, read.experiences, { file: read.name }),
	};
}

/** @throws {ExchangeError} where the folder has no experiences */
export async function readFolderSource(path: string): Promise<ImportSource> {
	const [{ readExperienceFolder }, { importFolder }, { ExchangeError }] = await Promise.all([
		import('../../library/exchange/experienceFolder.js'),
		import('../../runs/importFolder.js'),
		import('../../library/exchange/exchangeError.js'),
	]);
	const read = readExperienceFolder(path);
	if (read.experiences.length === 0) {
		const [why = vscode.l10n.t('The files of one end in ".jsonl" and hold one experience a line.')] = read.messages;
		throw new ExchangeError('nothing-usable', vscode.l10n.t('{0} holds no experiences. {1}', path, why));
	}
	return {
		name: basename(path),
		experiences: read.experiences,
		skipped: read.messages,
		remarks: read.conflicts.map((file) => vscode.l10n.t('{0}: conflicts of a merge; both sides are brought in', file)),
		file: 'experiences',
		bringInto: (store) => importFolder(store, path, read, false),
	};
}
