/** Tables whose rows become small blocks where there is no room for columns; the roles in the markup keep them tables. */
import { css } from 'lit';

/**
 * A row is `.first` and `.end` on one line, `.wide` beneath them, and the others beside each other below, each with its
 * `data-label`.
 */
export const stackedRows = css`
	:host {
		display: block;
		container-type: inline-size;
	}
	td.number,
	th.number {
		padding-inline: 14px 0;
	}
	@container (max-width: 620px) {
		thead {
			position: absolute;
			width: 1px;
			height: 1px;
			overflow: hidden;
			clip-path: inset(50%);
		}
		table,
		tbody {
			display: block;
		}
		tbody tr {
			display: flex;
			flex-wrap: wrap;
			gap: 2px 16px;
			padding: 8px 0;
			border-bottom: 1px solid var(--line);
		}
		tbody tr > *,
		tbody tr > .number {
			flex: none;
			width: auto;
			padding: 0;
			border: 0;
		}
		tbody .first {
			flex: 1 1 40%;
			order: 1;
		}
		tbody .end {
			order: 2;
		}
		tbody .wide {
			flex: 1 0 100%;
			order: 3;
			padding: 0;
		}
		tbody tr > [data-label] {
			order: 4;
			text-align: start;
		}
		tbody tr > [data-label]::before {
			content: attr(data-label) ' ';
			font-weight: 400;
			color: var(--quiet);
		}
	}
`;

/** A row an arm, ours in bold: an interval with its figure beside it (`.measured`, `--figure` wide), and a note beneath the table. */
export const armRows = css`
	.measured {
		display: grid;
		grid-template-columns: minmax(60px, 1fr) var(--figure);
		gap: 14px;
		align-items: center;
	}
	.measured > span {
		text-align: end;
	}
	.ours > * {
		font-weight: 600;
	}
	tbody th {
		color: var(--ink);
	}
	p {
		margin-top: 8px;
	}
`;
