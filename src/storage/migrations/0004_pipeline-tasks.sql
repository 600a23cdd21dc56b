CREATE TABLE "querent"."pipeline_steps" (
	"task_id" text NOT NULL,
	"step" text NOT NULL,
	"position" integer NOT NULL,
	"status" text NOT NULL,
	"execution_id" text,
	"progress" json,
	"started_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"error_message" text,
	CONSTRAINT "pipeline_steps_task_id_step_pk" PRIMARY KEY("task_id","step")
);
--> statement-breakpoint
CREATE TABLE "querent"."pipeline_tasks" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text,
	"status" text NOT NULL,
	"business_context" text NOT NULL,
	"db_name" text NOT NULL,
	"parameters" json NOT NULL,
	"connection" text,
	"live_execution" text,
	"live_since" timestamp with time zone,
	"executions" integer DEFAULT 0 NOT NULL,
	"result" json,
	"error_message" text,
	"created_by" text NOT NULL,
	"directory_exists" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "querent"."pipeline_steps" ADD CONSTRAINT "pipeline_steps_task_id_pipeline_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "querent"."pipeline_tasks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "pipeline_tasks_created" ON "querent"."pipeline_tasks" USING btree ("created_at" DESC NULLS LAST,"id" DESC NULLS LAST);