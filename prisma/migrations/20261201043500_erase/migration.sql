ALTER TABLE "Person" ADD COLUMN "eraseAskedAt" TIMESTAMP(3), ADD COLUMN "eraseAskedBy" TEXT;

CREATE INDEX "Person_eraseAskedAt_idx" ON "Person"("eraseAskedAt");
