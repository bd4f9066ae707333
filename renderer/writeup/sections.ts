import type { Section } from '#shared/contract/design.ts';

/** The sections of a write-up, in order; a design keeps only those that were written. */
export const sectionTitles: readonly (readonly [string, string])[] = [
  ['S1', 'Problem and goal'],
  ['S2', 'Requirements and scale'],
  ['S3', 'Framing as a learning problem'],
  ['S4', 'Metrics'],
  ['S5', 'Data and labels'],
  ['S6', 'Features'],
  ['S7', 'Models and training'],
  ['S8', 'Offline evaluation'],
  ['S9', 'Serving'],
  ['S10', 'Online experiments'],
  ['S11', 'Monitoring and maintenance'],
  ['S12', 'Risks and next steps'],
];

/** Sections as they are shown: the standard ones with what was written in them, then the design's own. */
export function shownSections(written: readonly Section[]): readonly Section[] {
  const standard = sectionTitles.map(([id, title]) => written.find((section) => section.id === id) ?? { id, title, body: [] });
  const own = written.filter((section) => !sectionTitles.some(([id]) => id === section.id));
  return [...standard, ...own];
}

/** The sections after one was edited: an emptied standard section is left out of the file. */
export function withSection(written: readonly Section[], id: string, text: string): Section[] {
  const section = shownSections(written).find((one) => one.id === id);
  if (section === undefined) return [...written];
  const body = text.split('\n');
  const next = shownSections(written).map((one) => (one.id === id ? { ...one, body } : one));
  return next.filter((one) => one.body.some((line) => line.trim() !== ''));
}

export function wordCount(body: readonly string[]): number {
  return body.join(' ').split(/\s+/).filter((word) => /\w/.test(word)).length;
}
