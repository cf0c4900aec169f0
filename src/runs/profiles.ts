/** What `tune` found, kept in `.flex/profiles.json` by problem set and model. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { TunedProfile } from '../core/evaluation/tune.js';
import type { ConfigLayer } from '../core/learning/runConfig.js';

interface ProfileFile {
	readonly v: 1;
	readonly profiles: readonly TunedProfile[];
}

/** The profile for a problem set and a model's identity, if one was tuned. */
export function readProfile(file: string, set: string, identity: string): TunedProfile | undefined {
	return readProfiles(file).find((profile) => profile.set === set && profile.identity === identity);
}

/** Keeps `profile`, in place of an older one for the same set and model. */
export function writeProfile(file: string, profile: TunedProfile): void {
	const others = readProfiles(file).filter((other) => other.set !== profile.set || other.identity !== profile.identity);
	const content: ProfileFile = { v: 1, profiles: [...others, profile] };
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(`${file}.part`, `${JSON.stringify(content, null, 2)}\n`);
	renameSync(`${file}.part`, file);
}

/** The profile as a layer of settings. */
export function profileLayer(profile: TunedProfile): ConfigLayer {
	const { rendering, retrieval, iclSimilarShots } = profile;
	return {
		name: `the tuned profile of ${profile.set}`,
		values: { retrieval: { ...rendering, ...retrieval, iclSimilarShots } },
	};
}

function readProfiles(file: string): readonly TunedProfile[] {
	if (!existsSync(file)) return [];
	try {
		const content = JSON.parse(readFileSync(file, 'utf8')) as Partial<ProfileFile>;
		return content.profiles ?? [];
	} catch {
		// A profile is only a measured preference: without it the defaults hold, and `tune` writes it anew.
		return [];
	}
}
