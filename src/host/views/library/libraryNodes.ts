/** What the items of the library's tree stand for. */
import type { FlexFolder } from '../../folders.js';
import type { GroupKind } from './grouping.js';

interface Node {
	/** Unique within the tree, and the same after every refresh: by it VS Code keeps what is open and selected. */
	readonly key: string;
	/** Whose library; undefined: the user's own. */
	readonly folder: FlexFolder | undefined;
}

export interface LibraryRoot extends Node {
	readonly kind: 'library';
	readonly count: number;
}

export interface GroupNode extends Node {
	readonly kind: 'group';
	readonly group: GroupKind;
	readonly count: number;
}

export interface DomainNode extends Node {
	readonly kind: 'domain';
	readonly group: GroupKind;
	/** Empty for experiences that name none. */
	readonly name: string;
	readonly count: number;
}

/** Handed to commands as it is: they look at `folder` and `id`. */
export interface ExperienceNode extends Node {
	readonly kind: 'experience';
	readonly id: string;
}

export interface PartNode extends Node {
	readonly kind: 'part';
	readonly part: 'strategy' | 'pattern' | 'case';
	readonly experience: string;
	readonly label: string;
	readonly note: string;
	/** Its whole text, paragraph by paragraph. */
	readonly text: readonly string[];
}

export interface MoreNode extends Node {
	readonly kind: 'more';
	/** Under which node more is shown. */
	readonly above: LibraryNode;
	readonly next: number;
	readonly left: number;
}

export interface FailureNode extends Node {
	readonly kind: 'failure';
	readonly message: string;
}

export type LibraryNode = LibraryRoot | GroupNode | DomainNode | ExperienceNode | PartNode | MoreNode | FailureNode;

/** Names the library of a folder, or the user's own. */
export function libraryKey(folder: FlexFolder | undefined): string {
	return folder?.uri.toString() ?? 'own';
}
