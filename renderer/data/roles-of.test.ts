import { describe, expect, it } from 'vitest';
import { columnName, guessRoles, guessTables, missingRoles, withRole } from './roles-of.ts';

const table = (name: string, ...columns: readonly string[]): Parameters<typeof guessTables>[0][number] => ({
  name,
  columns: columns.map((column) => ({ name: column, role: null })),
  rows: [],
});

describe('roles of columns', () => {
  it('are guessed from usual names', () => {
    expect(guessRoles(['user_id', 'movieId', 'rating', 'timestamp', 'clicked'])).toEqual({
      user: 'user_id',
      item: 'movieId',
      value: 'rating',
      time: 'timestamp',
    });
    expect(guessRoles(['f1', 'label'])).toEqual({ label: 'label' });
  });

  it('are guessed over the tables of a file: events, and the items that they name', () => {
    const tables = [
      table('log', 'at', 'text'),
      table('plays', 'customer_id', 'product_id', 'played_at'),
      table('products', 'product_id', 'title', 'genres'),
      table('customers', 'customer_id', 'name'),
    ];
    expect(guessTables(tables)).toEqual({
      user: 'plays.customer_id',
      item: 'plays.product_id',
      time: 'plays.played_at',
      'item.title': 'products.title',
      'item.category': 'products.genres',
    });
    expect(guessTables([table('a', 'x'), table('b', 'y')])).toEqual({});
  });

  it('are played by one column each, and a column plays one', () => {
    expect(withRole({ user: 'a' }, 'b', 'user')).toEqual({ user: 'b' });
    expect(withRole({ user: 'a', item: 'b' }, 'b', 'time')).toEqual({ user: 'a', time: 'b' });
    expect(withRole({ user: 'a' }, 'a', '')).toEqual({});
    expect(columnName('plays', 'who', true)).toBe('plays.who');
    expect(columnName('plays', 'who', false)).toBe('who');
  });

  it('says what is missing', () => {
    expect(missingRoles({ user: 'a' })).toBe('Say which column is the item.');
    expect(missingRoles({})).toBe('Say which column is the user and which the item.');
    expect(missingRoles({ user: 'a', item: 'b' })).toBeNull();
    expect(missingRoles({ label: 'c' })).toBeNull();
  });
});
