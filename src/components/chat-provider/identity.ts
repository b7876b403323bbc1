/** Whose words are kept where: a name for the vault that differs by server, tenant and agent. */
import { vaultSoon } from '../../store/browser-vault.js';
import type { Vault } from '../../store/vault.js';

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

/** Undefined: nobody can tell whose it is (an opaque token and no `agent-id`). */
export function drawerName(
  serverUrl: string,
  token: string | undefined,
  agentId: string | undefined,
): string | undefined {
  const claims = tokenClaims(token);
  const who = agentId || claims.sub;
  // Ids may hold the bar that stands between them: another agent's drawer must not have the same name.
  const parts = [originOf(serverUrl), claims.tenant ?? '', who ?? ''].map((part) =>
    part.replace(/[%|]/g, encodeURIComponent),
  );
  return who ? parts.join('|') : undefined;
}

function originOf(serverUrl: string): string {
  const address = serverUrl || '/';
  return URL.canParse(address, location.href) ? new URL(address, location.href).origin : address;
}

/** Where one agent's unsent words are kept: nowhere but in memory, as long as no token has told whose they are. */
export class Drawer {
  /** Undefined as long as nobody can tell. */
  name: string | undefined;
  /** Settles with the first token, however that went. */
  readonly soon: Promise<string | undefined>;
  readonly #serverUrl: string;
  readonly #agentId: string | undefined;
  readonly #known: Promise<string>;
  #tell: (name: string) => void = () => undefined;
  #vault: Vault | undefined;

  /** @param first the first token; when it does not come, a later one is told to `learn`. */
  constructor(serverUrl: string, agentId: string | undefined, first: Promise<string | undefined>) {
    this.#serverUrl = serverUrl;
    this.#agentId = agentId;
    this.#known = new Promise<string>((resolve) => (this.#tell = resolve));
    this.soon = first.then(
      (token) => this.learn(token),
      () => undefined,
    );
  }

  /** Opened by who needs it first. */
  get vault(): Vault {
    const code = () => Promise.all([import('../../store/late-vault.js'), import('../../store/browser-database.js')]);
    return (this.#vault ??= vaultSoon(
      code().then(([{ lateVault }, { indexedVault }]) => lateVault(this.soon, this.#known, indexedVault)),
    ));
  }

  learn(token: string | undefined): string | undefined {
    this.name ??= drawerName(this.#serverUrl, token, this.#agentId);
    if (this.name !== undefined) this.#tell(this.name);
    return this.name;
  }

  /** Tells drawers apart, also while nobody knows whose they are. */
  get place(): string {
    return this.name ?? `${originOf(this.#serverUrl)}?${this.#agentId ?? ''}`;
  }
}
