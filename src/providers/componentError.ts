/** Why a component can't be installed. */

export type ComponentErrorReason =
	| 'npm-missing'
	| 'network'
	| 'disk'
	| 'install-failed'
	| 'incomplete'
	| 'unsupported'
	| 'damaged'
	| 'refused'
	| 'cancelled';

/** `message` says what to do next. */
export class ComponentError extends Error {
	override readonly name = 'ComponentError';
	constructor(
		readonly reason: ComponentErrorReason,
		message: string,
		options: { readonly cause?: unknown } = {},
	) {
		super(message, options);
	}
}
