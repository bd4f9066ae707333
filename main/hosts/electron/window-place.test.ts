import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keepPlace, placeOn, readPlace } from './window-place.ts';

const main = { x: 0, y: 25, width: 1920, height: 1055 };
const second = { x: 1920, y: 0, width: 1280, height: 1024 };

describe('the place of a window', () => {
  it('is where it was left, on whichever display', () => {
    const left = { x: 2000, y: 40, width: 1000, height: 700, maximized: false };
    expect(placeOn([main, second], left)).toEqual(left);
    expect(placeOn([main, second], { ...left, maximized: true })).toEqual({ ...left, maximized: true });
  });

  it('is left to the system when its display is gone, with the size that fits', () => {
    const left = { x: 2000, y: 40, width: 2400, height: 1400, maximized: false };
    expect(placeOn([main], left)).toEqual({ width: 1920, height: 1055, maximized: false });
  });

  it('is left to the system when nobody could take hold of it', () => {
    for (const [x, y] of [
      [-950, 40],
      [1900, 40],
      [100, -40],
      [100, 1070],
    ])
      expect(placeOn([main], { x, y, width: 1000, height: 700, maximized: false })).not.toHaveProperty('x');
  });

  it('may reach over an edge', () => {
    expect(placeOn([main], { x: -800, y: 30, width: 1000, height: 700, maximized: false })).toMatchObject({ x: -800 });
  });

  it('is never smaller than the window can be used', () => {
    expect(placeOn([main], { x: 10, y: 30, width: 3, height: 3 })).toMatchObject({ width: 800, height: 560 });
  });

  it('is beside a window that is there already', () => {
    expect(placeOn([main], { x: 10, y: 30, width: 900, height: 600 }, 28)).toMatchObject({ x: 38, y: 58 });
  });

  it.each([
    undefined,
    null,
    7,
    'x',
    [],
    {},
    { x: 1e99, y: 0, width: 900, height: 600 },
    { width: Number.NaN, height: '9' },
  ])('is the usual one where what was left is %j', (left) => {
    expect(placeOn([main], left)).toMatchObject({ maximized: false });
    expect(placeOn([], left).width).toBeGreaterThanOrEqual(800);
  });

  it('is kept in a file, and a file that is none does no harm', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'runboard-place-')), 'window.json');
    expect(readPlace(file)).toBeUndefined();
    const place = { x: 1, y: 2, width: 900, height: 600, maximized: true };
    keepPlace(file, place);
    expect(readPlace(file)).toEqual(place);
    writeFileSync(file, '{');
    expect(readPlace(file)).toBeUndefined();
    keepPlace(join(file, 'no-folder'), place);
  });
});
