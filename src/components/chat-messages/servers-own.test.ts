import { expect } from '@open-wc/testing';
import { atom } from 'nanostores';
import type { Features } from '../../contract/index.js';
import { isServers } from './servers-own.js';

const known = (server?: string, endpoint?: string) => ({
  $server: atom(server),
  $features: atom<Features>(endpoint === undefined ? {} : { uploads: { endpoint, maxBytes: 1, types: [] } }),
});

describe('addresses of the server itself', () => {
  const CASES: [string, ReturnType<typeof known>, string, boolean][] = [
    ['where it was connected to', known('https://chat.example/socket'), 'https://chat.example/files/1', true],
    ['another port of it', known('https://chat.example/socket'), 'https://chat.example:8443/files/1', false],
    ['without encryption', known('https://chat.example/socket'), 'http://chat.example/files/1', false],
    ['a name that begins with its own', known('https://chat.example'), 'https://chat.example.evil.example/1', false],
    ['its name before an @', known('https://chat.example'), 'https://chat.example@evil.example/1', false],
    [
      'where it takes uploads',
      known('https://chat.example', 'https://files.example/up'),
      'https://files.example/1',
      true,
    ],
    ['uploads that it takes itself', known('https://chat.example', '/up'), 'https://chat.example/1', true],
    ['the page, when it is the server', known(), `${location.origin}/files/1`, true],
    ['the page, when the server is elsewhere', known('https://chat.example'), `${location.origin}/logout`, false],
    ['a stranger', known(), 'https://stranger.example/1', false],
    ['something that only the page knows', known(), `blob:${location.origin}/1-2-3`, false],
    ['data', known(), 'data:image/png;base64,AAAA', false],
    ['no address', known('https://chat.example', 'http://'), 'https://', false],
  ];
  for (const [name, store, address, is] of CASES)
    it(`${name}: ${is ? 'yes' : 'no'}`, () => expect(isServers(address, store)).to.equal(is));
});
