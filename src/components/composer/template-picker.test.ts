import { expect } from '@open-wc/testing';
import type { Features, Template } from '../../contract/index.js';
import { stage, type Stage } from '../chat-messages/stage.js';
import type { CrmMessageSendEvent } from '../events.js';

const READY: Features = { agents: {}, internal_notes: true, templates: true };
const template = (id: string, language: string, body: string, variables: string[], extra = {}): Template => ({
  id,
  name: id,
  platform: 'whatsapp',
  language,
  body,
  variables,
  ...extra,
});
const TEMPLATES = [
  template('follow_up', 'en', 'Hello {{name}}, about {{subject}}: may we write?', ['name', 'subject'], {
    footer: 'Studio',
  }),
  template('visit', 'en', 'We come on {{1}}.', ['1']),
  template('thanks', 'pt', 'Obrigado!', []),
];
const CLOSED = { replyWindowEndsAt: new Date(0).toISOString() };
interface Sent {
  content: string;
  messageType: string;
  metadata: { templateId?: string; variables?: Record<string, string> };
}
const sent = ({ desk }: Stage) => desk.asks('send_message') as unknown as Sent[];

async function room(templates: readonly Template[] = TEMPLATES, conversation = {}): Promise<Stage> {
  return stage({ features: READY, conversation, history: (desk) => void desk.books.templates.push(...templates) });
}
async function opened(made: Stage): Promise<Stage> {
  const button = made.all('[part~=choose-template]')[0] ?? made.one('[data-action=template]');
  button.focus();
  button.click();
  await made.drawn();
  return made;
}
const active = (made: Stage) => made.panel.shadowRoot!.activeElement as HTMLElement;
const names = (made: Stage) => made.all('.pop [role=option] b').map((one) => one.textContent);
async function press(made: Stage, key: string): Promise<void> {
  made.press(key);
  await made.drawn();
}
async function fill(made: Stage, input: HTMLInputElement, value: string): Promise<void> {
  input.value = value;
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));
  await made.drawn();
}
const fields = (made: Stage) => made.all<HTMLInputElement>('.pop form input');

describe('composer: templates', () => {
  it('stand in the closed window, are found, filled in, looked at and sent', async () => {
    const made = await opened(await room(TEMPLATES, CLOSED));
    expect(names(made)).to.deep.equal(['follow up', 'visit', 'thanks']);
    const find = made.one<HTMLInputElement>('.pop [role=combobox]');
    expect(active(made) === find, 'the field has the focus').to.equal(true);
    const hint = getComputedStyle(find, '::placeholder').color;
    expect(hint, 'the browser’s own is too pale').not.to.equal('rgb(117, 117, 117)');
    await fill(made, find, 'write');
    expect(names(made)).to.deep.equal(['follow up']);
    await press(made, 'Enter');
    const [name, subject] = fields(made);
    expect(name!.value, 'what is known is filled in').to.equal('Camila Ferreira');
    expect(active(made) === subject, 'the first empty one has the focus').to.equal(true);
    expect(made.one('.pop [part=preview]')).to.contain.text('Hello Camila Ferreira, about {{subject}}: may we write?');
    await fill(made, subject!, 'the kitchen');
    made.one('.pop [type=submit]').click();
    await made.drawn();
    const [message] = sent(made);
    expect(message!.content).to.equal('Hello Camila Ferreira, about the kitchen: may we write?\n\nStudio');
    expect(message!.messageType).to.equal('text');
    expect(message!.metadata.templateId).to.equal('follow_up');
    expect(message!.metadata.variables).to.deep.equal({ name: 'Camila Ferreira', subject: 'the kitchen' });
    expect(made.all('.pop')).to.have.length(0);
    expect(made.row('Hello Camila Ferreira')).to.contain.text('Sent');
    expect(active(made)).to.have.attribute('part', 'choose-template');
  });

  it('are walked through with the arrows, and Escape goes back one step at a time', async () => {
    const made = await opened(await room());
    await press(made, 'ArrowDown');
    const id = active(made).getAttribute('aria-activedescendant');
    expect(made.one(`#${id}`)).to.have.attribute('aria-selected', 'true');
    expect(made.one(`#${id} b`)).to.have.text('visit');
    await press(made, 'Enter');
    expect(made.one('.pop label bdi')).to.have.text('Value 1');
    await press(made, 'Escape');
    expect(names(made)).to.have.length(3);
    await press(made, 'Escape');
    expect(made.all('.pop')).to.have.length(0);
    expect(active(made)).to.have.attribute('data-action', 'template');
  });

  it('wait for every value, and say which one is needed', async () => {
    const made = await opened(await room());
    made.all('.pop [role=option]')[1]!.click();
    await made.drawn();
    const [value] = fields(made);
    expect(value).to.have.attribute('aria-invalid', 'false');
    made.one('.pop [type=submit]').click();
    await made.drawn();
    expect(sent(made)).to.deep.equal([]);
    expect(value).to.have.attribute('aria-invalid', 'true');
    expect(made.one(`#${value!.getAttribute('aria-describedby')}`)).to.contain.text('This value is needed');
    expect(active(made) === value, 'it has the focus').to.equal(true);
  });

  it('keep the words that were being written, and may be taken over by the host', async () => {
    const made = await room();
    made.write('half a sentence');
    await opened(made);
    made.all('.pop [role=option]')[2]!.click();
    await made.drawn();
    let told: CrmMessageSendEvent | undefined;
    const take = (event: Event) => {
      told = event as CrmMessageSendEvent;
      event.preventDefault();
    };
    made.panel.addEventListener('crm-message-send', take, { once: true });
    made.one('.pop [type=submit]').click();
    await made.drawn();
    expect(sent(made)).to.deep.equal([]);
    expect(told?.detail.metadata).to.deep.equal({ templateId: 'thanks', variables: {} });
    expect(made.field.value).to.equal('half a sentence');
  });

  it('say when there are none, and when they did not load, with a way on', async () => {
    const none = await opened(await room([]));
    expect(none.one('.pop')).to.contain.text('There is no approved template for this channel.');
    const made = await room();
    made.desk.failNext('load_templates', 'INTERNAL');
    await opened(made);
    const alert = made.one('.pop [role=alert]');
    expect(alert).to.contain.text('Templates did not load.');
    alert.querySelector('button')!.click();
    await made.drawn();
    expect(names(made)).to.have.length(3);
  });

  it('come first in the language of the contact', async () => {
    const made = await room();
    made.desk.updateContact('prospect-1', { language: 'pt' });
    await made.drawn();
    await opened(made);
    expect(names(made)[0]).to.equal('thanks');
  });

  it('are not offered where the server has none, or the channel asks for none', async () => {
    const without = await stage({ features: { internal_notes: true }, conversation: CLOSED });
    expect(without.all('[part~=choose-template]')).to.have.length(0);
    const sms = await stage({ features: READY, conversation: { platform: 'sms' } });
    expect(sms.all('[data-action=template]')).to.have.length(0);
  });

  it('are the way on when the server says that the window is closed; what was written is kept', async () => {
    const made = await room();
    made.desk.failNext('send_message', 'WINDOW_CLOSED');
    made.write('too late');
    made.press('Enter');
    made.write('and one more thing');
    await made.drawn();
    expect(made.all('textarea')).to.have.length(0);
    expect(made.one('[part~=choose-template]')).to.exist;
    expect(made.row('too late')).to.contain.text('Retry');
    expect(made.store.thread(made.id).$draft.get()).to.equal('and one more thing');
    await opened(made);
    made.all('.pop [role=option]')[2]!.click();
    await made.drawn();
    made.one('.pop [type=submit]').click();
    await made.drawn();
    expect(sent(made).at(-1)!.metadata.templateId).to.equal('thanks');
    await made.say('I am back');
    expect(made.field.value).to.equal('and one more thing');
  });
});
