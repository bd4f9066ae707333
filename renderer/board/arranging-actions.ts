import type { Action } from '#renderer/ui/action.ts';
import { aligned, type Alignment } from './align.ts';
import type { BoardPorts } from './board-context.ts';
import type { BoardHands } from './board-hands.ts';
import type { BoardNode } from './projection.ts';
import { place, togglePins } from './store/layout-commands.ts';

async function tidy(ports: BoardPorts, hands: BoardHands): Promise<void> {
  const { tidyPlaces } = await import('./tidy.ts');
  const places = await tidyPlaces(ports.document.getState().design.board);
  if (places === null) return ports.onSay('This board is too large to tidy in one go.');
  place(ports.document, 'Tidy', places);
  requestAnimationFrame(() => void hands.flow.fitView({ padding: 0.08, duration: 220 }));
}

const alignments: readonly {
  readonly how: Alignment;
  readonly title: string;
  readonly keys: readonly string[];
  readonly icon: Action['icon'];
}[] = [
  { how: 'left', title: 'Align left', keys: ['Alt+Shift+A'], icon: 'align-start-vertical' },
  { how: 'center', title: 'Align centres', keys: ['Alt+Shift+H'], icon: 'align-center-vertical' },
  { how: 'right', title: 'Align right', keys: ['Alt+Shift+D'], icon: 'align-end-vertical' },
  { how: 'top', title: 'Align top', keys: ['Alt+Shift+W'], icon: 'align-start-horizontal' },
  { how: 'middle', title: 'Align middles', keys: ['Alt+Shift+V'], icon: 'align-center-horizontal' },
  { how: 'bottom', title: 'Align bottom', keys: ['Alt+Shift+S'], icon: 'align-end-horizontal' },
  { how: 'spread-x', title: 'Spread horizontally', keys: [], icon: 'align-horizontal-distribute-center' },
  { how: 'spread-y', title: 'Spread vertically', keys: [], icon: 'align-vertical-distribute-center' },
];

export function arrangingActions(ports: BoardPorts, hands: BoardHands): readonly Action[] {
  const { document, view } = ports;
  const { selected } = view.getState();
  const few = selected.length < 2;
  const chosen = (): BoardNode[] => view.getState().nodes.filter((node) => node.selected === true);
  return [
    ...alignments.map(({ how, title, keys, icon }) => ({
      id: `align-${how}`,
      title,
      group: 'Arrange',
      keys,
      icon,
      disabled: few,
      run: () => place(document, title, aligned(chosen(), how)),
    })),
    {
      id: 'tidy',
      title: 'Tidy the board',
      group: 'Arrange',
      keys: ['Ctrl+Shift+L'],
      icon: 'wand-sparkles',
      run: () => void tidy(ports, hands),
    },
    {
      id: 'pin',
      title: 'Pin for tidying, or unpin',
      group: 'Arrange',
      keys: ['P'],
      disabled: !document.getState().design.board.nodes.some((node) => selected.includes(node.id)),
      run: () => togglePins(document, selected),
    },
  ];
}
