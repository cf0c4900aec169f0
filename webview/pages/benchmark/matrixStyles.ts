/** What cells of the matrix look like: each outcome has a shape of its own, so that none needs its colour. */
import { css, unsafeCSS } from 'lit';
import { tallest } from './matrixLines.js';

export const matrixStyles = css`
	:host {
		display: block;
	}
	.bar {
		display: flex;
		flex-wrap: wrap;
		gap: 6px 18px;
		align-items: baseline;
		margin-bottom: 8px;
	}
	.filters {
		display: flex;
		flex-wrap: wrap;
		gap: 4px 16px;
	}
	.filters button {
		padding: 2px 0 4px;
		color: var(--quiet);
	}
	.filters [aria-pressed='true'] {
		padding-bottom: 2px;
		border-bottom: 2px solid var(--accent);
		color: var(--ink);
	}
	.against {
		display: flex;
		gap: 8px;
		align-items: baseline;
		margin-inline-start: auto;
	}
	.area {
		max-height: ${unsafeCSS(tallest)}px;
		overflow: hidden auto;
		/* Room for outlines. */
		padding: 2px;
		margin: -2px;
	}
	.all {
		position: relative;
	}
	.shown {
		position: absolute;
		inset: 0 0 auto;
	}
	.caption {
		height: 16px;
		padding-inline-start: var(--names);
		font-size: 0.8em;
		line-height: 14px;
		color: var(--quiet);
	}
	.line {
		padding-bottom: 14px;
	}
	.row {
		display: flex;
		height: var(--pitch);
	}
	.area {
		--names: 148px;
		--pitch: 17px;
	}
	.narrow .area {
		--names: 108px;
		--pitch: 16px;
	}
	.name {
		flex: none;
		overflow: hidden;
		width: var(--names);
		padding-inline-end: 10px;
		font-size: 0.86em;
		line-height: 15px;
		color: var(--quiet);
		text-overflow: ellipsis;
		white-space: nowrap;
	}
	.ours .name {
		color: var(--ink);
	}
	.cell,
	.sample {
		forced-color-adjust: none;
		position: relative;
		flex: none;
		width: calc(var(--pitch, 17px) - 2px);
		height: calc(var(--pitch, 17px) - 2px);
		margin: 0 2px 2px 0;
		border: 1px solid transparent;
		border-radius: 3px;
		cursor: pointer;
	}
	.right {
		border-color: var(--good);
		background: var(--good);
	}
	.wrong {
		border-color: color-mix(in srgb, var(--quiet) 55%, transparent);
	}
	.unusable {
		border: 1px dashed var(--advised);
	}
	.unusable::after {
		content: '!';
		position: absolute;
		inset: -1px 0 0;
		font-size: 11px;
		font-weight: 700;
		line-height: 14px;
		text-align: center;
		color: var(--ink);
	}
	.none::after {
		content: '';
		position: absolute;
		inset: 5px;
		border-radius: 50%;
		background: color-mix(in srgb, var(--quiet) 60%, transparent);
	}
	.others .right {
		border-color: color-mix(in srgb, var(--good) 55%, var(--paper));
		background: color-mix(in srgb, var(--good) 55%, var(--paper));
	}
	/* A frame around the shape, a little off it, so that it shows around dark colours, too. */
	.gained,
	.lost {
		border: 1px solid var(--paper);
		box-shadow: 0 0 0 1.5px var(--ink);
	}
	.lost:not(.unusable)::after {
		content: '';
		position: absolute;
		inset: calc(50% - 1.5px) 2px auto;
		height: 3px;
		background: var(--bad);
	}
	.cell:hover {
		outline: 1.5px solid var(--link);
		outline-offset: 0.5px;
	}
	.cell:focus-visible {
		z-index: 1;
		outline: 2px solid var(--accent);
		outline-offset: 2px;
	}
	.reads {
		min-height: 3em;
		margin-top: 6px;
		overflow-wrap: anywhere;
	}
	.question {
		display: -webkit-box;
		overflow: hidden;
		-webkit-box-orient: vertical;
		-webkit-line-clamp: 1;
		line-clamp: 1;
	}
	.legend {
		display: flex;
		flex-wrap: wrap;
		gap: 4px 18px;
		margin-top: 2px;
		list-style: none;
	}
	.legend li {
		display: flex;
		gap: 7px;
		align-items: center;
	}
	.sample {
		margin: 0;
		cursor: default;
	}
`;
