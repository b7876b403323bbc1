/** Structured logs, without message bodies and tokens: to stderr, so that the line with the address stands alone. */
import { pino, type Logger } from 'pino';
import pretty from 'pino-pretty';

export function createLog(level: string): Logger {
  const stream = process.stderr.isTTY ? pretty({ destination: 2, sync: true }) : pino.destination(2);
  return pino({ level, base: undefined, serializers: { err: faultOf } }, stream);
}

/** A failed query's own error repeats its parameters, which are what people wrote. Only its cause is told. */
export function faultOf(error: unknown): unknown {
  let innermost = error;
  while (innermost instanceof Error && innermost.cause instanceof Error) innermost = innermost.cause;
  if (!(innermost instanceof Error)) return { message: 'something that is no error was thrown' };
  const { code } = innermost as { code?: unknown };
  const frames = innermost.stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 12);
  return {
    name: innermost.name,
    message: innermost.message.split('\n')[0]!.slice(0, 300),
    code,
    stack: frames?.join('\n'),
  };
}
