import type { ReactElement } from 'react';
import type { Action } from '#renderer/ui/action.ts';
import { AboutDialog } from './about-dialog.tsx';
import { useApp } from './app-context.ts';
import { CommandPalette, Shortcuts } from './command-palette.tsx';
import { RestoreDialog } from './restore-dialog.tsx';
import { CloseDialog, OutsideDialog, SaveAsDialog } from './save-dialogs.tsx';
import { closeTab, type OpenTab } from './workspace.ts';

export type Asking =
  | { readonly what: 'commands' | 'shortcuts' | 'about' }
  | { readonly what: 'save-as' | 'close' | 'outside' | 'restore'; readonly tab: OpenTab };

/** What the window asks at the moment: a command, a name, what shall become of changes. */
export function Asked({
  asking,
  actions,
  onAsk,
  onSave,
  onSaveAs,
}: {
  asking: Asking;
  actions: readonly Action[];
  onAsk(asking: Asking | null): void;
  onSave(tab: OpenTab): Promise<boolean>;
  onSaveAs(tab: OpenTab): Promise<boolean>;
}): ReactElement {
  const { workspace } = useApp();
  const done = (): void => onAsk(null);
  switch (asking.what) {
    case 'commands':
      return <CommandPalette actions={actions} onClose={done} />;
    case 'shortcuts':
      return <Shortcuts actions={actions} onClose={done} />;
    case 'about':
      return <AboutDialog onClose={done} />;
    case 'save-as':
      return <SaveAsDialog tab={asking.tab} onClose={done} />;
    case 'restore':
      return <RestoreDialog tab={asking.tab} onClose={done} />;
    case 'outside':
      return (
        <OutsideDialog
          tab={asking.tab}
          onClose={done}
          onSaveAs={() => {
            done();
            void onSaveAs(asking.tab);
          }}
        />
      );
    case 'close':
      return (
        <CloseDialog
          tab={asking.tab}
          onClose={done}
          onDiscard={() => {
            closeTab(workspace, asking.tab.key);
            done();
          }}
          onSave={() => {
            done();
            void onSave(asking.tab).then((saved) => saved && closeTab(workspace, asking.tab.key));
          }}
        />
      );
  }
}
