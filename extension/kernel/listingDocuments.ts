/** Kernel listings as documents, for when no program is being debugged: `refault-kernel:/Linux 2.6.18/mm/memory.c/do_no_page.kernel`. */
import * as vscode from 'vscode';
import { KernelListings, pathName, ProfileError, profileOf } from '../core.ts';

export const LISTING_SCHEME = 'refault-kernel';
const KERNEL = /^\/Linux (?<kernel>[^/]+)\/.*\/(?<path>[^/]+)\.kernel$/;

export function listingUri(kernel: string, path: string): vscode.Uri | undefined {
  const name = pathName(path);
  if (name === undefined) return undefined;
  const source = new KernelListings(profileOf(kernel)).source(name);
  return vscode.Uri.from({ scheme: LISTING_SCHEME, path: `/${source.path ?? source.name ?? path}` });
}

export class ListingDocuments implements vscode.TextDocumentContentProvider {
  /** The address may be one that a user keeps from another version, or has typed. */
  provideTextDocumentContent(uri: vscode.Uri): string {
    const { kernel = '', path = '' } = KERNEL.exec(uri.path)?.groups ?? {};
    const name = pathName(path);
    if (name === undefined) return vscode.l10n.t('There is no kernel path "{0}". The command "Cell: Open Kernel Listing" lists those that there are.', path);
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
