/** How the dashboard is laid out: three columns, or one below the other where the panel is narrow. */
import { css } from 'lit';

export const trainingLayout = css`
	:host {
		display: block;
		container: panel / inline-size;
		overflow: hidden;
	}
	.page {
		display: grid;
		grid-template-rows: auto auto minmax(0, 1fr);
		height: 100%;
	}
	.chooser {
		display: flex;
		flex-wrap: wrap;
		gap: 8px 14px;
		align-items: center;
		padding: 8px 24px;
		border-bottom: 1px solid var(--line);
	}
	.chooser select {
		max-width: min(100%, 62ch);
	}
	.board {
		display: grid;
		grid-template-columns: minmax(280px, 1fr) minmax(320px, 2fr) minmax(260px, 1.1fr);
		min-height: 0;
	}
	.board > section {
		overflow-y: auto;
		padding: 18px 24px 40px;
		border-inline-end: 1px solid var(--line);
	}
	.board > section:last-child {
		border-inline-end: 0;
	}
	h2 {
		margin-bottom: 10px;
	}
	h2:not(:first-child) {
		margin-top: 28px;
	}
	.story {
		font-size: 1.25em;
		font-weight: 600;
		line-height: 1.4;
		text-wrap: pretty;
	}
	.story + p {
		margin-top: 6px;
	}
	.next {
		display: flex;
		flex-wrap: wrap;
		gap: 8px;
		margin: 12px 0 22px;
	}
	.warnings {
		list-style: none;
		margin: 14px 0;
	}
	.warnings li {
		padding: 8px 12px;
		border-inline-start: 3px solid var(--vscode-editorWarning-foreground, var(--gold));
		background: var(--soft);
		margin-bottom: 6px;
		overflow-wrap: anywhere;
	}
	.failed {
		padding: 10px 14px;
		border-inline-start: 3px solid var(--vscode-errorForeground);
		background: var(--soft);
		overflow-wrap: anywhere;
	}
	.loading {
		display: flex;
		gap: 12px;
		align-items: center;
		padding: 24px 36px;
	}
	@container panel (max-width: 1000px) {
		.page {
			display: block;
			overflow-y: auto;
		}
		.board {
			grid-template-columns: minmax(0, 1fr);
		}
		.board > section {
			overflow: visible;
			padding: 16px 16px 24px;
			border-inline-end: 0;
			border-bottom: 1px solid var(--line);
		}
		.chooser {
			padding: 8px 16px;
		}
		.story-section {
			order: -1;
		}
	}
`;
