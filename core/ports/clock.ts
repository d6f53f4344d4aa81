/** What time it is. The sandbox can move it forward; nothing else in the hub asks the machine. */
export interface Clock {
  now(): Date;
}
