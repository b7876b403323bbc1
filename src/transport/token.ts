/** What the agent is known by. One source for everything that travels: the socket at every connect, files at every upload. */

/**
 * A token, or a function that fetches one; asked at every (re)connect and by uploads. `fresh`: the server has just refused
 * the last one, so one that is kept somewhere will not do.
 */
export type Token = string | ((asked?: { fresh: boolean }) => string | Promise<string>);

/** Socket.IO's `auth`: an object, or a function that gives one. */
export type Credentials = { [key: string]: unknown } | ((give: (data: object) => void) => void);

/** What a host puts beside the token. */
export async function hostsCredentials(auth: Credentials = {}): Promise<object> {
  return typeof auth === 'function' ? new Promise<object>((done) => auth(done)) : auth;
}

/** The token by itself; one inside the host's `auth` counts as well. */
export async function tokenOf(
  token: Token | undefined,
  auth: Credentials | undefined,
  fresh = false,
): Promise<string | undefined> {
  if (token !== undefined) return typeof token === 'function' ? token({ fresh }) : token;
  const { token: known } = (await hostsCredentials(auth)) as { token?: unknown };
  return typeof known === 'string' ? known : undefined;
}
