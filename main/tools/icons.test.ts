import { describe, expect, it } from 'vitest';
import { pathOf } from './icons.ts';

describe('a part of an icon as one path', () => {
  it('begins where it says, wherever the part before it ended', () => {
    expect(pathOf(['path', { d: 'm15 9 6-6' }])).toBe('M15 9l6-6');
    expect(pathOf(['path', { d: 'm2.5-.5h3' }])).toBe('M2.5 -.5h3');
    expect(pathOf(['path', { d: 'm.5.75-1-1' }])).toBe('M.5 .75l-1-1');
    expect(pathOf(['path', { d: 'M16 3h5v5' }])).toBe('M16 3h5v5');
  });

  it('goes round circles and along lines as they are', () => {
    expect(pathOf(['circle', { cx: '12', cy: '12', r: '10' }])).toBe('M2 12a10 10 0 1 0 20 0a10 10 0 1 0 -20 0');
    expect(pathOf(['ellipse', { cx: '12', cy: '5', rx: '9', ry: '3' }])).toBe('M3 5a9 3 0 1 0 18 0a9 3 0 1 0 -18 0');
    expect(pathOf(['line', { x1: '3', x2: '21', y1: '6', y2: '6' }])).toBe('M3 6L21 6');
    expect(pathOf(['polyline', { points: '16 18 22 12 16 6' }])).toBe('M16 18 22 12 16 6');
  });

  it('has the corners of boxes, round or not', () => {
    expect(pathOf(['rect', { width: '8', height: '4', x: '8', y: '2' }])).toBe('M8 2h8v4h-8z');
    expect(pathOf(['rect', { width: '8', height: '4', x: '8', y: '2', rx: '1', ry: '1' }])).toBe(
      'M9 2h6a1 1 0 0 1 1 1v2a1 1 0 0 1 -1 1h-6a1 1 0 0 1 -1 -1v-2a1 1 0 0 1 1 -1z',
    );
  });

  it('refuses what lucide has not drawn with so far', () => {
    expect(() => pathOf(['text', {}])).toThrow('<text>');
  });
});
