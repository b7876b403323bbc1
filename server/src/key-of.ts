/**
 * One name for several parts that come from outside: of a room, or of what is kept in memory. Ids may hold any character,
 * so parts joined by a sign could be read in two ways, and one tenant's room be another's. Every such name is made here.
 */
export const keyOf = (...parts: (string | number)[]): string => JSON.stringify(parts);
