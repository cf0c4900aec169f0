/** No model runs in a workspace that nobody trusts: its settings and files would decide what is asked, and where. */
import * as vscode from 'vscode';

/**
 * Whether the workspace is trusted; where it is not, says so and offers the way out, without waiting for the answer.
 * @param reason what is not done for want of trust (default: no model runs)
 */
export function requireTrust(
	reason = vscode.l10n.t('This workspace is not trusted, so FLEX runs no model in it.'),
): boolean {
	if (vscode.workspace.isTrusted) return true;
	const manage = vscode.l10n.t('Manage workspace trust');
	void vscode.window.showWarningMessage(reason, manage).then((answer) => {
		if (answer === manage) void vscode.commands.executeCommand('workbench.trust.manage');
	});
	return false;
}
