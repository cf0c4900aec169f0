/** Flags that were not given leave no trace in the settings. */

/** The entries that have a value. */
export function defined<T extends object>(values: T): Partial<T> {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
