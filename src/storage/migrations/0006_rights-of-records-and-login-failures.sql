CREATE TABLE "querent"."login_failures" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "querent"."login_failures_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"subject" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "querent"."chat_records" ADD COLUMN "rights" text;--> statement-breakpoint
CREATE INDEX "login_failures_subject" ON "querent"."login_failures" USING btree ("subject","at");--> statement-breakpoint
CREATE INDEX "login_failures_at" ON "querent"."login_failures" USING btree ("at");