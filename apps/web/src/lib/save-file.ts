/** Hands text to the browser as a file. */
export function saveText(name: string, text: string, type = 'text/plain'): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the data by then.
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}

/** Hands data to the browser as a file. */
export function saveJson(name: string, data: unknown): void {
  saveText(name, JSON.stringify(data, null, 2), 'application/json');
}
