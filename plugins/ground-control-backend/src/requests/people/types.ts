/** Somebody who asks or decides, as resolved on the server. */
export interface KnownPerson {
  /** Entity ref of a User, in lower case. */
  entityRef: string;
  /** As the catalog names them, or else the name in the ref. */
  name: string;
  /** What stands for their address in a commit's message; never empty. */
  email: string;
}
