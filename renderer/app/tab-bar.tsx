import type { KeyboardEvent, ReactElement } from 'react';
import { useStore } from 'zustand';
import { isDirty } from '#renderer/board/store/document.ts';
import { useLineState } from '#renderer/client/connection-context.ts';
import { Button, IconButton } from '#renderer/ui/button.tsx';
import { Icon } from '#renderer/ui/icon.tsx';
import { Tabs } from '#renderer/ui/tabs.tsx';
import { useApp, useWorkspace } from './app-context.ts';
import { RunButton } from './run-button.tsx';
import type { OpenTab, Screen } from './workspace.ts';

const screens: readonly { readonly id: Screen; readonly title: string }[] = [
  { id: 'board', title: 'Board' },
  { id: 'writeup', title: 'Write-up' },
  { id: 'experiments', title: 'Experiments' },
  { id: 'data', title: 'Data' },
];

function DesignTab({
  tab,
  current,
  onClose,
}: {
  tab: OpenTab;
  current: boolean;
  onClose(tab: OpenTab): void;
}): ReactElement {
  const { workspace } = useApp();
  const title = useStore(tab.document, (state) => state.design.title);
  const dirty = useStore(tab.document, isDirty);
  return (
    <div
      className={`design-tab ${current ? 'design-tab-current' : ''}`}
      onAuxClick={(event) => event.button === 1 && onClose(tab)}
    >
      <button
        type="button"
        aria-current={current ? 'page' : undefined}
        className="design-tab-name truncate"
        onClick={() => workspace.setState({ current: tab.key })}
      >
        {title}
        {dirty ? <span className="visually-hidden">, not saved</span> : null}
      </button>
      <button
        type="button"
        className={`design-tab-close ${dirty ? 'design-tab-dirty' : ''}`}
        aria-label={`Close ${title}`}
        title="Close"
        onClick={() => onClose(tab)}
      >
        <Icon name="x" size={12} />
      </button>
    </div>
  );
}

interface TabBarProps {
  readonly current: OpenTab | null;
  onCloseTab(tab: OpenTab): void;
  onNew(): void;
  onMenu(at: { x: number; y: number }): void;
  onCommands(): void;
}

/** The top of the window: open designs, the views of the one in front, its data set, Run. */
export function TabBar({ current, onCloseTab, onNew, onMenu, onCommands }: TabBarProps): ReactElement {
  const { workspace } = useApp();
  const tabs = useWorkspace((state) => state.tabs);
  const screen = useWorkspace((state) => state.screen);
  const line = useLineState();
  const walk = (event: KeyboardEvent<HTMLElement>): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const names = [...event.currentTarget.querySelectorAll<HTMLElement>('.design-tab-name')];
    if (step !== 0) names[names.indexOf(document.activeElement as HTMLElement) + step]?.focus();
  };
  return (
    <header className="top">
      <button
        type="button"
        className={`brand ${current === null ? 'brand-current' : ''}`}
        title="Start page"
        onClick={() => workspace.setState({ current: null })}
      >
        <svg
          viewBox="0 0 32 32"
          width="18"
          height="18"
          aria-hidden="true"
          fill="none"
          stroke="var(--accent)"
          strokeWidth="2.6"
          strokeLinecap="round"
          strokeLinejoin="round"
        >
          <circle cx="7" cy="21" r="3.6" />
          <circle cx="25" cy="11" r="3.6" />
          <circle cx="17" cy="25" r="2.6" />
          <path d="M10 19.2c5-2.4 5-7.4 11.4-7.8M9.900 23l4.600 1.400M19 23.200l4.200-9" />
        </svg>
        <span>Runboard</span>
      </button>
      <nav className="design-tabs" aria-label="Open designs" onKeyDown={walk}>
        {tabs.map((tab) => (
          <DesignTab key={tab.key} tab={tab} current={tab.key === current?.key} onClose={onCloseTab} />
        ))}
        <IconButton icon="plus" label="New design" keys="Ctrl+Alt+N" onClick={onNew} />
      </nav>
      {current === null ? null : (
        <Tabs
          look="segments"
          label="Views"
          items={screens}
          current={screen}
          onChoose={(id) => workspace.setState({ screen: id })}
        />
      )}
      <div className="top-end">
        {line === 'lost' ? (
          <span className="line-lost" role="status">
            <Icon name="wifi-off" size={14} /> reconnecting
          </span>
        ) : null}
        <IconButton icon="command" label="Commands" keys="Ctrl+K" onClick={onCommands} />
        <IconButton
          icon="ellipsis"
          label="More"
          aria-haspopup="menu"
          onClick={(event) => {
            const box = event.currentTarget.getBoundingClientRect();
            onMenu({ x: box.right - 230, y: box.bottom + 6 });
          }}
        />
        {current === null ? null : (
          <>
            <DataButton tab={current} />
            <RunButton tab={current} />
          </>
        )}
      </div>
    </header>
  );
}

function DataButton({ tab }: { tab: OpenTab }): ReactElement {
  const { workspace } = useApp();
  const data = useStore(tab.document, (state) => state.design.data?.path ?? state.design.data?.recipe);
  return (
    <Button
      icon="database"
      className="data-button"
      title={data ?? 'Choose what to run on'}
      onClick={() => workspace.setState({ screen: 'data' })}
    >
      <span className="truncate">{data === undefined ? 'No data set' : data.split(/[\\/]/).at(-1)}</span>
    </Button>
  );
}
