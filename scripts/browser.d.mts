/** Debian's packages of Chromium, the best first: without a window of its own it takes half the time. */
export const browserPackages: readonly string[];

/** The browser in which tests look at pages: the one that `CHROMIUM_PATH` names, or Debian's; undefined where there is none. */
export function browserPath(): string | undefined;
