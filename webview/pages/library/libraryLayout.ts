/** How the library page is laid out: three columns, two, or one, by the width that the panel has. */
import { css } from 'lit';

export const libraryLayout = css`
	:host {
		display: block;
		container: panel / inline-size;
		min-height: 0;
	}
	.loading {
		display: flex;
		gap: 12px;
		align-items: center;
		padding: 24px 36px;
	}
	.page {
		display: grid;
		grid-template-columns: 200px minmax(300px, 420px) minmax(0, 1fr);
		height: 100%;
	}
	aside {
		overflow-y: auto;
		padding: 16px;
		border-inline-end: 1px solid var(--line);
		background: var(--side);
	}
	aside section {
		margin-bottom: 18px;
	}
	aside select {
		width: 100%;
		margin-bottom: 14px;
	}
	.note {
		margin-bottom: 12px;
	}
	.label {
		margin-bottom: 4px;
	}
	.side-row {
		display: flex;
		justify-content: space-between;
		gap: 8px;
		width: 100%;
		padding: 2px 0;
		border-radius: 3px;
	}
	.side-row:hover:not(:disabled) {
		background: var(--hover);
	}
	.side-row[aria-pressed='true'] {
		color: var(--link);
		font-weight: 600;
	}
	.middle {
		display: grid;
		grid-template-rows: auto auto minmax(0, 1fr);
		min-height: 0;
		border-inline-end: 1px solid var(--line);
	}
	.middle > :last-child {
		grid-row: 3;
		min-height: 0;
	}
	.right {
		min-height: 0;
	}
	@container panel (max-width: 1000px) {
		.page {
			grid-template-columns: minmax(240px, 340px) minmax(0, 1fr);
			grid-template-rows: auto minmax(0, 1fr);
		}
		aside {
			grid-column: 1 / -1;
			display: flex;
			gap: 24px;
			max-height: 132px;
			padding: 10px 14px;
			border-inline-end: 0;
			border-bottom: 1px solid var(--line);
		}
		aside section,
		flex-facets {
			flex: none;
			margin-bottom: 0;
		}
		flex-facets {
			display: flex;
			gap: 24px;
		}
	}
	@container panel (max-width: 760px) {
		.page {
			grid-template-columns: minmax(0, 1fr);
			grid-template-rows: auto minmax(0, 1fr);
		}
		.right {
			display: none;
		}
		.reading aside,
		.reading .middle {
			display: none;
		}
		.reading .right {
			display: block;
			grid-row: 1 / -1;
		}
	}
`;
