import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Line } from '#renderer/client/connection.ts';
import { ConnectionContext } from '#renderer/client/connection-context.ts';
import { openSocket } from '#renderer/client/socket-transport.ts';
import '#renderer/ui/base.css';
import '#renderer/ui/ui.css';
import { AppContext } from './app-context.ts';
import { App } from './app.tsx';
import './app.css';
import { EngineState } from './engine-state.ts';
import { followDesktop } from './desktop-told.ts';
import { Runner } from './runner.ts';
import { keepSession } from './session.ts';
import { fetchLater } from './later.ts';
import { applyTheme } from './theme.ts';
import { createWorkspace } from './workspace.ts';

applyTheme();
// Only the desktop program puts this into its windows.
const desktop = 'runboard' in window ? (await import('#renderer/client/desktop.ts')).desktopOf(window) : null;
const connection = new Line(desktop === null ? openSocket : () => desktop.openLine());
const engine = new EngineState(connection);
const parts = { connection, workspace: createWorkspace(), runner: new Runner(connection), engine, desktop };
if (desktop !== null) followDesktop(desktop, parts);
void keepSession(connection, parts.workspace);
const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
createRoot(root).render(
  <StrictMode>
    <ConnectionContext value={connection}>
      <AppContext value={parts}>
        <App />
      </AppContext>
    </ConnectionContext>
  </StrictMode>,
);
fetchLater();
