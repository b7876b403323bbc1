import '@angular/compiler';
import 'crm-chat-elements';
import type { CrmConversationSelectEvent } from 'crm-chat-elements';
import {
  Component,
  computed,
  CUSTOM_ELEMENTS_SCHEMA,
  effect,
  inject,
  provideZonelessChangeDetection,
  signal,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { bootstrapApplication } from '@angular/platform-browser';
import {
  ActivatedRoute,
  provideRouter,
  Router,
  RouterLink,
  RouterOutlet,
  type Routes,
  withHashLocation,
} from '@angular/router';
import { inboxOf } from '../shared/inbox.js';

const marta = inboxOf('marta');
const tomas = inboxOf('tomas');
const dark = signal(false);
const campaigns = signal(0);
const sent = signal(0);
const open = signal<string | null>(null);

// CUSTOM_ELEMENTS_SCHEMA lets a template name elements that Angular has not made. It checks neither properties nor events
// of these, so give handlers the types from the package, as `select` below does.
@Component({
  selector: 'inbox-view',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <crm-chat-provider
      [store]="marta"
      [theme]="theme()"
      (crm-conversation-select)="select($event)"
      (crm-message-send)="count()"
    >
      <div class="inbox">
        <crm-conversation-list>
          <button slot="header" (click)="campaign()">New campaign</button>
        </crm-conversation-list>
        <crm-chat-messages></crm-chat-messages>
        <crm-client-panel></crm-client-panel>
      </div>
    </crm-chat-provider>
  `,
})
class InboxView {
  readonly marta = marta;
  readonly theme = computed(() => (dark() ? 'dark' : 'light'));
  readonly #router = inject(Router);
  readonly #params = toSignal(inject(ActivatedRoute).paramMap);

  constructor() {
    // The address decides what is open …
    effect(() => {
      const id = this.#params()?.get('id') ?? null;
      open.set(id);
      marta.setActiveConversation(id);
    });
  }

  // … and an agent's choice changes the address.
  select(event: CrmConversationSelectEvent): void {
    const id = event.detail.conversationId;
    void this.#router.navigate(id ? ['/inbox', id] : ['/inbox']);
  }

  count(): void {
    sent.update((before) => before + 1);
  }

  campaign(): void {
    campaigns.update((before) => before + 1);
  }
}

@Component({ selector: 'away-view', template: '' })
class AwayView {}

@Component({
  selector: 'two-view',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <div class="two">
      <crm-chat id="first" [store]="marta"></crm-chat>
      <crm-chat id="second" [store]="tomas" density="compact"></crm-chat>
    </div>
  `,
})
class TwoView {
  readonly marta = marta;
  readonly tomas = tomas;
}

@Component({
  selector: 'host-app',
  imports: [RouterLink, RouterOutlet],
  template: `
    <div class="host">
      <nav class="bar">
        <a routerLink="/inbox">Inbox</a> <a routerLink="/two">Two</a> <a routerLink="/away">Away</a>
        <button (click)="dark.set(!dark())">Dark</button>
        <output>open: {{ open() ?? 'none' }}, sent: {{ sent() }}, campaigns: {{ campaigns() }}</output>
      </nav>
      <main><router-outlet /></main>
    </div>
  `,
})
class HostApp {
  readonly dark = dark;
  readonly open = open;
  readonly sent = sent;
  readonly campaigns = campaigns;
}

const routes: Routes = [
  { path: 'inbox', component: InboxView },
  { path: 'inbox/:id', component: InboxView },
  { path: 'two', component: TwoView },
  { path: 'away', component: AwayView },
  { path: '**', redirectTo: 'inbox' },
];

void bootstrapApplication(HostApp, {
  providers: [provideZonelessChangeDetection(), provideRouter(routes, withHashLocation())],
});
