import { useState, type ReactElement } from 'react';
import { useStore } from 'zustand';
import { failureLine } from '#shared/contract/failure.ts';
import { failureOf } from '#renderer/client/connection.ts';
import { Button, IconButton } from '#renderer/ui/button.tsx';
import { say } from '#renderer/ui/toast.tsx';
import { useApp } from './app-context.ts';
import { Banner } from './banner.tsx';
import { useEngineNews } from './engine-state.ts';
import { HistoryBanner } from './history-banner.tsx';
import { bringBack, takeOver } from './holding.ts';
import { openTab, unsaved, type OpenTab } from './workspace.ts';

/** That the process which runs boards is not there, and what can be done. */
function EngineBanner(): ReactElement | null {
  const { engine } = useApp();
  const news = useEngineNews(engine);
  const [waited, setWaited] = useState<object | null>(null);
  const restart = (): void => void engine.restart().catch((thrown: unknown) => say(failureLine(failureOf(thrown))));
  if (news.state === 'up' || (news.state === 'silent' && waited === news)) return null;
  if (news.state === 'gone')
    return (
      <Banner warn>
        <strong>The engine has stopped.</strong> It is started again. Your design is untouched; a run that was going on
        is kept as interrupted, and its finished nodes are reused.
      </Banner>
    );
  if (news.state === 'silent')
    return (
      <Banner
        warn
        actions={
          <>
            <Button onClick={() => setWaited(news)}>Wait</Button>
            <Button onClick={restart}>Restart the engine</Button>
          </>
        }
      >
        <strong>The engine does not answer.</strong> It may be busy. Your design is untouched, and drawing goes on.
      </Banner>
    );
  return (
    <Banner warn actions={<Button onClick={restart}>Start it again</Button>}>
      <strong>The engine keeps stopping.</strong> Drawing and saving go on; running does not.
      {news.log === undefined || news.log === '' ? null : (
        <details>
          <summary> What it said last</summary>
          <pre className="mono">{news.log}</pre>
        </details>
      )}
    </Banner>
  );
}

/** Who writes to the file of this design, where that is not this window. */
function HoldBanner({ tab }: { tab: OpenTab }): ReactElement | null {
  const { workspace } = useApp();
  const role = useStore(tab.hold, (state) => state.role);
  const by = useStore(tab.hold, (state) => state.by);
  const since = useStore(tab.hold, (state) => state.since);
  if (role !== 'follows' && role !== 'free') return null;
  const copy = (
    <Button
      onClick={() => {
        const { design } = tab.document.getState();
        void openTab(workspace, unsaved({ ...design, title: `${design.title} (copy)` }));
      }}
    >
      Open a copy
    </Button>
  );
  const clock = new Date(since).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  return role === 'follows' ? (
    <Banner actions={copy}>
      <strong>Read-only here:</strong> {by} has had this design open since {clock}.{' '}
      {by === 'another window' ? 'What is done there shows here at once.' : 'What is saved there shows here.'}
    </Banner>
  ) : (
    <Banner
      actions={
        <>
          {copy}
          <Button look="solid" onClick={() => takeOver(tab)}>
            Take over
          </Button>
        </>
      }
    >
      <strong>The other window has let go of this design.</strong> It is read-only here until you take over.
    </Banner>
  );
}

function OutsideBanner({ tab, onLook }: { tab: OpenTab; onLook(tab: OpenTab): void }): ReactElement | null {
  const outside = useStore(tab.hold, (state) => state.outside);
  const digest = useStore(tab.document, (state) => state.digest);
  const role = useStore(tab.hold, (state) => state.role);
  if (outside === null || outside === digest || role !== 'holds') return null;
  return (
    <Banner
      warn
      actions={
        <>
          <Button onClick={() => tab.hold.setState({ outside: null })}>Go on here</Button>
          <Button onClick={() => onLook(tab)}>Choose what to keep …</Button>
        </>
      }
    >
      <strong>{outside === '' ? 'The file of this design is gone.' : 'The file was changed by something else.'}</strong>{' '}
      What you see here is kept, and nothing is written over without asking you.
    </Banner>
  );
}

/** That there is unsaved work on this file which a crash left behind. */
function LeftBanner({ tab }: { tab: OpenTab }): ReactElement | null {
  const { connection } = useApp();
  const left = useStore(tab.hold, (state) => state.left);
  if (left === null) return null;
  const letGo = async (): Promise<void> => {
    await connection
      .call('drafts.drop', { id: left.id })
      .catch((thrown: unknown) => say(failureLine(failureOf(thrown))));
    tab.hold.setState({ left: null });
  };
  return (
    <Banner
      actions={
        <>
          <Button onClick={() => void letGo()}>Let go of them</Button>
          <Button look="solid" onClick={() => void bringBack(connection, tab, left)}>
            Bring them back
          </Button>
        </>
      }
    >
      <strong>There are unsaved changes of this design</strong> from{' '}
      {new Date(left.keptAt).toLocaleString('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit' })}, which a
      window or the program left behind.
    </Banner>
  );
}

function KeepingBanner({ tab }: { tab: OpenTab }): ReactElement | null {
  const keeping = useStore(tab.hold, (state) => state.keeping);
  if (keeping === null) return null;
  return (
    <Banner warn>
      <strong>Unsaved changes cannot be kept at the moment:</strong> {failureLine(keeping)}. Keeping is tried again
      every few seconds.
    </Banner>
  );
}

/** What was mended when the design was opened, and why it cannot be changed where that is so. */
function OpeningBanner({ tab }: { tab: OpenTab }): ReactElement | null {
  const repairs = useStore(tab.document, (state) => state.repairs);
  const readOnly = useStore(tab.document, (state) => state.readOnly);
  const role = useStore(tab.hold, (state) => state.role);
  const read = useStore(tab.hold, (state) => state.read);
  const newer = readOnly !== null && role !== 'follows' && role !== 'free' ? readOnly : null;
  if (newer !== null)
    return (
      <Banner warn>
        <strong>Read-only:</strong> {newer}.
      </Banner>
    );
  if (repairs.length === 0 || read) return null;
  return (
    <Banner
      warn
      actions={<IconButton icon="x" label="I have read it" onClick={() => tab.hold.setState({ read: true })} />}
    >
      <strong>
        {repairs.length === 1 ? 'One thing was' : `${repairs.length} things were`} not right in this design.
      </strong>{' '}
      <details>
        <summary>What was done about it</summary>
        <ul>
          {repairs.map((one, at) => (
            <li key={at}>
              {one.where}: {one.what} – {one.done}
            </li>
          ))}
        </ul>
      </details>
    </Banner>
  );
}

/** What a person must know about the engine and about the design in front, above everything else. */
export function Banners({ tab, onLook }: { tab: OpenTab | null; onLook(tab: OpenTab): void }): ReactElement {
  return (
    <>
      <EngineBanner />
      <HistoryBanner />
      {tab === null ? null : (
        <div key={tab.key} className="banners">
          <HoldBanner tab={tab} />
          <OutsideBanner tab={tab} onLook={onLook} />
          <LeftBanner tab={tab} />
          <KeepingBanner tab={tab} />
          <OpeningBanner tab={tab} />
        </div>
      )}
    </>
  );
}
