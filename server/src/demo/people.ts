/** Who is in the demo: the studio and its four agents. */
import type { Agent } from '../access.js';

export const DEMO_TENANT = 'northlight';
export const DEMO_TENANT_NAME = 'Northlight Studio';

export const DEMO_AGENTS: readonly Agent[] = [
  { tenantId: DEMO_TENANT, id: 'marta', name: 'Marta Reis', role: 'supervisor' },
  { tenantId: DEMO_TENANT, id: 'tomas', name: 'Tomás Lind', role: 'agent' },
  { tenantId: DEMO_TENANT, id: 'ines', name: 'Inês Duarte', role: 'agent' },
  { tenantId: DEMO_TENANT, id: 'jonas', name: 'Jonas Falk', role: 'agent' },
];
