ALTER TABLE "conversations" ADD COLUMN "last_inbound_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "edited_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "deleted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "reactions" jsonb;--> statement-breakpoint
UPDATE "conversations" SET "last_inbound_at" = "said"."at" FROM (
	SELECT "tenant_id", "conversation_id", max("timestamp") AS "at" FROM "messages" WHERE "sender_type" = 'prospect' GROUP BY "tenant_id", "conversation_id"
) AS "said" WHERE "said"."tenant_id" = "conversations"."tenant_id" AND "said"."conversation_id" = "conversations"."id";
