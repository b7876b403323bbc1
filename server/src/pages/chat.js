// The demo's frame: who signs in, and around the inbox the things only a demo needs. No library, no templates: the page
// runs under a policy that allows neither inline code nor HTML from text.
const KEPT_AGENT = 'crm-demo-agent';
const main = document.getElementById('main');
const bar = document.getElementById('bar');

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

async function json(path, body) {
  const options = body && {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  const answer = await fetch(path, options || {});
  const content = await answer.json();
  if (!answer.ok)
    throw Object.assign(new Error(content.error?.message ?? 'The server refused.'), { status: answer.status });
  return content;
}

const initials = (name) =>
  name
    .split(' ')
    .map((part) => part[0])
    .join('')
    .slice(0, 2);

/** The agent of this tab: two tabs can be two agents. */
function keptAgent() {
  const url = new URL(location.href);
  const asked = url.searchParams.get('agent');
  if (asked) {
    sessionStorage.setItem(KEPT_AGENT, asked);
    url.searchParams.delete('agent');
    history.replaceState(history.state, '', url);
  }
  return asked ?? sessionStorage.getItem(KEPT_AGENT);
}

async function showDoor(words) {
  bar.hidden = true;
  document.title = 'Sign in · Northlight Studio';
  const list = element('ul', { className: 'people' });
  const card = element(
    'div',
    { className: 'door-card' },
    element('h1', { textContent: 'Northlight Studio' }),
    element('p', { textContent: words ?? 'Choose who you are today. Open a second tab to be a second agent.' }),
    list,
  );
  main.replaceChildren(element('div', { className: 'door' }, card));
  const { agents } = await json('/api/demo/agents');
  list.replaceChildren(
    ...agents.map(({ id, name, role }) => {
      const button = element(
        'button',
        { type: 'button', className: 'person' },
        element('span', { className: 'avatar', ariaHidden: 'true', textContent: initials(name) }),
        element('span', {}, element('b', { textContent: name }), element('small', { textContent: role })),
      );
      button.addEventListener('click', () => {
        sessionStorage.setItem(KEPT_AGENT, id);
        void start();
      });
      return element('li', {}, button);
    }),
  );
}

async function showInbox(agent, firstToken) {
  document.title = 'Inbox · Northlight Studio';
  document.getElementById('who').textContent = `signed in as ${agent.name}`;
  bar.hidden = false;
  await import('/lib/crm-chat.bundle.js');
  const chat = document.createElement('crm-chat');
  chat.setAttribute('server-url', '');
  chat.setAttribute('routing', 'path');
  chat.setAttribute('base', '/chat');
  // A token lives for minutes; the inbox asks for one whenever it connects.
  let ready = firstToken;
  chat.token = async () => {
    const token = ready ?? (await json('/api/demo/sign-in', { agentId: agent.id })).token;
    ready = undefined;
    return token;
  };
  dress(chat);
  main.replaceChildren(chat);
}

async function start() {
  const agentId = keptAgent();
  if (!agentId) return showDoor();
  try {
    const { token, agent } = await json('/api/demo/sign-in', { agentId });
    await showInbox(agent, token);
  } catch (error) {
    if (error.status !== 404) throw error;
    sessionStorage.removeItem(KEPT_AGENT);
    await showDoor('That agent is not in this demo. Choose one of these.');
  }
}

/** Theme and density, kept for the next visit. */
function dress(chat) {
  for (const name of ['theme', 'density']) {
    const select = document.getElementById(name);
    const apply = () => {
      if (name === 'theme') document.documentElement.dataset.theme = select.value;
      if (!chat) return;
      if (select.value) chat.setAttribute(name, select.value);
      else chat.removeAttribute(name);
    };
    select.value = localStorage.getItem(`crm-demo-${name}`) ?? '';
    select.onchange = () => {
      localStorage.setItem(`crm-demo-${name}`, select.value);
      apply();
    };
    apply();
  }
}

function showTrouble(error) {
  console.error(error);
  const again = element('button', { type: 'button', className: 'person', textContent: 'Try again' });
  again.addEventListener('click', () => location.reload());
  const words =
    error instanceof TypeError && /import|module/i.test(error.message)
      ? 'The library is not built yet. Run “npm run build” and try again.'
      : 'The server did not answer. Nothing was lost.';
  const card = element('div', { className: 'door-card' }, element('p', { textContent: words, role: 'alert' }), again);
  main.replaceChildren(element('div', { className: 'door' }, card));
}

document.getElementById('switch').addEventListener('click', async () => {
  // What the browser keeps for this agent goes as well.
  await document.querySelector('crm-chat')?.chat?.reset();
  sessionStorage.removeItem(KEPT_AGENT);
  // The page begins anew, so that nothing of the one agent is left for the other.
  location.assign('/chat');
});
dress();
start().catch(showTrouble);
