import { describe, expect, it } from 'vitest';
import { besideBox } from './beside.ts';

const room = { width: 1_000, height: 600 };
const card = { width: 280, height: 120 };
const size = { width: 172, height: 56 };

describe('a card beside a box', () => {
  it('stands below it, and above where it would cover the toolbar', () => {
    expect(besideBox({ x: 300, y: 100, ...size }, card, room)).toEqual({ x: 300, y: 164 });
    expect(besideBox({ x: 300, y: 354, ...size }, card, room)).toEqual({ x: 300, y: 418 });
    expect(besideBox({ x: 300, y: 355, ...size }, card, room)).toEqual({ x: 300, y: 227 });
  });

  it('stays on the board at its sides, and where there is no room above either', () => {
    expect(besideBox({ x: 900, y: 100, ...size }, card, room)?.x).toBe(712);
    expect(besideBox({ x: -100, y: 100, ...size }, card, room)?.x).toBe(8);
    expect(besideBox({ x: 300, y: 80, ...size }, card, { width: 1_000, height: 250 })?.y).toBe(122);
  });

  it('is not shown for a box out of sight', () => {
    expect(besideBox({ x: 1_001, y: 100, ...size }, card, room)).toBeNull();
    expect(besideBox({ x: 300, y: -57, ...size }, card, room)).toBeNull();
  });
});
