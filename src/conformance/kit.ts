/**
 * The conformance kit: what a back-end author runs against their own server, to see which level it reaches, case by case
 * what it keeps, and what the elements will hide or do without.
 */
import type { Features } from '../contract/index.js';
import { uuidV7 } from '../transport/uuid.js';
import type { Transport } from '../transport/index.js';
import { CASES } from './cases.js';
import { Line } from './line.js';
import type { Trial } from './trial.js';

export interface ConformanceOptions {
  /** Opens a new connection each time; two are used at once, for the same agent. */
  connect: () => Transport;
  /** May test messages and notes be written? Default true. Without it the cases that write are skipped. */
  writes?: boolean;
  /** Where test messages go. Default: the first conversation of the list. */
  conversationId?: string;
  /** Milliseconds to wait for an ack. Default 8000, as the elements do. */
  ackMs?: number;
  /** Milliseconds to wait for an event that must come. Default 8000. */
  eventMs?: number;
  /** Milliseconds to wait for a connection. Default 15,000. */
  connectMs?: number;
  /** Called after each case. */
  onCase?: (outcome: CaseOutcome) => void;
}

export interface CaseOutcome {
  id: string;
  level: 0 | 1 | 2;
  title: string;
  verdict: 'passed' | 'failed' | 'skipped';
  /** What is wrong, or why it could not be tried. */
  detail?: string;
  /** Where it failed: what the agent does without. */
  without?: string;
}

export interface ConformanceReport {
  /** How the elements will treat this server; undefined: it could not be reached. */
  level: 0 | 1 | 2 | undefined;
  /** The highest level of which every case that was tried is kept, with those below it. */
  kept: 0 | 1 | 2 | undefined;
  cases: CaseOutcome[];
  passed: number;
  failed: number;
  skipped: number;
  /** Extensions that are not announced, and what the elements hide because of it. */
  hidden: { feature: string; hides: string }[];
}

/** What is not there without its announcement. */
const HIDDEN: Readonly<Record<string, string>> = {
  typing: 'that this agent is typing is told to nobody',
  conversations: 'assigning, closing, tagging and snoozing',
  agents: 'colleagues, who has a conversation open, and the warning that somebody else is answering',
  search: 'search in messages (names and loaded messages are still found)',
  clients: 'editing a client, quotes, and editing or deleting notes',
  uploads: 'attachments and voice messages',
  templates: 'templates, also as the way out of a closed reply window',
  quick_replies: 'quick replies',
  internal_notes: 'internal notes in the conversation',
  drafts: 'drafts on the agent’s other devices',
  push: 'notifications while no page is open',
};

export async function checkConformance(options: ConformanceOptions): Promise<ConformanceReport> {
  const { connect, writes = true, ackMs = 8000, eventMs = 8000, connectMs = 15_000 } = options;
  const timing = { ackMs, eventMs, connectMs };
  const [a, b] = [new Line(connect(), timing), new Line(connect(), timing)];
  const cases: CaseOutcome[] = [];
  const note = (outcome: CaseOutcome) => {
    cases.push(outcome);
    options.onCase?.(outcome);
  };
  try {
    for (const line of [a, b]) {
      const { ok, reason } = await line.connected();
      if (ok) continue;
      note({
        id: 'connect',
        level: 0,
        title: 'a connection is taken',
        verdict: 'failed',
        detail: reason,
        without: 'Everything.',
      });
      return summary(cases, undefined, {});
    }
    note({ id: 'connect', level: 0, title: 'a connection is taken', verdict: 'passed' });
    const trial = await begin(a, b, options);
    const level = trial.sync ? 2 : trial.list.by === 'ack' ? 1 : 0;
    for (const one of CASES) {
      const { id, title, without } = one;
      const about = { id, level: one.level, title };
      if (one.writes && (!writes || trial.conversationId === undefined)) {
        note({ ...about, verdict: 'skipped', detail: writes ? 'there is no conversation' : 'nothing may be written' });
        continue;
      }
      // Nobody expects numbers of a server that announces none: one line says so, and the rest is not tried.
      if (one.level > level && id !== 'acks' && id !== 'sync') {
        note({ ...about, verdict: 'skipped', detail: `a level ${level} server`, without });
        continue;
      }
      const words = await one.check(trial).catch((error: unknown) => String(error));
      if (words === undefined) note({ ...about, verdict: 'passed' });
      else if (words.startsWith('skip:')) note({ ...about, verdict: 'skipped', detail: words.slice(5) });
      else note({ ...about, verdict: 'failed', detail: words, without });
    }
    return summary(cases, level, trial.features);
  } finally {
    a.close();
    b.close();
  }
}

async function begin(a: Line, b: Line, options: ConformanceOptions): Promise<Trial> {
  // Without a payload, as servers in the field know it.
  const list = await a.ask('load_conversations');
  const conversations = Array.isArray(list.data.conversations)
    ? (list.data.conversations as Record<string, unknown>[])
    : [];
  const first = conversations[0]?.id;
  const conversationId = options.conversationId ?? (typeof first === 'string' ? first : undefined);
  return {
    a,
    b,
    list,
    sync: list.sync,
    features: list.sync?.features ?? {},
    conversations,
    conversationId,
    clients: [],
    uuid: () => uuidV7(Date.now()),
    now: () => new Date().toISOString(),
  };
}

function summary(cases: CaseOutcome[], level: ConformanceReport['level'], features: Features): ConformanceReport {
  const count = (verdict: CaseOutcome['verdict']) => cases.filter((one) => one.verdict === verdict).length;
  const keeps = (wanted: 0 | 1 | 2) => cases.every((one) => one.level > wanted || one.verdict !== 'failed');
  const kept = ([2, 1, 0] as const).find((wanted) => level !== undefined && wanted <= level && keeps(wanted));
  const hidden = Object.entries(HIDDEN)
    .filter(([feature]) => !features[feature as keyof Features])
    .map(([feature, hides]) => ({ feature, hides }));
  return {
    level,
    kept,
    cases,
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    hidden,
  };
}

const SIGN: Readonly<Record<CaseOutcome['verdict'], string>> = { passed: '✔', failed: '✘', skipped: '–' };
const PROMISE = [
  'at most once: an uncertain message is asked about, never silently repeated',
  'at least once: doubled only if the server stores twice',
  'effectively once, in order, without gaps',
] as const;

/** The report as plain text; the last line is the verdict. */
export function describeReport(report: ConformanceReport): string {
  const lines: string[] = [];
  for (const { level, title, verdict, detail, without } of report.cases) {
    lines.push(`${SIGN[verdict]} L${level} ${title}${detail ? ` (${detail})` : ''}`);
    if (verdict === 'failed' && without) lines.push(`     without it: ${without}`);
  }
  if (report.level !== undefined && report.hidden.length > 0) {
    lines.push('', 'Not announced, and therefore hidden:');
    for (const { feature, hides } of report.hidden) lines.push(`  ${feature}: ${hides}`);
  }
  const counts = `${report.passed} passed, ${report.failed} failed, ${report.skipped} skipped`;
  const verdict =
    report.level === undefined
      ? 'could not be reached'
      : `level ${report.level} (${PROMISE[report.level]})${report.kept === report.level ? '' : `, but not all of it is kept`}`;
  lines.push('', `conformance: ${counts}: ${verdict}`);
  return lines.join('\n');
}
