import { Component, type ReactNode } from 'react';

interface Props {
  readonly children: ReactNode;
}

/** When a part of the page cannot be drawn: says so instead of leaving an empty window. Nothing that was sent is lost by it. */
export class Boundary extends Component<Props, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <main className="splash">
        <p role="alert">This page met a defect of its own. What you sent to the chain is not touched by it.</p>
        <button type="button" className="button" onClick={() => window.location.reload()}>
          Load it again
        </button>
      </main>
    );
  }
}
