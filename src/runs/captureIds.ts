/** How experiences name that they were captured from a change, and not taught by a problem of a set. */

/** In the place of a problem set's name. */
export const capturedSet = 'captured';

/** A domain of those that no model wrote. */
export const computedMark = 'without a model';

/** Begins the id of the "run" that they come from. */
export const capturePrefix = 'capture-';
