/** Sections of docs/facts.md that explanations lead to, by the anchors that their headings get in a preview. */
const ANCHORS: Readonly<Record<string, string>> = {
  '1.1': '11-the-rfc-thread-rfc-page-fault-retry-with-nopage_retry-1524-sep-2006',
  '1.2': '12-merge',
  '2.2': '22-do_page_fault-powerpc-2618-archpowerpcmmfaultc',
  '2.3': '23-handle_mm_fault--handle_pte_fault-2618-mmmemoryc',
  '2.4': '24-other-callers-of-handle_mm_fault-and-how-they-read-the-result',
  '3.3': '33-mmap-regions',
  '3.4': '34-mem-fault-handler',
  '3.5': '35-ps-area-fault-handler-per-era',
  '3.6': '36-pte-invalidation-on-context-switch',
  '5.1': '51-interrupt-classes-spu_basec-spuh',
  '5.2': '52-flow',
  '7': '7-fault-situations',
  '8': '8-semantic-hazards-worth-modelling',
};

export const FACTS_PAGE = 'docs/facts.md';

/** Anchor of a section, with its `#`. */
export function factAnchor(section: string): string {
  const anchor = ANCHORS[section];
  return anchor === undefined ? '' : `#${anchor}`;
}
