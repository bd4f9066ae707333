import { describe, expect, it } from 'vitest';
import { paletteEntries } from './catalogue.ts';

function titlesOf(group: string): readonly string[] {
  return paletteEntries.filter((entry) => entry.group === group).map((entry) => entry.title);
}

describe('the order of the palette', () => {
  it('has what the others work on first', () => {
    expect(titlesOf('Data').slice(0, 3)).toEqual(['Data set', 'Filter events', 'Split']);
    expect(titlesOf('Data').at(-1)).toBe('Ranking examples');
    expect(titlesOf('Retrieval').at(-1)).toBe('Merge');
    expect(titlesOf('Ranking').at(-1)).toBe('Calibrator');
    expect(titlesOf('Evaluation')).toEqual(['Evaluate lists', 'Evaluate predictions', 'Funnel']);
    expect(titlesOf('Online').slice(0, 2)).toEqual(['Learn from the log', 'User simulator']);
  });

  it('goes by title within a kind', () => {
    const kinds = new Map<string, string[]>();
    for (const { group, kind, component, title } of paletteEntries) {
      if (component === undefined) continue;
      const key = `${group}: ${kind}`;
      kinds.set(key, [...(kinds.get(key) ?? []), title]);
    }
    for (const [key, titles] of kinds)
      expect([key, titles]).toEqual([key, titles.toSorted((a, b) => a.localeCompare(b, 'en'))]);
  });
});
