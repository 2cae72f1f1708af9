/** A random UUID in canonical lower case. */
export const uuid = () => crypto.randomUUID();
