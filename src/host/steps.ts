/** Questions in several steps, in VS Code's own quick input: each can be cancelled, and goes back to the one before. */
import * as vscode from 'vscode';

/** The answer of somebody who presses "Back". */
export const back: unique symbol = Symbol('back');

/** What was answered; `undefined` where the question was dismissed, which ends the whole flow. */
export type Answer<T> = T | typeof back | undefined;

/** A row to pick. One without a value only explains: picking it shows its detail in full, and the question stays. */
export interface Choice<T> extends vscode.QuickPickItem {
	readonly value?: T;
}

/** Where a question stands in its flow; a question on its own needs none of it. */
export interface Place {
	/** From 1. */
	readonly step?: number;
	readonly totalSteps?: number;
	/** Shows the back button. */
	readonly canGoBack?: boolean;
}

export interface PickOptions<T> extends Place {
	readonly title: string;
	/** A promise shows a busy bar until it is kept; where it breaks, so does the question, with the same error. */
	readonly items: readonly Choice<T>[] | Promise<readonly Choice<T>[]>;
	/** Says what is asked. */
	readonly placeholder: string;
	/** The row that is active at first. */
	readonly active?: (value: T) => boolean;
}

export interface TextOptions extends Place {
	readonly title: string;
	/** Says what is asked, and what for. */
	readonly prompt: string;
	readonly placeholder?: string;
	readonly value?: string;
	/** Hides what is typed. */
	readonly password?: boolean;
	/** What is wrong with the text and what would be right; `undefined` where it is fine. */
	readonly validate?: (text: string) => string | undefined;
}

/** One question of a flow. */
export interface Step<State> {
	/** Whether it is asked at all, given what is known so far (default: yes). */
	readonly when?: (state: State) => boolean;
	/** Asks, and returns the state with the answer in it. `place` goes to `pickOne` or `askText` as it is. */
	readonly ask: (state: State, place: Required<Place>) => Promise<Answer<State>>;
}

/**
 * Asks one question after another; "Back" returns to the last one that was asked, with the state it began with.
 * @returns the state after the last question; `undefined` where one was dismissed
 */
export async function steps<State>(first: State, list: readonly Step<State>[]): Promise<State | undefined> {
	const asked: { readonly index: number; readonly state: State }[] = [];
	let state = first;
	let index = 0;
	for (;;) {
		const step = list[index];
		if (step === undefined) return state;
		if (step.when && !step.when(state)) {
			index++;
			continue;
		}
		const answer = await step.ask(state, placeOf(list, index, state, asked.length));
		if (answer === undefined) return undefined;
		if (answer === back) {
			const before = asked.pop();
			if (before) ({ index, state } = before);
			continue;
		}
		asked.push({ index, state });
		state = answer;
		index++;
	}
}

/** Lets one of the rows be picked. */
export async function pickOne<T>(options: PickOptions<T>): Promise<Answer<T>> {
	const input = vscode.window.createQuickPick<Choice<T>>();
	input.matchOnDescription = true;
	input.matchOnDetail = true;
	input.placeholder = options.placeholder;
	const answer = show(input, options, () => {
		const [picked] = input.selectedItems;
		if (picked?.detail && picked.value === undefined) void explain(picked.detail);
		return picked?.value;
	});
	try {
		if (options.items instanceof Promise) {
			input.busy = true;
			const items = await Promise.race([options.items, answer.then(() => undefined)]);
			if (items === undefined) return await answer;
			input.busy = false;
			fill(input, items, options.active);
		} else {
			fill(input, options.items, options.active);
		}
		return await answer;
	} finally {
		input.dispose();
	}
}

/** Lets any of the rows be picked, at least one. @param options `active` says which are picked at first */
export async function pickMany<T>(
	options: PickOptions<T> & { readonly items: readonly Choice<T>[] },
): Promise<Answer<readonly T[]>> {
	const input = vscode.window.createQuickPick<Choice<T>>();
	const { items, active = () => false } = options;
	input.canSelectMany = true;
	input.matchOnDetail = true;
	input.placeholder = options.placeholder;
	input.items = items;
	input.selectedItems = items.filter(({ value }) => value !== undefined && active(value));
	try {
		return await show(input, options, () => {
			const picked = input.selectedItems.flatMap(({ value }) => (value === undefined ? [] : [value]));
			return picked.length > 0 ? picked : undefined;
		});
	} finally {
		input.dispose();
	}
}

/** Lets a line be typed; what `validate` objects to is not accepted. */
export async function askText(options: TextOptions): Promise<Answer<string>> {
	const input = vscode.window.createInputBox();
	const { validate = () => undefined } = options;
	input.prompt = options.prompt;
	input.placeholder = options.placeholder;
	input.value = options.value ?? '';
	input.password = options.password ?? false;
	const typing = input.onDidChangeValue((text) => {
		// An objection stays away until the first try, and then follows what is typed.
		if (input.validationMessage !== undefined) input.validationMessage = validate(text);
	});
	try {
		return await show(input, options, () => {
			input.validationMessage = validate(input.value);
			return input.validationMessage === undefined ? input.value : undefined;
		});
	} finally {
		typing.dispose();
		input.dispose();
	}
}

/** What both kinds of input have. */
type Input = vscode.QuickInput & Pick<vscode.InputBox, 'buttons' | 'onDidAccept' | 'onDidTriggerButton'>;

/** Shows the input until it is accepted with a value, dismissed, or left by "Back". */
function show<T>(
	input: Input,
	{ title, step, totalSteps, canGoBack }: Place & { readonly title: string },
	accepted: () => T | undefined,
): Promise<Answer<T>> {
	input.title = title;
	input.step = step;
	input.totalSteps = totalSteps;
	input.ignoreFocusOut = true;
	input.buttons = canGoBack ? [vscode.QuickInputButtons.Back] : [];
	return new Promise((done) => {
		input.onDidTriggerButton((button) => {
			if (button === vscode.QuickInputButtons.Back) done(back);
		});
		input.onDidAccept(() => {
			const value = accepted();
			if (value !== undefined) done(value);
		});
		input.onDidHide(() => done(undefined));
		input.show();
	});
}

/** With a button, VS Code shows all of a notification's text at once. */
async function explain(text: string): Promise<void> {
	await vscode.window.showInformationMessage(text, vscode.l10n.t('OK'));
}

function fill<T>(
	input: vscode.QuickPick<Choice<T>>,
	items: readonly Choice<T>[],
	active: ((value: T) => boolean) | undefined,
): void {
	input.items = items;
	const first = active && items.find(({ value }) => value !== undefined && active(value));
	if (first) input.activeItems = [first];
}

/** The count is what applies as far as is known: a later answer may change it. */
function placeOf<State>(list: readonly Step<State>[], index: number, state: State, asked: number): Required<Place> {
	const left = list.slice(index + 1).filter(({ when }) => when?.(state) ?? true).length;
	return { step: asked + 1, totalSteps: asked + 1 + left, canGoBack: asked > 0 };
}
