/** An agent's socket with as little around it as possible: ten thousand of them must fit into the load's own process. */
import WebSocket from 'ws';

export class Line {
  #acks = new Map();
  #next = 0;
  events = 0;
  onEvent = () => {};

  constructor(url, token) {
    this.url = url;
    this.token = token;
  }

  open() {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(`${this.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
        perMessageDeflate: false,
      });
      this.socket = socket;
      socket.on('error', reject);
      socket.on('close', () => {
        for (const ack of this.#acks.values()) ack(undefined);
        this.#acks.clear();
      });
      socket.on('message', (data) => {
        const text = data.toString();
        if (text === '2') socket.send('3');
        else if (text.startsWith('0')) {
          socket.send(`40${JSON.stringify({ token: this.token, crm: { v: 1, deviceId: 'bench', tabId: 'bench' } })}`);
        } else if (text.startsWith('40')) resolve(this);
        else if (text.startsWith('44')) reject(new Error(text));
        else if (text.startsWith('43')) {
          const [, id, body] = /^43(\d+)(.*)$/s.exec(text);
          const ack = this.#acks.get(Number(id));
          this.#acks.delete(Number(id));
          ack?.(JSON.parse(body)[0]);
        } else if (text.startsWith('42')) {
          this.events++;
          this.onEvent(text);
        }
      });
    });
  }

  /** The answer, or undefined when the connection went first. */
  ask(name, payload) {
    const id = this.#next++;
    return new Promise((resolve) => {
      this.#acks.set(id, resolve);
      this.socket.send(`42${id}${JSON.stringify([name, payload])}`);
    });
  }

  cut() {
    this.socket.terminate();
  }
}
