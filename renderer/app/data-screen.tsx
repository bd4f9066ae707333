import type { ReactElement } from 'react';
import type { OpenTab } from './workspace.ts';

export function DataScreen({ tab }: { tab: OpenTab }): ReactElement {
  return <main className="screen">{tab.key}</main>;
}
