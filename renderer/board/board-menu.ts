import type { Action } from '#renderer/ui/action.ts';
import type { MenuItem, MenuItems } from '#renderer/ui/menu.tsx';

const groups: readonly (readonly string[])[] = [
  ['run-here', 'off', 'bypass'],
  ['add', 'connect', 'rename', 'duplicate', 'frame', 'note'],
  ['align-left', 'align-top', 'spread-x', 'tidy'],
  ['select-upstream', 'select-downstream', 'fit-selection'],
  ['delete', 'delete-heal'],
];

/** What can be done with what is selected, and nothing else. */
export function contextMenu(actions: readonly Action[], onPaste: () => void): MenuItems {
  const items: (MenuItem | null)[] = [];
  for (const group of groups) {
    const shown = group.flatMap((id) => actions.filter((action) => action.id === id && action.disabled !== true));
    if (shown.length === 0) continue;
    if (items.length > 0) items.push(null);
    items.push(
      ...shown.map((action) => ({
        title: action.title,
        icon: action.icon,
        keys: action.keys[0],
        run: () => action.run(),
      })),
    );
    if (group.includes('duplicate'))
      items.push({ title: 'Paste', icon: 'clipboard-paste', keys: 'Ctrl+V', run: onPaste });
  }
  return items;
}
