CREATE TABLE "querent"."datasources" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "querent"."datasources_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"workspace_id" integer NOT NULL,
	"namespace" text NOT NULL,
	"database" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "querent"."grants" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "querent"."grants_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"subject_kind" text NOT NULL,
	"subject" text NOT NULL,
	"datasource_id" integer NOT NULL,
	"schema_name" text DEFAULT '' NOT NULL,
	"table_name" text NOT NULL,
	"allowed" boolean NOT NULL,
	"hidden_columns" json NOT NULL,
	"rows" json,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "querent"."users" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "querent"."users_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"username" text NOT NULL,
	"password_hash" text NOT NULL,
	"is_admin" boolean DEFAULT false NOT NULL,
	"disabled" boolean DEFAULT false NOT NULL,
	"roles" json NOT NULL,
	"variables" json NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "querent"."workspace_members" (
	"user_id" integer NOT NULL,
	"workspace_id" integer NOT NULL,
	CONSTRAINT "workspace_members_user_id_workspace_id_pk" PRIMARY KEY("user_id","workspace_id")
);
--> statement-breakpoint
CREATE TABLE "querent"."workspaces" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "querent"."workspaces_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "querent"."chat_records" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "querent"."chat_records_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"chat_id" integer NOT NULL,
	"kind" text NOT NULL,
	"question" text NOT NULL,
	"source_record_id" integer,
	"run_id" text,
	"sql" text,
	"plan" json,
	"result" json,
	"chart" json,
	"content" text,
	"error" text,
	"image_name" text,
	"image_expires_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "querent"."chats" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "querent"."chats_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"user_id" integer NOT NULL,
	"workspace_id" integer NOT NULL,
	"datasource_id" integer,
	"title" text,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "querent"."datasources" ADD CONSTRAINT "datasources_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "querent"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "querent"."grants" ADD CONSTRAINT "grants_datasource_id_datasources_id_fk" FOREIGN KEY ("datasource_id") REFERENCES "querent"."datasources"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "querent"."workspace_members" ADD CONSTRAINT "workspace_members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "querent"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "querent"."workspace_members" ADD CONSTRAINT "workspace_members_workspace_id_workspaces_id_fk" FOREIGN KEY ("workspace_id") REFERENCES "querent"."workspaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "querent"."chat_records" ADD CONSTRAINT "chat_records_chat_id_chats_id_fk" FOREIGN KEY ("chat_id") REFERENCES "querent"."chats"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "datasources_place" ON "querent"."datasources" USING btree ("namespace","database");--> statement-breakpoint
CREATE INDEX "datasources_workspace" ON "querent"."datasources" USING btree ("workspace_id");--> statement-breakpoint
CREATE UNIQUE INDEX "grants_subject_table" ON "querent"."grants" USING btree ("subject_kind","subject","datasource_id","schema_name","table_name");--> statement-breakpoint
CREATE INDEX "grants_datasource" ON "querent"."grants" USING btree ("datasource_id");--> statement-breakpoint
CREATE UNIQUE INDEX "users_username" ON "querent"."users" USING btree (lower("username"));--> statement-breakpoint
CREATE UNIQUE INDEX "workspaces_name" ON "querent"."workspaces" USING btree ("name");--> statement-breakpoint
CREATE INDEX "chat_records_chat" ON "querent"."chat_records" USING btree ("chat_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "chat_records_image" ON "querent"."chat_records" USING btree ("image_name");--> statement-breakpoint
CREATE INDEX "chats_user" ON "querent"."chats" USING btree ("user_id","id" DESC NULLS LAST);