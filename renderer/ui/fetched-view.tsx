import { Component, createElement, useEffect, useState, type ComponentType, type ReactNode } from 'react';
import { Button } from './button.tsx';

/**
 * A view that is fetched when it is first shown; where it is there already it is shown at once. Not through React's
 * Suspense, which keeps what stands in for a view for 300 ms once it has shown it. Throws, into the boundary around it,
 * where the view cannot be fetched: shown anew, it is fetched again.
 */
export function fetchedView<P extends object>(
  fetch: () => Promise<ComponentType<P>>,
  meanwhile: ReactNode = null,
): ComponentType<P> {
  let known: ComponentType<P> | null = null;
  return function Fetched(props: P): ReactNode {
    const [there, setThere] = useState(known !== null);
    const [failure, setFailure] = useState<{ readonly thrown: unknown } | null>(null);
    useEffect(() => {
      if (there) return;
      let gone = false;
      void fetch().then(
        (view) => {
          known = view;
          if (!gone) setThere(true);
        },
        (thrown: unknown) => gone || setFailure({ thrown }),
      );
      return () => void (gone = true);
    }, [there]);
    if (failure !== null) throw failure.thrown;
    return there && known !== null ? createElement(known, props) : meanwhile;
  };
}

interface Failed {
  readonly why: string | null;
}

/** A view that fails takes nothing else with it: the designs that are open are not part of any view. */
export class ViewBoundary extends Component<{ readonly children: ReactNode }, Failed> {
  override state: Failed = { why: null };

  static getDerivedStateFromError(thrown: unknown): Failed {
    return { why: thrown instanceof Error ? thrown.message : String(thrown) };
  }

  override render(): ReactNode {
    if (this.state.why === null) return this.props.children;
    return (
      <div className="empty" role="alert">
        <strong>This view cannot be shown</strong>
        <span>{this.state.why}</span>
        <span>The design and what is not saved of it are still here.</span>
        <Button onClick={() => this.setState({ why: null })}>Try again</Button>
      </div>
    );
  }
}
