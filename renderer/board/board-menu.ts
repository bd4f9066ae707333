import type { Action } from '#renderer/ui/action.ts';
import type { MenuItem, MenuItems } from '#renderer/ui/menu.tsx';

const clipboard = 'clipboard';

/** What is offered for the board itself, and for what is selected. */
const groups = {
  board: [
    ['add', 'frame', 'note', clipboard],
    ['tidy', 'select-all', 'fit'],
  ],
  selection: [
    ['run-here', 'preview', 'off', 'bypass'],
    ['connect', 'wires', 'rename', 'duplicate', clipboard],
    ['frame', 'ungroup', 'pin'],
    ['align-left', 'align-top', 'align-spread-x', 'align-spread-y'],
    ['select-upstream', 'select-downstream'],
    ['delete', 'delete-heal'],
  ],
} as const;

/** What can be done with what is selected, or with the board where nothing is, and nothing else. */
export function contextMenu(
  actions: readonly Action[],
  onClipboard: readonly MenuItem[],
  about: keyof typeof groups,
): MenuItems {
  const items: (MenuItem | null)[] = [];
  for (const group of groups[about]) {
    const shown = group.flatMap((id): readonly MenuItem[] =>
      id === clipboard
        ? onClipboard
        : actions
            .filter((action) => action.id === id && action.disabled !== true)
            .map(({ title, icon, keys, run }) => ({ title, icon, keys: keys[0], run: () => run() })),
    );
    if (shown.length > 0 && items.length > 0) items.push(null);
    items.push(...shown);
  }
  return items;
}
