import { Dialog } from '@/ui/dialog.tsx';

/** In place of a dialog: the server was away when its script was asked for, or has another by now. */
export function Unloadable({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog className="unloadable" label="Not loaded" onClose={onClose}>
      <p>This part of the dashboard could not be loaded. Reload the page to try again.</p>
      <div className="unloadable-acts">
        <button type="button" className="btn primary" onClick={() => location.reload()}>
          Reload the page
        </button>
        <button type="button" className="btn ghost" onClick={onClose}>
          Close
        </button>
      </div>
    </Dialog>
  );
}
