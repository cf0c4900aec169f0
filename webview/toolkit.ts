/** VS Code's own controls. Nothing else imports the toolkit, which is archived: see docs/decisions/0003. */
import { provideVSCodeDesignSystem, vsCodeButton, vsCodeProgressRing } from '@vscode/webview-ui-toolkit';

/** Makes `<vscode-button>` and `<vscode-progress-ring>` known to the page. */
export function useToolkit(): void {
	provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeProgressRing());
}
