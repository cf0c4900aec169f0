/** Goes to another place of the panel, from wherever it is asked. */
import type { Route } from '../src/protocol/panel.js';

export function go(from: HTMLElement, route: Route): void {
	from.dispatchEvent(new CustomEvent<Route>('flex-go', { detail: route, bubbles: true, composed: true }));
}
