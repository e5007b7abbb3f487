-- Whoever withdraws by a page without signing in says so in a row of its own: its time is what counts.
-- CreateTable
CREATE TABLE "Statement" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "restLabel" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "heardAt" TIMESTAMP(3),
    "outcome" TEXT,

    CONSTRAINT "Statement_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Statement_heardAt_createdAt_idx" ON "Statement"("heardAt", "createdAt");
