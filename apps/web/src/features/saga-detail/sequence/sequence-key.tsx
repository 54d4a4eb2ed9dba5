/** What the lines mean. */
export function SequenceKey({ isLeaderless }: { isLeaderless: boolean }) {
  return (
    <span className="key">
      <span>
        <i className="swl f" />
        {isLeaderless ? 'event' : 'call'}
      </span>
      <span>
        <i className="swl b" />
        walking back
      </span>
      <span>
        <svg width="22" height="12" aria-hidden="true">
          <path className="sq-a d" d="M0 4H13M0 8H13" />
          <path className="sq-gate" d="M16 0v12M20 0v12" />
        </svg>
        duplicate, stopped at the inbox
      </span>
      <span>
        <svg width="22" height="12" aria-hidden="true">
          <path className="sq-a l" d="M0 6H11" />
          <path className="sq-lx" d="M13 2l8 8M21 2l-8 8" />
        </svg>
        lost
      </span>
      <span>
        <svg width="8" height="14" aria-hidden="true">
          <rect className="sq-eff f" width="8" height="14" rx="2" />
        </svg>
        effect committed
      </span>
    </span>
  );
}
