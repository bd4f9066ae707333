/** What a column can stand for. `import --map role=column` and the import wizard speak these words. */
export const roles = {
  user: 'who acted: the id of a user',
  item: 'what was acted on: the id of an item',
  time: 'when, as Unix seconds, Unix milliseconds or an ISO date',
  value: 'rating, weight or amount of an event',
  'event.type': 'the type of event: view, click, purchase',
  'event.price': 'the amount paid in an event',
  'item.title': 'what the item is called',
  'item.category': 'category, genre or tags of the item',
  'item.text': 'description of the item',
  'item.created': 'when the item appeared',
  'item.price': 'what the item costs',
  'impression.request': 'which request an impression belongs to',
  'impression.position': 'position in the list, from 1',
  'impression.propensity': 'probability with which the item was shown there',
  'impression.click': '1 where the impression was clicked',
  'impression.variant': 'the variant of an experiment that was shown',
  label: 'what is to be predicted, in a flat table of examples',
  group: 'the query or user that examples are ranked within',
  part: 'train, validation or test, where the data set prescribes it',
} as const;

export type Role = keyof typeof roles;

/** Whether a word is a role. */
export function isRole(word: string): word is Role {
  return Object.hasOwn(roles, word);
}
