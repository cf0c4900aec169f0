/** What the runs of a folder say of each experience; read again only where a run was added to. */
import type { KnownUtility } from '../core/experience/browse.js';
import type { ExperienceEvidence, Utilities } from '../runs/utilities.js';
import type { FlexFolder } from './folders.js';

type ById<T> = ReadonlyMap<string, T>;

export class Evidence {
	private utilities: Utilities | undefined;
	private readonly known = new Map<string, Promise<ById<ExperienceEvidence>>>();

	/** Of the user's own library nothing is known: no run belongs to it alone. */
	async of(folder: FlexFolder | undefined): Promise<ById<ExperienceEvidence>> {
		if (!folder) return new Map();
		const path = folder.workspace.runs;
		const known = this.known.get(path);
		if (known) return known;
		const reading = this.read(path);
		this.known.set(path, reading);
		reading.catch(() => this.known.delete(path));
		return reading;
	}

	async summary(folder: FlexFolder | undefined): Promise<ById<KnownUtility>> {
		const all = await this.of(folder);
		return new Map([...all].map(([id, { effect, verdict }]) => [id, { effect, verdict }]));
	}

	/** A run was added to, ended, or was deleted. */
	forget(): void {
		this.known.clear();
	}

	private async read(path: string): Promise<ById<ExperienceEvidence>> {
		const module = await import('../runs/utilities.js');
		this.utilities ??= new module.Utilities();
		return this.utilities.of(path);
	}
}
