import { settings } from "./settings.ts";

/** An address at a family's own name. */
export interface HomeAddress {
  readonly href: string;
  /** As it is read, typed and told to friends. */
  readonly shown: string;
}

/** `smith.family/anna`. In the sandbox every name is also served under NAME.localhost, which opens in a browser here. */
export function homeAddress(name: string, path: string): HomeAddress {
  const port = settings().EDGE_LOCAL_PORT;
  const host = port === undefined ? name : `${name}.localhost:${port}`;
  return { href: `${port === undefined ? "https" : "http"}://${host}/${path}`, shown: `${host}/${path}` };
}
