/** Its photos are the answer: the card draws them for every kind. */
export const photo = { useParts: () => ({}) };
