/** Waits until something holds that tells nobody when it does; the test's own limit ends what never comes. */
export async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
	while (!(await holds())) await new Promise((turned) => setTimeout(turned, 20));
}
