import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import { change } from '#renderer/board/store/document.ts';
import { DataView } from '#renderer/data/data-view.tsx';
import { useApp } from './app-context.ts';
import type { OpenTab } from './workspace.ts';

export function DataScreen({ tab }: { tab: OpenTab }): ReactElement {
  const { desktop } = useApp();
  const data = useStore(tab.document, (state) => state.design.data);
  const ranOn = useStore(tab.runs, (state) => state.result?.data.path ?? null);
  return (
    <main className="screen">
      <DataView
        bound={data}
        ranOn={ranOn}
        choose={desktop === null ? null : () => desktop.choose('open-data')}
        onUse={(path) =>
          change(tab.document, 'Choose the data set', (design) => {
            design.data = { path };
          })
        }
      />
    </main>
  );
}
