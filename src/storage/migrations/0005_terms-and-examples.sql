CREATE TABLE "querent"."terms" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "querent"."terms_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"word" text NOT NULL,
	"synonyms" json NOT NULL,
	"description" text NOT NULL,
	"datasources" json NOT NULL,
	"key" text NOT NULL,
	"enabled" boolean NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "querent"."reference_sql" ADD COLUMN "database" text;--> statement-breakpoint
ALTER TABLE "querent"."reference_sql" ADD COLUMN "question_key" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "querent"."reference_sql" ADD COLUMN "verified_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "querent"."reference_sql" ADD COLUMN "problem" text;--> statement-breakpoint
CREATE UNIQUE INDEX "terms_key" ON "querent"."terms" USING btree ("key");--> statement-breakpoint
CREATE INDEX "reference_sql_question" ON "querent"."reference_sql" USING btree ("namespace","question_key");