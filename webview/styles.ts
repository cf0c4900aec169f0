/** What all components look like: the editor's own colours, few sizes, thin lines. */
import { css } from 'lit';

/** Colours by meaning; components use these names alone. Put on the outermost component. */
export const palette = css`
	:host {
		--ink: var(--vscode-foreground);
		--quiet: var(--vscode-descriptionForeground);
		--line: var(--vscode-panel-border, var(--vscode-contrastBorder, rgb(128 128 128 / 35%)));
		--paper: var(--vscode-editor-background);
		--side: var(--vscode-sideBar-background, var(--paper));
		--soft: var(--vscode-textCodeBlock-background, rgb(128 128 128 / 12%));
		--link: var(--vscode-textLink-foreground);
		--accent: var(--vscode-focusBorder);
		--gold: var(--vscode-charts-yellow);
		--warn: var(--vscode-charts-red);
		--mixed: var(--vscode-charts-purple);
		--good: var(--vscode-gitDecoration-addedResourceForeground, var(--vscode-charts-green));
		--bad: var(--vscode-gitDecoration-deletedResourceForeground, var(--vscode-charts-red));
		--advised: var(--vscode-charts-yellow);
		--first: var(--vscode-charts-blue);
		--hit: var(--vscode-list-highlightForeground, var(--link));
		--chosen: var(--vscode-list-activeSelectionBackground);
		--chosen-ink: var(--vscode-list-activeSelectionForeground, var(--ink));
		--hover: var(--vscode-list-hoverBackground, transparent);
		--edge: var(--vscode-contrastActiveBorder, transparent);
		--mono: var(--vscode-editor-font-family, monospace);
	}
`;

/** Every component begins with these. */
export const base = css`
	:host {
		box-sizing: border-box;
		color: var(--ink);
		line-height: 1.5;
	}
	*,
	*::before,
	*::after {
		box-sizing: inherit;
	}
	h1,
	h2,
	h3,
	p,
	ul,
	ol,
	dl,
	dd,
	figure {
		margin: 0;
		padding: 0;
	}
	h1 {
		font-size: 1.55em;
		font-weight: 600;
		line-height: 1.3;
		text-wrap: pretty;
	}
	h2 {
		font-size: 1em;
		font-weight: 600;
	}
	.label {
		font-size: 0.85em;
		font-weight: 400;
		letter-spacing: 0.06em;
		text-transform: uppercase;
		color: var(--quiet);
	}
	.quiet {
		color: var(--quiet);
	}
	.number {
		font-variant-numeric: tabular-nums;
	}
	.hidden-text {
		position: absolute;
		width: 1px;
		height: 1px;
		overflow: hidden;
		clip-path: inset(50%);
		white-space: nowrap;
	}
	button.link,
	button.plain {
		border: 0;
		padding: 0;
		background: none;
		font: inherit;
		color: inherit;
		text-align: inherit;
		cursor: pointer;
	}
	button.link {
		color: var(--link);
	}
	button.link:hover {
		text-decoration: underline;
	}
	button.small {
		min-height: 24px;
		padding: 2px 10px;
		border: 1px solid var(--vscode-button-secondaryBorder, var(--line));
		border-radius: 3px;
		background: var(--vscode-button-secondaryBackground, transparent);
		color: var(--vscode-button-secondaryForeground, var(--ink));
		font: inherit;
		cursor: pointer;
	}
	button.small:hover {
		background: var(--vscode-button-secondaryHoverBackground, var(--hover));
	}
	button.small.primary {
		background: var(--vscode-button-background);
		color: var(--vscode-button-foreground);
	}
	@media (forced-colors: active) {
		button.link {
			text-decoration: underline;
		}
	}
	button:disabled {
		opacity: 0.5;
		cursor: default;
	}
	:focus-visible {
		outline: 1px solid var(--accent);
		outline-offset: 1px;
	}
	select,
	input[type='text'],
	input[type='search'],
	input[type='number'],
	textarea {
		min-height: 26px;
		padding: 3px 8px;
		border: 1px solid var(--vscode-input-border, var(--vscode-settings-textInputBorder, var(--line)));
		border-radius: 3px;
		background: var(--vscode-input-background);
		color: var(--vscode-input-foreground);
		font: inherit;
	}
	select {
		border-color: var(--vscode-dropdown-border, var(--line));
		background: var(--vscode-dropdown-background);
		color: var(--vscode-dropdown-foreground);
	}
	table {
		border-collapse: collapse;
		width: 100%;
	}
	th {
		font-weight: 400;
		color: var(--quiet);
		text-align: start;
	}
	th,
	td {
		padding: 7px 8px 7px 0;
		border-bottom: 1px solid var(--line);
		vertical-align: middle;
	}
	th.number,
	td.number {
		text-align: end;
	}
	@media (prefers-reduced-motion: no-preference) {
		.fade {
			transition: opacity 120ms;
		}
	}
`;

/** Where an experience comes from, in colour; a sign beside it says the same by its shape. */
export const zones = css`
	.golden {
		color: var(--gold);
	}
	.warning {
		color: var(--warn);
	}
	.mixed {
		color: var(--mixed);
	}
`;
