/** How many cores this process may really use, containers' limits included. */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** At least 1. A container's quota (cgroup v2 `cpu.max`) is not part of what Node reports. */
export function usableCores(): number {
	return Math.max(1, Math.min(availableParallelism(), coresOfQuota(readQuota())));
}

/** `cpu.max` holds the microseconds of CPU time in each period, as `<quota> <period>`, or `max <period>`. */
export function coresOfQuota(text: string): number {
	const [quota, period] = text.trim().split(/\s+/).map(Number);
	if (!quota || !period) return Number.POSITIVE_INFINITY;
	return Math.ceil(quota / period);
}

function readQuota(): string {
	try {
		return readFileSync('/sys/fs/cgroup/cpu.max', 'utf8');
	} catch {
		return '';
	}
}
