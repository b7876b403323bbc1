/**
 * drizzle-kit looks for drizzle-orm beside itself, and npm may keep the one in the workspace's root and the other in the
 * workspace. This lets it look here. Used by `npm run migrations` only.
 */
import { register } from 'node:module';

const hook = `export const resolve = (name, context, next) =>
  next(name, /^drizzle-orm(\\/|$)/.test(name) ? { ...context, parentURL: ${JSON.stringify(import.meta.url)} } : context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
