import type { Gathered, Profile } from './profile.ts';

type Figures = Omit<Profile, 'warnings'>;

/** What a person should know of a data set before learning from it. */
export function warningsOf(gathered: Gathered, profile: Figures): string[] {
  return gathered.shape === 'events' ? eventWarnings(gathered, profile) : exampleWarnings(gathered, profile);
}

function eventWarnings(gathered: Gathered, profile: Figures): string[] {
  const warnings: string[] = [];
  if (profile.events === 0) warnings.push('there are no events: nothing can be learned from what users did');
  if (profile.users === 1) warnings.push('there is only one user: nothing can be learned from others');
  if (profile.items === 1) warnings.push('there is only one item: there is nothing to choose from');
  if (profile.events > 0 && profile.from === null)
    warnings.push('events have no time: splits by time and recency are not possible');
  if (profile.events > 0 && profile.from !== null && profile.from === profile.until)
    warnings.push('all events have the same time: splits by time are not possible');
  if (profile.duplicates > 0)
    warnings.push(
      `${profile.duplicates === 1 ? 'one event repeats' : `${profile.duplicates} events repeat`} an earlier one (same user, item, time and value): consider the filter's "dedupe"`,
    );
  const valueColumn = profile.columns['events']?.find(({ role }) => role === 'value');
  if (gathered.roles['value'] !== undefined && profile.events > 1 && valueColumn?.minimum === valueColumn?.maximum)
    warnings.push('all events have the same value');
  // Ids that only events know come last, with every column missing.
  const { emptyRows: unknownItems } = gathered.items;
  const { emptyRows: unknownUsers } = gathered.users;
  if (unknownItems > 0) warnings.push(`${unknownItems} items occur in events only: nothing else is known of them`);
  if (unknownUsers > 0) warnings.push(`${unknownUsers} users occur in events only: nothing else is known of them`);
  return warnings;
}

function exampleWarnings(gathered: Gathered, profile: Figures): string[] {
  const warnings: string[] = [];
  const label = profile.columns['examples']?.[0];
  if (profile.examples > 0 && label?.minimum === label?.maximum)
    warnings.push(`all labels are ${label?.minimum}: there is nothing to tell apart`);
  if (profile.examples === 1) warnings.push('there is only one example');
  if (gathered.examples?.columns.time === null) warnings.push('examples have no time: splits by time are not possible');
  if (Object.keys(gathered.examples?.further.table.columns ?? {}).length === 0)
    warnings.push('examples have no features');
  return warnings;
}
