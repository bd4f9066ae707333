import { lazy, Suspense, useCallback, useEffect, useMemo, useState, type ReactElement } from 'react';
import { useStore } from 'zustand';
import { isDirty } from '#renderer/board/store/document.ts';
import { RunContext } from '#renderer/client/run-context.ts';
import { createRunStore } from '#renderer/client/run-store.ts';
import { actionFor, isTyping, type Action } from '#renderer/ui/action.ts';
import { Menu } from '#renderer/ui/menu.tsx';
import { Toasts } from '#renderer/ui/toast.tsx';
import { useApp, useWorkspace } from './app-context.ts';
import { BoardScreen } from './board-screen.tsx';
import { CommandPalette, Shortcuts } from './command-palette.tsx';
import { CloseDialog, OutsideDialog, SaveAsDialog } from './save-dialogs.tsx';
import { keepDrafts } from './drafts.ts';
import { usePanes } from './panes.ts';
import { saveTab } from './saving.ts';
import { StartPage } from './start-page.tsx';
import { TabBar } from './tab-bar.tsx';
import { useTheme } from './theme.ts';
import { windowActions } from './window-actions.ts';
import { closeTab, emptyDesign, openTab, unsaved, type OpenTab } from './workspace.ts';

const DataScreen = lazy(() => import('./data-screen.tsx').then((module) => ({ default: module.DataScreen })));
const WriteupScreen = lazy(() => import('./writeup-screen.tsx').then((module) => ({ default: module.WriteupScreen })));
const ExperimentsScreen = lazy(() => import('./experiments-screen.tsx').then((module) => ({ default: module.ExperimentsScreen })));

type Asking = { readonly what: 'commands' | 'shortcuts' } | { readonly what: 'save-as' | 'close' | 'outside'; readonly tab: OpenTab };

const noActions: readonly Action[] = [];
const idleRuns = createRunStore();

function Screen({ tab, panes, onActions }: { tab: OpenTab; panes: ReturnType<typeof usePanes>; onActions(actions: readonly Action[]): void }): ReactElement {
  const screen = useWorkspace((state) => state.screen);
  return (
    <Suspense fallback={<div className="screen" />}>
      {screen === 'board' ? <BoardScreen tab={tab} panes={panes[0]} onPanes={panes[1]} onActions={onActions} /> : null}
      {screen === 'data' ? <DataScreen tab={tab} /> : null}
      {screen === 'writeup' ? <WriteupScreen tab={tab} /> : null}
      {screen === 'experiments' ? <ExperimentsScreen tab={tab} /> : null}
    </Suspense>
  );
}

/** The window: the designs that are open, and everything around them. */
export function App(): ReactElement {
  const parts = useApp();
  const { workspace, connection, runner } = parts;
  const tabs = useWorkspace((state) => state.tabs);
  const currentKey = useWorkspace((state) => state.current);
  const screen = useWorkspace((state) => state.screen);
  const tab = tabs.find((one) => one.key === currentKey) ?? null;
  const panes = usePanes();
  const [asking, setAsking] = useState<Asking | null>(null);
  const [menuAt, setMenuAt] = useState<{ x: number; y: number } | null>(null);
  const [boardActions, setBoardActions] = useState(noActions);
  useTheme();
  const save = useCallback(
    async (one: OpenTab): Promise<boolean> => {
      const outcome = await saveTab(connection, one);
      if (outcome === 'needs-name') setAsking({ what: 'save-as', tab: one });
      if (outcome === 'changed-outside') setAsking({ what: 'outside', tab: one });
      return outcome === 'saved';
    },
    [connection],
  );
  const close = useCallback(
    (one: OpenTab): void => {
      if (isDirty(one.document.getState())) setAsking({ what: 'close', tab: one });
      else closeTab(workspace, one.key);
    },
    [workspace],
  );
  const status = useStore(tab?.runs ?? idleRuns, (state) => state.status);
  const actions = useMemo(
    () =>
      windowActions(
        parts,
        {
          panes: panes[0],
          onPanes: panes[1],
          onSave: (one) => void save(one),
          onSaveAs: (one) => setAsking({ what: 'save-as', tab: one }),
          onClose: close,
          onCommands: () => setAsking({ what: 'commands' }),
          onShortcuts: () => setAsking({ what: 'shortcuts' }),
        },
        tab,
      ),
    [parts, panes, tab, save, close, status],
  );
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const action = actionFor(event, actions);
      if (action === undefined || (isTyping(event.target) && !event.ctrlKey && !event.metaKey)) return;
      event.preventDefault();
      action.run();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [actions]);
  useLeaveGuard(tabs);
  useEffect(() => {
    document.title = tab === null ? 'Runboard' : `${tab.document.getState().design.title} · Runboard`;
  }, [tab, screen]);
  useEffect(() => {
    if (tab !== null && tab.runs.getState().status === 'idle') {
      keepDrafts(connection, workspace, tab);
      runner.follow(workspace, tab);
      void runner.recall(tab);
    }
  }, [tab, runner, workspace, connection]);
  const all = screen === 'board' && tab !== null ? [...actions.slice(0, 2), ...boardActions, ...actions.slice(2)] : actions;
  const menu = ['new', 'save', 'save-as', null, 'theme-light', 'theme-dark', 'theme-system', null, 'pane-left', 'pane-right', 'pane-bottom', null, 'shortcuts'];
  return (
    <div className="window">
      <TabBar current={tab} onCloseTab={close} onNew={() => openTab(workspace, unsaved(emptyDesign()))} onMenu={setMenuAt} onCommands={() => setAsking({ what: 'commands' })} />
      {tab === null ? (
        <StartPage />
      ) : (
        <RunContext key={tab.key} value={tab.runs}>
          <Screen tab={tab} panes={panes} onActions={setBoardActions} />
        </RunContext>
      )}
      {menuAt === null ? null : (
        <Menu
          label="More"
          at={menuAt}
          onClose={() => setMenuAt(null)}
          items={menu.map((id) => {
            const action = actions.find((one) => one.id === id);
            return action === undefined ? null : { title: action.title, icon: action.icon, keys: action.keys[0], disabled: action.disabled, run: () => action.run() };
          })}
        />
      )}
      {asking?.what === 'commands' ? <CommandPalette actions={all} onClose={() => setAsking(null)} /> : null}
      {asking?.what === 'shortcuts' ? <Shortcuts actions={all} onClose={() => setAsking(null)} /> : null}
      {asking?.what === 'save-as' ? <SaveAsDialog tab={asking.tab} onClose={() => setAsking(null)} /> : null}
      {asking?.what === 'outside' ? <OutsideDialog tab={asking.tab} onClose={() => setAsking(null)} onSaveAs={() => setAsking({ what: 'save-as', tab: asking.tab })} /> : null}
      {asking?.what === 'close' ? (
        <CloseDialog
          tab={asking.tab}
          onClose={() => setAsking(null)}
          onDiscard={() => {
            closeTab(workspace, asking.tab.key);
            setAsking(null);
          }}
          onSave={() => {
            const one = asking.tab;
            setAsking(null);
            void save(one).then((saved) => saved && closeTab(workspace, one.key));
          }}
        />
      ) : null}
      <Toasts />
    </div>
  );
}

function useLeaveGuard(tabs: readonly OpenTab[]): void {
  useEffect(() => {
    const guard = (event: BeforeUnloadEvent): void => {
      if (tabs.some((tab) => isDirty(tab.document.getState()))) event.preventDefault();
    };
    window.addEventListener('beforeunload', guard);
    return () => window.removeEventListener('beforeunload', guard);
  }, [tabs]);
}
