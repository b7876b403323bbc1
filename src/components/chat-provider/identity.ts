/** Whose words are kept where: a name for the vault that differs by server, tenant and agent. */

/** Reads the claims of a JSON Web Token without trusting them: they only name a drawer. */
export function tokenClaims(token: string | undefined): { sub?: string; tenant?: string; name?: string } {
  const body = token?.split('.')[1];
  if (!body) return {};
  try {
    const json = atob(body.replaceAll('-', '+').replaceAll('_', '/'));
    const text = new TextDecoder().decode(Uint8Array.from(json, (letter) => letter.charCodeAt(0)));
    const claims: unknown = JSON.parse(text);
    if (typeof claims !== 'object' || claims === null) return {};
    const pick = (name: string) => {
      const value = (claims as Record<string, unknown>)[name];
      return typeof value === 'string' ? { [name]: value } : {};
    };
    return { ...pick('sub'), ...pick('tenant'), ...pick('name') };
  } catch {
    return {}; // opaque tokens are fine: `agent-id` names the drawer then
  }
}

export function drawerName(serverUrl: string, token: string | undefined, agentId: string | undefined): string {
  const claims = tokenClaims(token);
  const server = new URL(serverUrl || '/', location.href).origin;
  return [server, claims.tenant ?? '', agentId ?? claims.sub ?? 'anonymous'].join('|');
}
