import { Component, createElement, lazy, type ComponentType, type ReactElement, type ReactNode } from 'react';
import { Button } from '#renderer/ui/button.tsx';

/** What makes views that could not be fetched be fetched again. */
const renewals = new Set<() => void>();

/** A view that is fetched when it is first shown. One that could not be is fetched again when a person says so. */
export function fetchedView<P extends object>(fetch: () => Promise<ComponentType<P>>): ComponentType<P> {
  const fetching = (): ComponentType<P> =>
    lazy(() =>
      fetch().then(
        (view) => ({ default: view }),
        (thrown: unknown) => {
          renewals.add(() => (current = fetching()));
          throw thrown;
        },
      ),
    ) as ComponentType<P>;
  let current = fetching();
  return function Fetched(props: P): ReactElement {
    return createElement(current, props);
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
        <Button
          onClick={() => {
            for (const renew of renewals) renew();
            renewals.clear();
            this.setState({ why: null });
          }}
        >
          Try again
        </Button>
      </div>
    );
  }
}
