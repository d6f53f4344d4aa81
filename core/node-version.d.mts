export declare const oldestNode: string;
export declare function nodeComplaint(version: string): string | undefined;
