ALTER TABLE "querent"."tasks" ALTER COLUMN "job_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "querent"."tasks" ADD COLUMN "lease_until" timestamp with time zone;