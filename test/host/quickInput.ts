/** Answers the extension's questions as a person would: in VS Code's real quick input, one after another. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

export type QuickAnswer =
	/** Accepts the row whose label ends like this: icons stand at the front. */
	{ readonly pick: string } | { readonly type: string } | 'back' | 'dismiss';

/**
 * Runs `action`, and gives each question that it asks the next answer.
 * @returns what `action` gives
 * @throws where it asked more or fewer questions than there are answers
 */
export async function answering<T>(answers: readonly QuickAnswer[], action: () => Thenable<T>): Promise<T> {
	const left = [...answers];
	let fail: (error: unknown) => void = () => {};
	const failed = new Promise<never>((_, reject) => {
		fail = reject;
	});
	const { createQuickPick, createInputBox } = vscode.window;
	const answerAtShow = (input: vscode.QuickInput, give: (answer: QuickAnswer) => Promise<void>): void => {
		const show = input.show.bind(input);
		input.show = () => {
			show();
			const answer = left.shift();
			const given = answer ? give(answer) : Promise.reject(new Error(`Nobody answers "${input.title}".`));
			given.catch((error: unknown) => {
				input.hide();
				fail(error);
			});
		};
	};
	vscode.window.createQuickPick = <I extends vscode.QuickPickItem>() => {
		const input = createQuickPick<I>();
		answerAtShow(input, (answer) => pickIn(input, answer));
		return input;
	};
	vscode.window.createInputBox = () => {
		const input = createInputBox();
		answerAtShow(input, (answer) => typeIn(input, answer));
		return input;
	};
	try {
		const result = await Promise.race([action(), failed]);
		assert.deepEqual(left, [], 'Some questions were not asked.');
		return result;
	} finally {
		Object.assign(vscode.window, { createQuickPick, createInputBox });
	}
}

async function pickIn<I extends vscode.QuickPickItem>(input: vscode.QuickPick<I>, answer: QuickAnswer): Promise<void> {
	if (typeof answer === 'string') return leave(answer);
	assert.ok('pick' in answer, `"${input.title}" wants a row to be picked.`);
	// The first row becomes active when the rows are there.
	if (input.items.length === 0) await next(input.onDidChangeActive);
	const item = input.items.find(({ label }) => label.endsWith(answer.pick));
	assert.ok(item, `"${answer.pick}" is none of: ${input.items.map(({ label }) => label).join(', ')}`);
	if (input.activeItems[0] !== item) {
		const active = next(input.onDidChangeActive);
		input.activeItems = [item];
		await active;
	}
	await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
}

async function typeIn(input: vscode.InputBox, answer: QuickAnswer): Promise<void> {
	if (typeof answer === 'string') return leave(answer);
	assert.ok('type' in answer, `"${input.prompt}" wants a text to be typed.`);
	input.value = answer.type;
	// What is set is sent to the window at the end of this turn.
	await new Promise((turned) => setTimeout(turned));
	await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
}

async function leave(answer: 'back' | 'dismiss'): Promise<void> {
	const command = answer === 'back' ? 'workbench.action.quickInputBack' : 'workbench.action.closeQuickOpen';
	await vscode.commands.executeCommand(command);
}

function next<T>(event: vscode.Event<T>): Promise<T> {
	return new Promise((done) => {
		const subscription = event((value) => {
			subscription.dispose();
			done(value);
		});
	});
}
