/**
 * Free bytes of the data folder's disk that only votes and what follows from them may use (FEATURES G9).
 *
 * At 6 KB a write of SQLite these are some 10,000 votes with their edits and callbacks.
 */
export const diskReserve = 64 * 1_048_576;
