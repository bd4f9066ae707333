import { useCallback, useEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import { useStore } from 'zustand';
import { isDirty } from '#renderer/board/store/document.ts';
import { RunContext } from '#renderer/client/run-context.ts';
import { createRunStore } from '#renderer/client/run-store.ts';
import { actionFor, isTyping, type Action } from '#renderer/ui/action.ts';
import { Menu, type MenuItems } from '#renderer/ui/menu.tsx';
import { fetchedView, ViewBoundary } from '#renderer/ui/fetched-view.tsx';
import { ReadOnly } from '#renderer/ui/read-only.ts';
import { Toasts } from '#renderer/ui/toast.tsx';
import { useApp, useWorkspace } from './app-context.ts';
import type { Asking } from './asked.tsx';
import { saveByItself, useAutosave } from './autosave.ts';
import { Banners } from './banners.tsx';
import { useChosen } from './desktop-told.ts';
import { keepDrafts } from './drafts.ts';
import { holdDesign } from './holding.ts';
import { later } from './later.ts';
import { usePanes } from './panes.ts';
import { saveByDialog, saveTab } from './saving.ts';
import { StartPage } from './start-page.tsx';
import { TabBar } from './tab-bar.tsx';
import { Tour } from './tour.tsx';
import { tour } from './tour-store.ts';
import { themeChoice, useTheme } from './theme.ts';
import { windowActions } from './window-actions.ts';
import { closeTab, emptyDesign, openTab, unsaved, type OpenTab } from './workspace.ts';

const coming = <div className="screen" />;
const BoardScreen = fetchedView(async () => (await later.board()).BoardScreen, coming);
const DataScreen = fetchedView(async () => (await import('./data-screen.tsx')).DataScreen, coming);
const WriteupScreen = fetchedView(async () => (await import('./writeup-screen.tsx')).WriteupScreen, coming);
const ExperimentsScreen = fetchedView(async () => (await import('./experiments-screen.tsx')).ExperimentsScreen, coming);
const Asked = fetchedView(async () => (await later.asked()).Asked);

const noActions: readonly Action[] = [];
const idleRuns = createRunStore();

function Screen({
  tab,
  panes,
  onActions,
}: {
  tab: OpenTab;
  panes: ReturnType<typeof usePanes>;
  onActions(actions: readonly Action[]): void;
}): ReactElement {
  const screen = useWorkspace((state) => state.screen);
  const readOnly = useStore(tab.document, (state) => state.readOnly !== null);
  return (
    <ReadOnly value={readOnly}>
      <ViewBoundary key={screen}>
        {screen === 'board' ? (
          <BoardScreen tab={tab} panes={panes[0]} onPanes={panes[1]} onActions={onActions} />
        ) : null}
        {screen === 'data' ? <DataScreen tab={tab} /> : null}
        {screen === 'writeup' ? <WriteupScreen tab={tab} /> : null}
        {screen === 'experiments' ? <ExperimentsScreen tab={tab} /> : null}
      </ViewBoundary>
    </ReadOnly>
  );
}

/** Keys of the window, wherever the focus is; what is typed into a field stays there unless Ctrl is held. */
function useKeys(actions: readonly Action[]): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const action = actionFor(event, actions);
      const typed = isTyping(event.target) && !event.ctrlKey && !event.metaKey && !/^F\d+$/.test(event.key);
      if (action === undefined || typed) return;
      event.preventDefault();
      action.run();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [actions]);
}

/** What begins when a design comes to the front for the first time: its drafts, its plan, its last run. */
function useOpened(tab: OpenTab | null): void {
  const { workspace, runner, connection } = useApp();
  useEffect(() => {
    document.title = tab === null ? 'Runboard' : `${tab.document.getState().design.title} · Runboard`;
    if (tab === null || begun.has(tab)) return;
    begun.add(tab);
    keepDrafts(connection, workspace, tab);
    holdDesign(connection, workspace, tab);
    saveByItself(connection, workspace, tab);
    runner.follow(workspace, tab);
    void runner.recall(tab);
  }, [tab, runner, workspace, connection]);
}

const begun = new WeakSet<OpenTab>();

/** The window: the designs that are open, and everything around them. */
export function App(): ReactElement {
  const parts = useApp();
  const { workspace, connection, desktop } = parts;
  const tabs = useWorkspace((state) => state.tabs);
  const currentKey = useWorkspace((state) => state.current);
  const screen = useWorkspace((state) => state.screen);
  const tab = tabs.find((one) => one.key === currentKey) ?? null;
  const panes = usePanes();
  const [autosave, onAutosave] = useAutosave();
  const [asking, setAsking] = useState<Asking | null>(null);
  const [menuAt, setMenuAt] = useState<{ x: number; y: number } | null>(null);
  // Looked at only when a list of commands is opened: a changed selection must not draw the window anew.
  const boardActions = useRef(noActions);
  const setBoardActions = useCallback((actions: readonly Action[]) => void (boardActions.current = actions), []);
  const status = useStore(tab?.runs ?? idleRuns, (state) => state.status);
  const touring = useStore(tour, (state) => state.going);
  useTheme();
  const saveAs = useCallback(
    async (one: OpenTab): Promise<boolean> => {
      if (desktop !== null) return (await saveByDialog(connection, desktop, one)) === 'saved';
      setAsking({ what: 'save-as', tab: one });
      return false;
    },
    [connection, desktop],
  );
  const save = useCallback(
    async (one: OpenTab): Promise<boolean> => {
      const outcome = await saveTab(connection, one);
      if (outcome === 'needs-name') return saveAs(one);
      if (outcome === 'changed-outside') setAsking({ what: 'outside', tab: one });
      return outcome === 'saved';
    },
    [connection, saveAs],
  );
  const close = useCallback(
    (one: OpenTab): void => {
      if (isDirty(one.document.getState())) setAsking({ what: 'close', tab: one });
      else closeTab(workspace, one.key);
    },
    [workspace],
  );
  const actions = useMemo(
    () =>
      windowActions(
        parts,
        {
          panes: panes[0],
          onPanes: panes[1],
          autosave,
          onAutosave,
          onSave: (one) => void save(one),
          onSaveAs: (one) => void saveAs(one),
          onRestore: (one) => setAsking({ what: 'restore', tab: one }),
          onClose: close,
          onCommands: () => setAsking({ what: 'commands' }),
          onShortcuts: () => setAsking({ what: 'shortcuts' }),
          onAbout: () => setAsking({ what: 'about' }),
        },
        tab,
      ),
    [parts, panes, autosave, onAutosave, tab, save, saveAs, close, status],
  );
  useKeys(actions);
  useChosen(actions);
  useLeaveGuard(tabs);
  useOpened(tab);
  const all =
    screen === 'board' && tab !== null
      ? [...actions.slice(0, 2), ...boardActions.current, ...actions.slice(2)]
      : actions;
  return (
    <div className="window">
      <TabBar
        current={tab}
        onCloseTab={close}
        onNew={() => void openTab(workspace, unsaved(emptyDesign()))}
        onMenu={setMenuAt}
        onCommands={() => setAsking({ what: 'commands' })}
      />
      <Banners tab={tab} onLook={(one) => setAsking({ what: 'outside', tab: one })} />
      <Toasts />
      {tab === null ? (
        <ViewBoundary>
          <StartPage />
        </ViewBoundary>
      ) : (
        <RunContext key={tab.key} value={tab.runs}>
          <Screen tab={tab} panes={panes} onActions={setBoardActions} />
        </RunContext>
      )}
      {menuAt === null ? null : (
        <Menu label="More" at={menuAt} onClose={() => setMenuAt(null)} items={moreMenu(actions)} />
      )}
      {asking === null ? null : (
        <ViewBoundary key={asking.what}>
          <Asked asking={asking} actions={all} onAsk={setAsking} onSave={save} onSaveAs={saveAs} />
        </ViewBoundary>
      )}
      {touring && tab !== null && screen === 'board' ? <Tour /> : null}
    </div>
  );
}

const more = [
  'new',
  'save',
  'save-as',
  'autosave',
  'restore',
  null,
  'theme-light',
  'theme-dark',
  'theme-system',
  null,
  'pane-left',
  'pane-right',
  'pane-bottom',
  null,
  'shortcuts',
  'tour',
  'about',
];

function moreMenu(actions: readonly Action[]): MenuItems {
  return more.map((id) => {
    const action = actions.find((one) => one.id === id);
    return action === undefined
      ? null
      : {
          title: action.title,
          icon: action.icon,
          keys: action.keys[0],
          disabled: action.disabled,
          chosen: id?.startsWith('theme-') === true ? id === `theme-${themeChoice()}` : undefined,
          run: () => action.run(),
        };
  });
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
