/** The icons that the window's own furniture uses; those of kinds and components are found in their tables. */
export const furniture = [
  { icon: 'a-large-small' }, { icon: 'activity' }, { icon: 'align-center-horizontal' }, { icon: 'align-center-vertical' },
  { icon: 'align-end-horizontal' }, { icon: 'align-end-vertical' }, { icon: 'align-horizontal-distribute-center' },
  { icon: 'align-start-horizontal' }, { icon: 'align-start-vertical' }, { icon: 'align-vertical-distribute-center' },
  { icon: 'arrow-down-to-line' }, { icon: 'arrow-left' }, { icon: 'arrow-right' }, { icon: 'arrow-right-from-line' },
  { icon: 'arrow-right-to-line' }, { icon: 'arrow-up-down' }, { icon: 'ban' }, { icon: 'blocks' }, { icon: 'box' }, { icon: 'check' },
  { icon: 'chevron-down' }, { icon: 'chevron-right' }, { icon: 'chevrons-down-up' }, { icon: 'circle' }, { icon: 'circle-alert' },
  { icon: 'circle-dashed' }, { icon: 'circle-dot' }, { icon: 'circle-help' }, { icon: 'clipboard-paste' }, { icon: 'clock' }, { icon: 'command' },
  { icon: 'copy' }, { icon: 'copy-plus' }, { icon: 'database' }, { icon: 'download' }, { icon: 'ellipsis' }, { icon: 'eye' }, { icon: 'file-down' },
  { icon: 'file-plus' }, { icon: 'file-text' }, { icon: 'folder-open' }, { icon: 'frame' }, { icon: 'git-compare' }, { icon: 'hand' },
  { icon: 'history' }, { icon: 'house' }, { icon: 'info' }, { icon: 'keyboard' }, { icon: 'link' }, { icon: 'list-tree' },
  { icon: 'loader-circle' }, { icon: 'map' }, { icon: 'maximize' }, { icon: 'minus' }, { icon: 'moon' }, { icon: 'mouse-pointer-2' },
  { icon: 'octagon-x' }, { icon: 'panel-bottom' }, { icon: 'panel-left' }, { icon: 'panel-right' }, { icon: 'play' }, { icon: 'plus' },
  { icon: 'power' }, { icon: 'recycle' }, { icon: 'redo-2' }, { icon: 'refresh-cw' }, { icon: 'route' }, { icon: 'save' }, { icon: 'search' },
  { icon: 'settings-2' }, { icon: 'sparkles' }, { icon: 'square' }, { icon: 'step-forward' }, { icon: 'sticky-note' }, { icon: 'sun' },
  { icon: 'sun-moon' }, { icon: 'table-2' }, { icon: 'trash-2' }, { icon: 'triangle-alert' }, { icon: 'undo-2' }, { icon: 'unlink' },
  { icon: 'upload' }, { icon: 'wand-sparkles' }, { icon: 'x' }, { icon: 'zoom-in' }, { icon: 'zoom-out' }, { icon: 'wifi-off' },
] as const;

export type FurnitureIcon = (typeof furniture)[number]['icon'];
