/** Hears what the extension tells people in notifications, and answers with one of the buttons. */
import * as vscode from 'vscode';

export interface Notice {
	readonly text: string;
	readonly actions: readonly string[];
	/** Presses the button; undefined closes the notification. */
	answer(action: string | undefined): void;
}

export interface Told {
	/** The next notification, whether it came already or not. */
	next(): Promise<Notice>;
	/** Those that nobody looked at. */
	readonly waiting: number;
	restore(): void;
}

const kinds = ['showInformationMessage', 'showWarningMessage', 'showErrorMessage'] as const;

export function telling(): Told {
	const notices: Notice[] = [];
	const listeners: ((notice: Notice) => void)[] = [];
	const originals = kinds.map((kind) => [kind, vscode.window[kind]] as const);
	const show = (text: string, ...rest: readonly unknown[]): Promise<string | undefined> =>
		new Promise((answer) => {
			const notice = { text, actions: rest.filter((item) => typeof item === 'string'), answer };
			const listener = listeners.shift();
			if (listener) listener(notice);
			else notices.push(notice);
		});
	for (const kind of kinds) Object.assign(vscode.window, { [kind]: show });
	return {
		next: async () => notices.shift() ?? new Promise<Notice>((heard) => listeners.push(heard)),
		get waiting() {
			return notices.length;
		},
		restore: () => Object.assign(vscode.window, Object.fromEntries(originals)),
	};
}
