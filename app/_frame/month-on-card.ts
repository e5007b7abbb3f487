/** 04/29: the last month in which a card is good, as it stands on the card. It ends with the first moment of the next one, by UTC. */
export function monthOnCard(endsAt: Date): string {
  const last = new Date(endsAt.getTime() - 1);
  return `${String(last.getUTCMonth() + 1).padStart(2, "0")}/${String(last.getUTCFullYear()).slice(-2)}`;
}
