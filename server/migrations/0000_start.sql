CREATE TABLE "agents" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"avatar" text,
	CONSTRAINT "agents_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "chat_settings" (
	"tenant_id" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"rev" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "client_notes" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"client_id" text NOT NULL,
	"content" text NOT NULL,
	"author_id" text NOT NULL,
	"author_name" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "client_notes_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "client_quotes" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"client_id" text NOT NULL,
	"title" text NOT NULL,
	"amount" numeric(18, 3) NOT NULL,
	"currency" text NOT NULL,
	"status" text NOT NULL,
	"valid_until" timestamp (3) with time zone,
	"url" text,
	"number" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "client_quotes_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "clients" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"first_name" text NOT NULL,
	"last_name" text NOT NULL,
	"email" text NOT NULL,
	"phone" text NOT NULL,
	"company" text,
	"avatar" text,
	"status" text NOT NULL,
	"tags" text[] NOT NULL,
	"rev" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"changed_xid" bigint NOT NULL,
	CONSTRAINT "clients_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "conversations" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"prospect_id" text NOT NULL,
	"client_id" text,
	"platform" text NOT NULL,
	"status" text NOT NULL,
	"assigned_to" text,
	"tags" text[] NOT NULL,
	"subject" text,
	"bot_enabled" boolean,
	"last_activity" timestamp (3) with time zone NOT NULL,
	"last_seq" integer NOT NULL,
	"rev" integer NOT NULL,
	"read_seq" integer NOT NULL,
	"unread_count" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"changed_xid" bigint NOT NULL,
	CONSTRAINT "conversations_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "departures" (
	"tenant_id" text NOT NULL,
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "departures_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"conversation_id" text NOT NULL,
	"agent_id" text,
	"xid" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"conversation_id" text NOT NULL,
	"seq" integer NOT NULL,
	"rev" integer NOT NULL,
	"sender_id" text NOT NULL,
	"sender_type" text NOT NULL,
	"sender_name" text,
	"content" text NOT NULL,
	"message_type" text NOT NULL,
	"platform" text NOT NULL,
	"status" text NOT NULL,
	"status_at" timestamp (3) with time zone,
	"attempt" integer DEFAULT 0 NOT NULL,
	"error" jsonb,
	"metadata" jsonb,
	"reply_to" text,
	"client_message_id" text,
	"agent_id" text,
	"content_hash" text,
	"timestamp" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "messages_tenant_id_id_pk" PRIMARY KEY("tenant_id","id"),
	CONSTRAINT "messages_seq" UNIQUE("tenant_id","conversation_id","seq"),
	CONSTRAINT "messages_key" UNIQUE("tenant_id","agent_id","client_message_id")
);
--> statement-breakpoint
CREATE TABLE "meta" (
	"key" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "operations" (
	"tenant_id" text NOT NULL,
	"agent_id" text NOT NULL,
	"op_id" text NOT NULL,
	"event" text NOT NULL,
	"hash" text NOT NULL,
	"reply" jsonb,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "operations_tenant_id_agent_id_op_id_pk" PRIMARY KEY("tenant_id","agent_id","op_id")
);
--> statement-breakpoint
CREATE TABLE "platform_jobs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "platform_jobs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tenant_id" text NOT NULL,
	"message_id" text NOT NULL,
	"conversation_id" text NOT NULL,
	"attempt" integer NOT NULL,
	"state" text NOT NULL,
	"platform_id" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "platform_jobs_once" UNIQUE("tenant_id","message_id","attempt")
);
--> statement-breakpoint
CREATE TABLE "prospects" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"identifier" text NOT NULL,
	"identifier_type" text NOT NULL,
	"name" text,
	"avatar" text,
	"platform" text NOT NULL,
	"client_id" text,
	"last_seen" timestamp (3) with time zone,
	"email" text,
	"phone" text,
	"location" text,
	"language" text,
	"timezone" text,
	"source" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"changed_xid" bigint NOT NULL,
	CONSTRAINT "prospects_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "tenants" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "client_notes" ADD CONSTRAINT "client_notes_tenant_id_client_id_clients_tenant_id_id_fk" FOREIGN KEY ("tenant_id","client_id") REFERENCES "public"."clients"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client_quotes" ADD CONSTRAINT "client_quotes_tenant_id_client_id_clients_tenant_id_id_fk" FOREIGN KEY ("tenant_id","client_id") REFERENCES "public"."clients"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_tenant_id_prospect_id_prospects_tenant_id_id_fk" FOREIGN KEY ("tenant_id","prospect_id") REFERENCES "public"."prospects"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_tenant_id_client_id_clients_tenant_id_id_fk" FOREIGN KEY ("tenant_id","client_id") REFERENCES "public"."clients"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_tenant_id_conversation_id_conversations_tenant_id_id_fk" FOREIGN KEY ("tenant_id","conversation_id") REFERENCES "public"."conversations"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prospects" ADD CONSTRAINT "prospects_tenant_id_client_id_clients_tenant_id_id_fk" FOREIGN KEY ("tenant_id","client_id") REFERENCES "public"."clients"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "client_notes_of" ON "client_notes" USING btree ("tenant_id","client_id","created_at");--> statement-breakpoint
CREATE INDEX "client_quotes_of" ON "client_quotes" USING btree ("tenant_id","client_id","created_at");--> statement-breakpoint
CREATE INDEX "clients_changed" ON "clients" USING btree ("tenant_id","changed_xid");--> statement-breakpoint
CREATE INDEX "conversations_newest" ON "conversations" USING btree ("tenant_id","last_activity" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "conversations_assigned" ON "conversations" USING btree ("tenant_id","assigned_to","last_activity" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "conversations_prospect" ON "conversations" USING btree ("tenant_id","prospect_id");--> statement-breakpoint
CREATE INDEX "conversations_client" ON "conversations" USING btree ("tenant_id","client_id");--> statement-breakpoint
CREATE INDEX "conversations_changed" ON "conversations" USING btree ("tenant_id","changed_xid");--> statement-breakpoint
CREATE INDEX "departures_since" ON "departures" USING btree ("tenant_id","xid");--> statement-breakpoint
CREATE INDEX "messages_rev" ON "messages" USING btree ("tenant_id","conversation_id","rev");--> statement-breakpoint
CREATE INDEX "platform_jobs_state" ON "platform_jobs" USING btree ("state","id");--> statement-breakpoint
CREATE INDEX "prospects_changed" ON "prospects" USING btree ("tenant_id","changed_xid");