/**
 * FULL: a commit is on disk. The log is written back every 16 MB and not every 4, for pages that change often are
 * then written once; 16 MB of pages stay in memory, where 2 would be read again and again.
 */
export const writerSettings = `
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA busy_timeout = 5000;
PRAGMA wal_autocheckpoint = 4000;
PRAGMA cache_size = -16000;
`;
