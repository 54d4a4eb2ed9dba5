/** The height of table rows that are not in the page. */
export function GapRow({ height }: { height: number }) {
  return height > 0 ? (
    <tr aria-hidden="true" className="gap">
      <td style={{ height }} />
    </tr>
  ) : null;
}
