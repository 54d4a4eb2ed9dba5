/** A worker's id is long; its head tells it apart. */
export function actorWord(actor: string): string {
  return /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(actor) ? actor.slice(0, 8) : actor;
}
