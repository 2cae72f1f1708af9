/** Something to read. */
export const note = { useParts: () => ({}) };
