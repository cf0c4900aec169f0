/** Where the parts of the benchmark page stand. */
import { css } from 'lit';

export const benchmarkLayout = css`
	:host {
		display: block;
		container-type: inline-size;
	}
	.page {
		display: grid;
		grid-template-rows: auto minmax(0, 1fr);
		height: 100%;
	}
	header {
		display: flex;
		flex-wrap: wrap;
		gap: 8px 10px;
		align-items: center;
		padding: 10px 32px;
		border-bottom: 1px solid var(--line);
	}
	.runs {
		flex: 0 1 auto;
		min-width: 0;
		max-width: min(560px, 100%);
		text-overflow: ellipsis;
	}
	flex-export-bar {
		margin-inline-start: auto;
	}
	.body {
		grid-row: 2;
		min-height: 0;
		overflow-y: auto;
		padding: 26px 32px 56px;
	}
	.alone {
		max-width: 620px;
		margin-top: 20px;
	}
	.trouble {
		margin-top: 18px;
	}
	.hidden-text {
		grid-row: 1;
	}
	@container (max-width: 700px) {
		header {
			padding: 10px 16px;
		}
		.runs {
			flex: 1 1 100%;
		}
		.body {
			padding: 18px 16px 48px;
		}
	}
`;
