/** Kernel listings as documents, for when no program is being debugged: `refault-kernel:/Linux 2.6.18/mm/memory.c/do_no_page.kernel`. */
import * as vscode from 'vscode';
import type { PathName } from '../../src/sim/kernel/path.ts';
import type { Profile } from '../../src/sim/kernel/profile/profile.ts';
import { KernelListings, pathName, ProfileError, profileOf } from '../core.ts';

export const LISTING_SCHEME = 'refault-kernel';
const KERNEL = /^\/Linux (?<kernel>[^/]+)\/.*\/(?<path>[^/]+)\.kernel$/;

export function listingUri(kernel: string, path: string): vscode.Uri | undefined {
  const name = pathName(path);
  if (name === undefined) return undefined;
  return vscode.Uri.from({ scheme: LISTING_SCHEME, path: `/${listingPath(profileOf(kernel), name)}` });
}

/** `Linux 2.6.18/mm/memory.c/do_no_page.kernel`: where a listing stands, whatever serves it. */
export function listingPath(profile: Profile, name: PathName): string {
  const { path = name } = new KernelListings(profile).source(name);
  return path;
}

export class ListingDocuments implements vscode.TextDocumentContentProvider {
  /** The address may be one that a user keeps from another version, or has typed. */
  provideTextDocumentContent(uri: vscode.Uri): string {
    const { kernel = '', path = '' } = KERNEL.exec(uri.path)?.groups ?? {};
    const name = pathName(path);
    if (name === undefined) return vscode.l10n.t('There is no kernel path "{0}". The command "Refault: Open Kernel Listing" lists those that there are.', path);
    try {
      const listings = new KernelListings(profileOf(kernel));
      if (!listings.names.includes(name)) return vscode.l10n.t('Linux {0} has no {1}.', kernel, name);
      return `${listings.listing(name).lines.join('\n')}\n`;
    } catch (error) {
      if (error instanceof ProfileError) return error.message;
      throw error;
    }
  }
}
