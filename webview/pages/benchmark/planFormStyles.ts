/** The form of a new benchmark: its fields on the left, what they would take beside them, in sight while one chooses. */
import { css } from 'lit';

export const planFormStyles = css`
	:host {
		display: block;
		max-width: 1180px;
		container-type: inline-size;
	}
	.lead {
		max-width: 62ch;
		margin: 6px 0 22px;
	}
	form {
		display: grid;
		grid-template-columns: minmax(0, 1fr) minmax(260px, 340px);
		gap: 56px;
		align-items: start;
	}
	fieldset {
		min-width: 0;
		margin: 0 0 26px;
		padding: 0;
		border: 0;
	}
	legend {
		width: 100%;
		margin-bottom: 12px;
		padding: 0 0 5px;
		border-bottom: 1px solid var(--line);
		font-weight: 600;
	}
	.field {
		display: grid;
		grid-template-columns: 8em minmax(0, 1fr);
		gap: 4px 14px;
		align-items: baseline;
		margin-bottom: 10px;
	}
	.field > span {
		display: flex;
		flex-wrap: wrap;
		gap: 4px 12px;
		align-items: center;
	}
	.field > select {
		width: 100%;
		max-width: 420px;
	}
	.field input[type='number'] {
		width: 7.5em;
	}
	.about {
		margin: -4px 0 12px calc(8em + 14px);
		max-width: 60ch;
	}
	.choices {
		display: grid;
		gap: 10px 28px;
		margin-bottom: 14px;
	}
	[role='radiogroup'] {
		margin-inline-start: calc(8em + 14px);
	}
	.two {
		grid-template-columns: repeat(auto-fill, minmax(270px, 1fr));
	}
	.choice {
		display: grid;
		grid-template-columns: auto minmax(0, 1fr);
		gap: 9px;
		align-items: start;
	}
	.choice input {
		width: 15px;
		height: 15px;
		margin: 3px 0 0;
		accent-color: var(--vscode-button-background);
	}
	strong {
		font-weight: 600;
	}
	.takes {
		position: sticky;
		top: 0;
		padding-inline-start: 28px;
		border-inline-start: 1px solid var(--line);
	}
	.estimate {
		min-height: 7.5em;
		margin: 8px 0 14px;
	}
	.estimate ul {
		list-style: none;
	}
	.estimate li,
	.estimate p {
		margin-bottom: 5px;
	}
	.warning {
		padding-inline-start: 10px;
		border-inline-start: 3px solid var(--advised);
	}
	.buttons {
		display: flex;
		flex-wrap: wrap;
		gap: 8px;
		margin-top: 12px;
	}
	@container (max-width: 820px) {
		form {
			grid-template-columns: minmax(0, 1fr);
			gap: 0;
		}
		.takes {
			position: static;
			padding: 16px 0 0;
			border-inline-start: 0;
			border-top: 1px solid var(--line);
		}
		.estimate {
			min-height: 0;
		}
	}
	@container (max-width: 520px) {
		.field {
			grid-template-columns: minmax(0, 1fr);
		}
		.about,
		[role='radiogroup'] {
			margin-inline-start: 0;
		}
	}
`;
