/** Who is asking: a signed token in the handshake. The algorithm is pinned; a token's own header decides nothing. */
import { errors, jwtVerify, SignJWT } from 'jose';
import type { Agent } from '../access.js';
import { Refusal } from '../refusal.js';
import type { World } from '../world.js';

export interface TokenRules {
  secret: Uint8Array;
  issuer: string;
  audience: string;
}

const ALGORITHM = 'HS256';
const LIFE = 15 * 60;

export interface SignedIn {
  agent: Agent;
  expiresAt: Date;
}

export async function readToken(rules: TokenRules, world: World, token: unknown): Promise<SignedIn> {
  if (typeof token !== 'string' || token === '' || token.length > 8192)
    throw new Refusal('UNAUTHENTICATED', 'Sign in first.');
  try {
    const { payload } = await jwtVerify(token, rules.secret, {
      algorithms: [ALGORITHM],
      issuer: rules.issuer,
      audience: rules.audience,
      requiredClaims: ['sub', 'exp'],
      currentDate: world.now(),
    });
    const { sub, tenant, role, name, exp } = payload;
    if (!isId(sub) || !isId(tenant) || (role !== 'agent' && role !== 'supervisor'))
      throw new Refusal('UNAUTHENTICATED', 'The token does not say who you are.');
    const agent: Agent = {
      tenantId: tenant,
      id: sub,
      role,
      name: typeof name === 'string' && name ? name.slice(0, 500) : sub,
    };
    return { agent, expiresAt: new Date(exp! * 1000) };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    if (error instanceof errors.JWTExpired) throw new Refusal('TOKEN_EXPIRED', 'The sign-in has expired.');
    throw new Refusal('UNAUTHENTICATED', 'The token is not valid.');
  }
}

export function issueToken(rules: TokenRules, world: World, agent: Agent): Promise<string> {
  const now = Math.floor(world.now().getTime() / 1000);
  return new SignJWT({ tenant: agent.tenantId, role: agent.role, name: agent.name })
    .setProtectedHeader({ alg: ALGORITHM })
    .setSubject(agent.id)
    .setIssuer(rules.issuer)
    .setAudience(rules.audience)
    .setIssuedAt(now)
    .setExpirationTime(now + LIFE)
    .sign(rules.secret);
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 200 && !value.includes('\0');
}
