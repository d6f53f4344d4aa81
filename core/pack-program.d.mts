/** Pack what was compiled into `dist`, so that a start reads few files; nothing where nothing has changed. */
export function packProgram(dist: string): Promise<void>;
/** Let the program run from its files as they were compiled. */
export function unpackProgram(dist: string): void;
