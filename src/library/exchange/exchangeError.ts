/** A file that can't be read as what it should be; `message` says where and what to do. */
export class ExchangeError extends Error {
	override readonly name = 'ExchangeError';
	constructor(
		readonly reason: 'not-json' | 'not-a-library' | 'nothing-usable' | 'unreadable',
		message: string,
		/** Counted from 1, where the place is known. */
		readonly line?: number,
		readonly column?: number,
		options?: ErrorOptions,
	) {
		super(message, options);
	}
}
