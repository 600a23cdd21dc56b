CREATE TABLE "querent"."task_events" (
	"task_id" text NOT NULL,
	"position" integer NOT NULL,
	"sequence" integer,
	"type" text NOT NULL,
	"data" json,
	"terminal" boolean DEFAULT false NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "task_events_task_id_position_pk" PRIMARY KEY("task_id","position")
);
--> statement-breakpoint
CREATE TABLE "querent"."task_inputs" (
	"task_id" text NOT NULL,
	"number" integer NOT NULL,
	"data" json NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "task_inputs_task_id_number_pk" PRIMARY KEY("task_id","number")
);
--> statement-breakpoint
CREATE TABLE "querent"."tasks" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"owner" text NOT NULL,
	"status" text NOT NULL,
	"priority" smallint DEFAULT 0 NOT NULL,
	"payload" json NOT NULL,
	"progress" json,
	"result" json,
	"error" json,
	"feedback" json,
	"attempt" integer DEFAULT 0 NOT NULL,
	"losses" integer DEFAULT 0 NOT NULL,
	"worker" text,
	"job_id" uuid NOT NULL,
	"last_position" integer DEFAULT 0 NOT NULL,
	"last_sequence" integer DEFAULT 0 NOT NULL,
	"trimmed_through" integer DEFAULT 0 NOT NULL,
	"has_deltas" boolean DEFAULT false NOT NULL,
	"cancel_requested_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "querent"."task_events" ADD CONSTRAINT "task_events_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "querent"."tasks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "querent"."task_inputs" ADD CONSTRAINT "task_inputs_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "querent"."tasks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "tasks_by_owner" ON "querent"."tasks" USING btree ("owner","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "tasks_running" ON "querent"."tasks" USING btree ("worker") WHERE status = 'running';--> statement-breakpoint
CREATE INDEX "tasks_finished" ON "querent"."tasks" USING btree ("finished_at") WHERE finished_at IS NOT NULL;