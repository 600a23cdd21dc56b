CREATE TABLE "querent"."reference_sql" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"namespace" text NOT NULL,
	"question" text NOT NULL,
	"sql" text NOT NULL,
	"status" text NOT NULL,
	"origin" text NOT NULL,
	"run_id" text,
	"owner" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "reference_sql_namespace" ON "querent"."reference_sql" USING btree ("namespace","status");--> statement-breakpoint
CREATE UNIQUE INDEX "reference_sql_run" ON "querent"."reference_sql" USING btree ("run_id");