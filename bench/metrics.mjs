/**
 * What is measured and what is promised. `measure` runs on one subject's fresh page and returns figures; each goal reads
 * them, beside those of the limit in the same round. `plant` names the slowness (subjects/ours.js) that must make it miss.
 */

const told = (count) => count.toLocaleString('en');
/** So many loaded messages that whatever walks through all of them is found out. `full`: not in the quick run. */
const HUGE = 100_000;
/** The usual size is in an id without a number. */
const idOf = (name, count) => (count === HUGE ? `${name}-${count}` : name);
/** A frame more or less is chance: what is over in one is done so often. */
const TAKES = 5;
/** Subjects that can be asked more than once. */
const isQuick = (subject) => ['ours', 'limit', 'limit-minimal', 'tanstack-lit'].includes(subject);
const beside = (count) => (count === HUGE ? { subjects: ['ours', 'limit'], full: true } : { subjects: 'all' });

const open = (count) => ({
  id: `open-${count}`,
  title: `Open ${told(count)} known messages`,
  subjects: 'all',
  async measure(scene) {
    await scene.call('prepareOpen', { count });
    return scene.several(
      isQuick(scene.subject) ? TAKES : 1,
      () => scene.call('runOpen'),
      () => scene.call('leave'),
    );
  },
});

const prepend = (top, { news = 0, count = 10_000 } = {}) => ({
  id: `prepend-${top}${news ? '-busy' : ''}${count === 10_000 ? '' : `-${count}`}`,
  title: `History comes in above ${told(count)} messages, ${top === 0 ? 'at the very top' : `${top} px from the top`}${news ? ', while 100 messages a second arrive' : ''}`,
  subjects: news ? ['ours'] : ['ours', 'limit'],
  plant: 'drift',
  pages: news ? 1 : 3,
  async measure(scene) {
    await scene.call('preparePrepend', { count, top, news });
    return scene.measure(() => scene.call('runPrepend'));
  },
});

const giant = (id, title, one, length) => ({
  id: `giant-${id}`,
  title: `Open a conversation that ends with ${title}`,
  subjects: ['ours'],
  plant: 'giant',
  async measure(scene) {
    await scene.call('prepareGiant', { one, length });
    return scene.measure(() => scene.call('runGiant'));
  },
  goals: [noLongTask],
});

const atMostDrift = (what) => (ours) => {
  const worst = Math.max(Math.abs(ours.driftFirst ?? Infinity), Math.abs(ours.driftSettled ?? Infinity));
  return { figure: worst, unit: 'px', limit: 0.5, what };
};
const ratio =
  (field, limit, what = field) =>
  (ours, theirs) => ({
    figure: ours[field] / theirs[field],
    unit: '×',
    limit,
    what,
  });
const noLongTask = (ours) => ({ figure: ours.longestTask, unit: 'ms', limit: 50, what: 'longest task' });

const burst = (base) => ({
  id: idOf('burst', base),
  title: `A burst of 1,000 messages into ${told(base)}`,
  ...beside(base),
  plant: 'burst',
  async measure(scene) {
    await scene.call('prepareBurst', { base, count: 1000 });
    return scene.measure(() => scene.call('runBurst'));
  },
  goals: [ratio('task', 0.2, 'main thread beside inserting one by one'), noLongTask],
});

const stream = (base) => ({
  id: idOf('stream', base),
  title: `100 messages a second, for 4 s${base === HUGE ? `, into ${told(base)}` : ''}`,
  ...beside(base),
  plant: 'stream',
  async measure(scene) {
    await scene.call('prepareStream', { base, perSecond: 100, seconds: 4 });
    return scene.measure(() => scene.call('runStream', { perSecond: 100, seconds: 4 }));
  },
  goals: [
    ratio('task', 1.2, 'main thread'),
    (ours) => ({ figure: ours.dropped, unit: '', limit: 0, what: 'dropped frames' }),
    (ours) => ({ figure: ours.lag, unit: 'ms', limit: 34, what: 'lag at the end (one frame to draw, one to see it)' }),
    noLongTask,
  ],
});

const switching = (count) => ({
  id: idOf('switch', count),
  title: `Switch between two conversations of ${told(count)}`,
  ...beside(count),
  plant: 'switch',
  async measure(scene) {
    await scene.call('prepareSwitch', { count });
    const figures = await scene.several(
      isQuick(scene.subject) ? TAKES : 1,
      () => scene.call('runSwitch'),
      () => {},
    );
    const place = scene.subject === 'ours' ? await scene.call('readingPosition') : {};
    return { ...figures, ...place };
  },
  goals: [
    ratio('task', 1.3, 'main thread'),
    (ours) => ({ figure: Math.abs(ours.moved ?? Infinity), unit: 'px', limit: 1, what: 'reading position moved' }),
  ],
});

const typing = (base) => ({
  id: idOf('typing', base),
  title: `Typing while 50 messages a second arrive${base === HUGE ? ` into ${told(base)}` : ''}: key to paint`,
  ...beside(base),
  subjects: ['ours', 'limit'],
  plant: 'typing',
  async measure(scene) {
    const ask = { base, perSecond: 50, seconds: 4 };
    await scene.call('prepareTyping', ask);
    return scene.measure(async () => {
      await scene.call('startTyping', ask);
      for (let key = 0; key < 40; key++) {
        await scene.page.keyboard.press('abcdefghij'[key % 10]);
        await new Promise((resolve) => setTimeout(resolve, 60 + (key % 7) * 5));
      }
      const took = (await scene.call('typed')).sort((a, b) => a - b);
      return { p50: took[Math.floor(took.length / 2)], p95: took[Math.floor(took.length * 0.95)], most: took.at(-1) };
    });
  },
  goals: [
    ratio('p95', 1.15, '95th percentile'),
    (ours) => ({ figure: ours.most, unit: 'ms', limit: 50, what: 'slowest key' }),
  ],
});

export const metrics = [
  ...[50, 1000, 10_000].map((count) => ({
    ...open(count),
    plant: 'open',
    goals: [ratio('task', 1.3, 'main thread'), ratio('wall', 1.15, 'to paint')],
  })),
  {
    ...open(100_000),
    plant: 'open-100000',
    goals: [
      ratio('task', 1.5, 'main thread'),
      (ours, _theirs, all) => ({
        figure: ours.task / all['open-1000'].ours.task,
        unit: '×',
        limit: 1.1,
        what: 'main thread beside our own 1,000',
      }),
    ],
  },
  giant('text', 'a text of 1 MB', 'lorem ipsum dolor ', 1_000_000),
  giant('links', '10,000 links', 'https://a.example/page ', 230_000),
  giant('marks', 'marks nested 100,000 deep', '*_~', 300_000),
  giant('turned', '1 MB that turns its direction', '\u202E\u2067abc ', 1_000_000),
  ...[1000, HUGE].map(burst),
  ...[1000, HUGE].map(stream),
  ...[120, 0].map((top) => ({
    ...prepend(top),
    goals: [atMostDrift('drift'), ratio('wall', 1.2, 'to the frame that shows it')],
  })),
  { ...prepend(120, { news: 150 }), goals: [atMostDrift('drift')] },
  {
    ...prepend(120, { count: HUGE }),
    full: true,
    goals: [atMostDrift('drift'), ratio('wall', 1.2, 'to the frame that shows it')],
  },
  ...[1000, HUGE].map(switching),
  ...[1000, HUGE].map(typing),
  {
    id: 'list',
    title: 'Show a list of 10,000 conversations',
    subjects: ['ours', 'limit'],
    plant: 'list',
    async measure(scene) {
      await scene.call('prepareList', { count: 10_000 });
      return scene.measure(() => scene.call('runList'));
    },
    goals: [ratio('wall', 1.2, 'to paint')],
  },
  {
    id: 'bump',
    title: 'One of 10,000 conversations comes to the top',
    subjects: ['ours', 'limit'],
    plant: 'bump',
    async measure(scene) {
      await scene.call('prepareBump', { count: 10_000 });
      return scene.measure(() => scene.call('runBump', { index: 5 }));
    },
    goals: [
      ratio('task', 1.2, 'main thread'),
      (ours) => ({ figure: ours.rowsChanged, unit: '', limit: 1, what: 'rows drawn' }),
    ],
  },
  {
    id: 'heap',
    title: 'Memory of 10,000 messages that nobody looks at',
    subjects: ['ours', 'limit'],
    plant: 'heap',
    async measure(scene) {
      const empty = await scene.heap();
      await scene.call('keep', { count: 10_000 });
      return { grown: (await scene.heap()) - empty };
    },
    goals: [
      (ours, theirs) => ({
        figure: (ours.grown - theirs.grown) / 10_000,
        unit: 'bytes',
        limit: 100,
        what: 'a message, beyond the message itself',
      }),
      (ours, theirs) => ({
        figure: (ours.grown - theirs.grown) / 1e6,
        unit: 'MB',
        limit: 3,
        what: 'beyond the messages',
      }),
    ],
  },
  {
    id: 'nodes',
    title: 'Nodes in the messages panel, 10,000 messages open',
    subjects: ['ours', 'limit'],
    plant: '',
    async measure(scene) {
      await scene.call('prepareOpen', { count: 10_000 });
      await scene.call('runOpen');
      return { nodes: await scene.call('nodes') };
    },
    goals: [ratio('nodes', 1.5, 'nodes')],
  },
  {
    id: 'day',
    title: 'Eight hours of an agent: 200 conversations, 6,000 messages, 400 switches, 40 lost connections',
    subjects: ['ours'],
    slow: true,
    plant: 'day',
    limitMs: 600_000,
    async measure(scene) {
      const steps = 6000;
      await scene.call('prepareDay', {
        conversations: 200,
        messageBudget: 4000,
        every: { switch: steps / 400, cut: steps / 40 },
      });
      // Half an hour of eight is the sixteenth part.
      await scene.call('work', { from: 0, to: steps / 16 });
      const early = { heap: await scene.heap(), ...(await scene.domCounters()) };
      await scene.call('work', { from: steps / 16, to: steps });
      const late = { heap: await scene.heap(), ...(await scene.domCounters()) };
      return { early, late };
    },
    goals: [
      ({ early, late }) => ({
        figure: (late.heap / early.heap - 1) * 100,
        unit: '%',
        limit: 10,
        what: 'heap over minute 30',
      }),
      ({ early, late }) => ({
        figure: (late.nodes / early.nodes - 1) * 100,
        unit: '%',
        limit: 5,
        what: 'nodes over minute 30',
      }),
      ({ early, late }) => ({
        figure: late.jsEventListeners - early.jsEventListeners,
        unit: '',
        limit: 5,
        what: 'listeners more',
      }),
    ],
  },
];
