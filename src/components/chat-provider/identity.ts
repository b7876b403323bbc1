/** Whose words are kept where: a name for the vault that differs by server, tenant and agent. */
import { browserVault } from '../../store/browser-vault.js';
import type { Vault } from '../../store/vault.js';

const NOBODY = 'anonymous';

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
  return [server, claims.tenant ?? '', agentId ?? claims.sub ?? NOBODY].join('|');
}

/**
 * The vault of a drawer. Where nobody can tell whose it is (an opaque token and no `agent-id`), what the server said is not
 * kept in it: the next person at this browser must not be shown it.
 */
export function vaultOf(drawer: Promise<string>): Vault {
  const vault = browserVault(drawer);
  const isNobodys = async () => (await drawer).endsWith(`|${NOBODY}`);
  return {
    ...vault,
    readCache: async () => ((await isNobodys()) ? new Map<string, unknown>() : vault.readCache!()),
    putCache: async (entries) => {
      if (!(await isNobodys())) await vault.putCache!(entries);
    },
  };
}
