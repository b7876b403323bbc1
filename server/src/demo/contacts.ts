/** The sixty contacts of the demo: one line each. */
import type { Platform } from '../../../src/contract/index.js';

export interface DemoContact {
  name: string | null;
  platform: Platform;
  identifier: string;
  language: string;
  location: string;
  timezone: string;
  source: string;
  tags: string[];
  /** Agent id; null: nobody has it. */
  assignedTo: string | null;
  company: string | null;
  client: boolean;
  bot: boolean;
  /** Unread messages at the end. */
  unread: number;
}

/** name | platform | identifier | language | location | time zone | source | tags | assignee | flags (client, bot, unread) | company */
const LINES = `
Camila Ferreira | whatsapp | +351 910 000 142 | pt | Cascais, Portugal | Europe/Lisbon | Instagram | Lead, Kitchen, Cascais | marta | 3
Oliver Bennett | email | oliver.bennett@example.com | en | Bristol, United Kingdom | Europe/London | Recommendation | Client, Invoices | tomas | client 1
Noor Haddad | instagram | @noor.haddad | en | Amsterdam, Netherlands | Europe/Amsterdam | Instagram | Lead, Wardrobe | ines |
Jonas Weber | sms | +49 151 5550 1188 | de | Hamburg, Germany | Europe/Berlin | Website | Client, Delivery | marta | client
Grace Okafor | facebook | grace.okafor.7 | en | Manchester, United Kingdom | Europe/London | Facebook | Showroom | | bot
 | sms | +44 7700 900142 | en | United Kingdom | Europe/London | Phone | | | 2
Lucía Romero | whatsapp | +34 600 555 019 | es | Valencia, Spain | Europe/Madrid | Recommendation | Client, Warranty | ines | client
Atelier Brandt & Söhne Innenarchitektur | email | studio@brandt-soehne.example | de | Munich, Germany | Europe/Berlin | Partner | Partner | marta | client | Atelier Brandt & Söhne
Priya Raman | whatsapp | +44 7700 900311 | en | Leeds, United Kingdom | Europe/London | Website | Lead | ines | 104
Kenji Mori | telegram | @kenji_mori | ja | Düsseldorf, Germany | Europe/Berlin | Recommendation | Client, Fitting | tomas | client
Amélie Laurent | instagram | @amelie.laurent | fr | Lyon, France | Europe/Paris | Instagram | Client | marta | client
Samuel Osei | facebook | samuel.osei.92 | en | Accra, Ghana | Africa/Accra | Facebook | Lead | marta |
Layla Al-Masri | whatsapp | +971 50 555 0133 | ar | Dubai, United Arab Emirates | Asia/Dubai | Instagram | Lead, Kitchen | marta | 2
佐藤 美咲 | email | misaki.sato@example.jp | ja | Tokyo, Japan | Asia/Tokyo | Website | Lead, Kitchen | ines | 1
Henrik Dahl | sms | +46 70 555 01 21 | sv | Malmö, Sweden | Europe/Stockholm | Recommendation | Client, Fitting | tomas | client
Giulia Conti | whatsapp | +39 320 555 0199 | it | Milan, Italy | Europe/Rome | Instagram | Lead, Worktop | jonas |
Youssef Benali | telegram | @ybenali | fr | Casablanca, Morocco | Africa/Casablanca | Website | Lead | | 1
Hannah Schmitt | email | hannah.schmitt@example.de | de | Cologne, Germany | Europe/Berlin | Fair | Client, Invoices | jonas | client
Tiago Moura | instagram | @tiagomoura | pt | Porto, Portugal | Europe/Lisbon | Instagram | Lead, Kitchen | tomas |
 | whatsapp | +33 6 39 98 01 27 | fr | France | Europe/Paris | Website | Lead | | bot 1
Emma Lindqvist | facebook | emma.lindqvist | sv | Gothenburg, Sweden | Europe/Stockholm | Facebook | Client, Delivery | marta | client
أحمد الخطيب | whatsapp | +962 7 9555 0142 | ar | Amman, Jordan | Asia/Amman | Recommendation | Client, Kitchen | ines | client 1
Charlotte Hughes | email | c.hughes@example.co.uk | en | Oxford, United Kingdom | Europe/London | Website | Lead, Wardrobe | tomas |
Diego Fernández | telegram | @diegofdez | es | Madrid, Spain | Europe/Madrid | Website | Lead | jonas | bot
Ingrid Nilsen | sms | +47 400 55 112 | en | Bergen, Norway | Europe/Oslo | Phone | Client, Warranty | marta | client
Marco Bianchi | whatsapp | +39 347 555 0142 | it | Turin, Italy | Europe/Rome | Recommendation | Client, Fitting | jonas | client
Sofía Navarro | instagram | @sofianavarro.casa | es | Seville, Spain | Europe/Madrid | Instagram | Lead, Kitchen | ines | 1
山本 健太 | telegram | @kenta_y | ja | Osaka, Japan | Asia/Tokyo | Website | Lead | tomas |
Beatriz Santos | whatsapp | +351 960 000 187 | pt | Lisbon, Portugal | Europe/Lisbon | Recommendation | Client, Delivery | marta | client
Lukas Gruber | facebook | lukas.gruber.at | de | Graz, Austria | Europe/Vienna | Facebook | Lead, Worktop | jonas |
Fatima Zahra El Idrissi | instagram | @fatimazahra.deco | ar | Rabat, Morocco | Africa/Casablanca | Instagram | Lead | | bot 2
Thomas Keller | email | t.keller@example.ch | de | Zurich, Switzerland | Europe/Zurich | Fair | Client, Invoices | tomas | client
Aoife Murphy | whatsapp | +353 85 555 0110 | en | Cork, Ireland | Europe/Dublin | Website | Lead, Kitchen | marta |
 | sms | +34 699 555 043 | es | Spain | Europe/Madrid | Phone | | jonas |
Claire Moreau | facebook | claire.moreau.33 | fr | Bordeaux, France | Europe/Paris | Facebook | Client, Delivery | ines | client
Rafael Almeida | telegram | @rafa_almeida | pt | Braga, Portugal | Europe/Lisbon | Website | Lead | tomas |
Zainab Yusuf | whatsapp | +234 803 555 0147 | en | Lagos, Nigeria | Africa/Lagos | Instagram | Lead, Kitchen | jonas | 1
Elena Petrova | email | elena.petrova@example.bg | en | Sofia, Bulgaria | Europe/Sofia | Website | Lead, Wardrobe | ines |
Paul Richter | whatsapp | +49 160 5550 1203 | de | Leipzig, Germany | Europe/Berlin | Recommendation | Client, Kitchen | marta | client
Valentina Russo | instagram | @vale.russo.home | it | Bologna, Italy | Europe/Rome | Instagram | Lead, Showroom | tomas | bot
Anders Holm | sms | +45 20 55 01 77 | en | Aarhus, Denmark | Europe/Copenhagen | Phone | Client, Delivery | jonas | client
Inês Carvalho | facebook | ines.carvalho.arq | pt | Setúbal, Portugal | Europe/Lisbon | Facebook | Partner | marta |
Mohammed Al-Farsi | whatsapp | +968 9555 0118 | ar | Muscat, Oman | Asia/Muscat | Website | Client, Worktop | tomas | client
Julie Petit | email | julie.petit@example.fr | fr | Nantes, France | Europe/Paris | Website | Lead, Kitchen | jonas |
Daniel Novak | telegram | @dnovak | en | Ljubljana, Slovenia | Europe/Ljubljana | Recommendation | Lead | ines |
Carmen Ortiz | whatsapp | +34 611 555 072 | es | Bilbao, Spain | Europe/Madrid | Fair | Client, Invoices | tomas | client
Freja Sørensen | instagram | @freja.interior | en | Copenhagen, Denmark | Europe/Copenhagen | Instagram | Lead, Wardrobe | marta |
Nikolai Berg | facebook | nikolai.berg.12 | sv | Uppsala, Sweden | Europe/Stockholm | Facebook | Lead | ines |
Maria Schneider | sms | +43 660 5550 119 | de | Salzburg, Austria | Europe/Vienna | Phone | Client, Warranty | jonas | client
高橋 さくら | instagram | @sakura.kurashi | ja | London, United Kingdom | Europe/London | Instagram | Lead, Kitchen | tomas |
James Whitfield | whatsapp | +44 7700 900786 | en | York, United Kingdom | Europe/London | Recommendation | Client, Fitting | ines | client
Chiara De Luca | email | chiara.deluca@example.it | it | Naples, Italy | Europe/Rome | Website | Lead, Worktop | jonas |
Antoine Girard | whatsapp | +33 6 39 98 07 45 | fr | Lille, France | Europe/Paris | Website | Client, Kitchen | tomas | client
 | telegram | +49 152 5550 1466 | de | Germany | Europe/Berlin | Website | Lead | ines | bot
Rosa Jiménez | facebook | rosa.jimenez.9 | es | Granada, Spain | Europe/Madrid | Facebook | Lead, Showroom | jonas |
Sara Haugen | email | sara.haugen@example.no | en | Oslo, Norway | Europe/Oslo | Fair | Client, Delivery | ines | client
Pedro Vasconcelos | whatsapp | +351 930 000 155 | pt | Faro, Portugal | Europe/Lisbon | Recommendation | Client, Invoices | tomas | client
Mei Lin Tan | telegram | @meilin_tan | en | Singapore | Asia/Singapore | Website | Lead, Wardrobe | jonas |
خالد منصور | sms | +966 55 555 0174 | ar | Riyadh, Saudi Arabia | Asia/Riyadh | Phone | Client, Kitchen | ines | client
William Carter | email | will.carter@example.com | en | Bath, United Kingdom | Europe/London | Recommendation | Client, Warranty | tomas | bot client
`;

export const DEMO_CONTACTS: readonly DemoContact[] = LINES.trim().split('\n').map(readLine);

function readLine(line: string): DemoContact {
  const [name, platform, identifier, language, location, timezone, source, tags, assignedTo, flags, company] = line
    .split('|')
    .map((part) => part.trim());
  return {
    name: name || null,
    platform: platform!,
    identifier: identifier!,
    language: language!,
    location: location!,
    timezone: timezone!,
    source: source!,
    tags: tags ? tags.split(', ') : [],
    assignedTo: assignedTo || null,
    company: company || null,
    client: /\bclient\b/.test(flags ?? ''),
    bot: /\bbot\b/.test(flags ?? ''),
    unread: Number(/\d+/.exec(flags ?? '')?.[0] ?? 0),
  };
}
