import type { ChatMessage } from '../contract/index.js';

/** An e-mail as mail programs send them: a table or two, a picture from outside, and what it answers at its end. */
export const DEMO_EMAIL: Partial<ChatMessage> = {
  content:
    'Dear Marta, thank you for the estimate. Our architect has drawn the plan; the exact wall lengths are on page 2. ' +
    'The fridge can move if it helps.\n\nBest, Camila\n\nOn Mon, Marta Reis wrote:\n> I put a first estimate together.',
  messageType: 'email',
  metadata: {
    subject: 'Re: Quote Q-2041, oak kitchen',
    from: 'camila@example.com',
    to: 'hello@northlight.example',
    cc: 'rui@almeida.example',
    html:
      '<p>Dear Marta,</p><p>thank you for the estimate. Our architect has drawn <b>the plan</b>; the exact wall lengths are on ' +
      'page&nbsp;2:</p><table border="1"><tr><th>Wall</th><th>Length</th></tr><tr><td>North</td><td>4.18 m</td></tr>' +
      '<tr><td>East</td><td>3.10 m</td></tr></table><p>The fridge can move if it helps. His work is at ' +
      '<a href="https://almeida.example/work">almeida.example</a>.</p><p>Best, Camila</p>' +
      '<img src="https://pixel.example/logo.png" width="120" height="40" alt="Almeida Arquitetos">' +
      '<div class="gmail_quote"><p>On Mon, Marta Reis wrote:</p><blockquote>I put a first estimate together. Oak fronts are ' +
      'included, the stone is priced as an option.</blockquote></div>',
    attachments: [{ name: 'floor-plan-rev3.pdf', size: 655_360, type: 'application/pdf' }],
  },
};
