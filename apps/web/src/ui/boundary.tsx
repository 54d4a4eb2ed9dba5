'use client';

import { Component, type ReactNode } from 'react';

interface BoundaryProps {
  /** Stands there instead once something inside has failed. */
  readonly fallback: ReactNode;
  readonly children: ReactNode;
}

/** Keeps what fails inside from taking the page with it. React has no hook for this. */
export class Boundary extends Component<BoundaryProps, { readonly hasFailed: boolean }> {
  override readonly state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    return this.state.hasFailed ? this.props.fallback : this.props.children;
  }
}
