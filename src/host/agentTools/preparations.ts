/** What a person reads before a model's call of a tool: what it does, and for what is written, whether they agree. */
import * as vscode from 'vscode';
import type { LessonProposal } from '../../core/learning/tools/libraryDesk.js';
import { textFrom } from '../pickSet.js';
import { oneLine } from '../plainText.js';

/** Characters of a query in a line. */
const longestQuery = 60;

export function prepareSearch(input: unknown): vscode.PreparedToolInvocation {
	const query = oneLine(textFrom(input, 'query') ?? '', longestQuery);
	return { invocationMessage: inert(vscode.l10n.t('Searching experience for “{0}”', query)) };
}

export function prepareFeedback(input: unknown): vscode.PreparedToolInvocation {
	const id = oneLine(textFrom(input, 'id') ?? '', longestQuery);
	return { invocationMessage: inert(vscode.l10n.t('Noting whether experience {0} helped', id)) };
}

/** Asks; a call that can't be carried out is not worth a question, it fails by itself. */
export async function prepareRecord(input: unknown, tool: string): Promise<vscode.PreparedToolInvocation> {
	const invocationMessage = vscode.l10n.t('Proposing an experience');
	const proposal = await proposalIn(input, tool);
	if (!proposal || !vscode.workspace.isTrusted) return { invocationMessage };
	const title = vscode.l10n.t('Propose this experience to the library?');
	return { invocationMessage, confirmationMessages: { title, message: proposalText(proposal) } };
}

async function proposalIn(input: unknown, tool: string): Promise<LessonProposal | undefined> {
	const { proposalFrom } = await import('../../core/learning/tools/recordExperience.js');
	try {
		return proposalFrom(input, tool);
	} catch {
		return undefined;
	}
}

function proposalText({ title, when, strategy, rules, example }: LessonProposal): vscode.MarkdownString {
	const text = new vscode.MarkdownString();
	const lines = [
		title,
		vscode.l10n.t('When: {0}', when),
		strategy,
		...rules.map((rule) => `• ${rule}`),
		...(example ? [vscode.l10n.t('Example: {0}', `${example.problem} → ${example.solution}`)] : []),
		vscode.l10n.t('It waits in the library until you accept it; no model sees it before.'),
	];
	// As text: nothing that a model wrote is a link or a picture here.
	for (const line of lines) text.appendText(line).appendMarkdown('\n\n');
	return text;
}

function inert(line: string): vscode.MarkdownString {
	return new vscode.MarkdownString().appendText(line);
}
