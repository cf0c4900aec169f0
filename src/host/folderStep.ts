/** The folder that a flow of questions is about: the only one, or its first question. */
import type { FlexFolder, Folders } from './folders.js';
import { back, type Choice, pickOne, type Step } from './steps.js';

interface InFolder {
	readonly folder?: FlexFolder;
}

/** Asks for the folder where there are several. @param options `placeholder` says what the folder is for, as a question */
export function folderStep<State extends InFolder>(
	folders: Folders,
	options: { readonly title: string; readonly placeholder: string },
): Step<State> {
	return {
		when: () => folders.all().length > 1,
		ask: async (state, place) => {
			const items = folders
				.all()
				.map((folder): Choice<FlexFolder> => ({ label: folder.name, description: folder.uri.fsPath, value: folder }));
			const folder = await pickOne({ ...place, ...options, items });
			return folder === back || folder === undefined ? folder : { ...state, folder };
		},
	};
}

/** Where a flow with a `folderStep` begins; undefined where no folder is open, after saying so. */
export async function firstFolder(folders: Folders, placeholder: string): Promise<InFolder | undefined> {
	if (folders.all().length > 1) return {};
	const folder = await folders.pick(placeholder);
	return folder && { folder };
}
