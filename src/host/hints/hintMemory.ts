/** Where a person does not want to see a hint: kept with the workspace, and all of it can be taken back. */
import * as vscode from 'vscode';

/** One decision: an experience, or every one, in a file or in all below a folder. */
export interface HiddenHint {
	/** Undefined: all hints. */
	readonly id?: string | undefined;
	readonly title: string;
	/** Address of the file or folder. */
	readonly place: string;
	readonly isFolder: boolean;
}

/** Somebody called a hint not helpful. */
export interface Unhelpful {
	readonly id: string;
	readonly file: string;
	readonly language: string;
}

interface Remembered {
	readonly hidden: readonly HiddenHint[];
	readonly unhelpful: readonly Unhelpful[];
}

const key = 'flex.hints';
/** Older decisions are forgotten. */
const mostKept = 500;
/** In so many files of a language not helpful: in none of it. */
const filesOfLanguage = 2;

export class HintMemory implements vscode.Disposable {
	private readonly changed = new vscode.EventEmitter<void>();

	constructor(private readonly state: vscode.Memento) {}

	readonly onDidChange = this.changed.event;

	get hidden(): readonly HiddenHint[] {
		return this.remembered.hidden;
	}

	/** Whether a person does not want this experience in this file. */
	isUnwanted(id: string, { uri, languageId }: Pick<vscode.TextDocument, 'uri' | 'languageId'>): boolean {
		const { hidden, unhelpful } = this.remembered;
		const file = uri.toString();
		const covers = ({ place, isFolder }: HiddenHint): boolean =>
			isFolder ? file.startsWith(`${place.replace(/\/$/u, '')}/`) : file === place;
		if (hidden.some((one) => (one.id === undefined || one.id === id) && covers(one))) return true;
		const rated = unhelpful.filter((one) => one.id === id);
		const ofLanguage = new Set(rated.filter(({ language }) => language === languageId).map((one) => one.file));
		return rated.some((one) => one.file === file) || ofLanguage.size >= filesOfLanguage;
	}

	async hide(hint: HiddenHint): Promise<void> {
		await this.keep({ hidden: [...this.remembered.hidden, hint].slice(-mostKept) });
	}

	async show(hints: readonly HiddenHint[]): Promise<void> {
		const names = new Set(hints.map((hint) => JSON.stringify(hint)));
		await this.keep({ hidden: this.remembered.hidden.filter((hint) => !names.has(JSON.stringify(hint))) });
	}

	async addUnhelpful(one: Unhelpful): Promise<void> {
		await this.keep({ unhelpful: [...this.remembered.unhelpful, one].slice(-mostKept) });
	}

	async removeUnhelpful({ id, file }: Pick<Unhelpful, 'id' | 'file'>): Promise<void> {
		const { unhelpful } = this.remembered;
		await this.keep({ unhelpful: unhelpful.filter((one) => one.id !== id || one.file !== file) });
	}

	dispose(): void {
		this.changed.dispose();
	}

	private get remembered(): Remembered {
		return { hidden: [], unhelpful: [], ...this.state.get<Partial<Remembered>>(key) };
	}

	private async keep(part: Partial<Remembered>): Promise<void> {
		await this.state.update(key, { ...this.remembered, ...part });
		this.changed.fire();
	}
}
