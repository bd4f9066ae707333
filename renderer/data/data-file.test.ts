import { expect, it } from 'vitest';
import { freeName, isTaken } from './data-file.ts';

const there = ['/home/me/world.db', '/home/me/world-2.db', 'C:\\data\\shop.db'];

it('knows a data set by its name in the workspace and by its path', () => {
  expect(isTaken('world.db', there)).toBe(true);
  expect(isTaken('shop.db', there)).toBe(true);
  expect(isTaken('/home/me/world.db', there)).toBe(true);
  expect(isTaken('/elsewhere/world.db', there)).toBe(false);
  expect(isTaken('', there)).toBe(false);
});

it('proposes a name that nothing has yet', () => {
  expect(freeName('plays.db', there)).toBe('plays.db');
  expect(freeName('world.db', there)).toBe('world-3.db');
  expect(freeName('world', ['/a/world'])).toBe('world-2');
});
