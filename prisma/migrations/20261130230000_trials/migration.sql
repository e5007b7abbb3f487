CREATE TABLE "Trial" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "askedAt" TIMESTAMP(3) NOT NULL,
    "askedBy" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "stranger" TEXT,
    "runs" INTEGER NOT NULL DEFAULT 0,
    "tried" INTEGER NOT NULL DEFAULT 0,
    "results" JSONB,
    "detail" TEXT,
    "doneAt" TIMESTAMP(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "nextTryAt" TIMESTAMP(3),

    CONSTRAINT "Trial_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "Trial_personId_askedAt_idx" ON "Trial"("personId", "askedAt");
CREATE INDEX "Trial_nextTryAt_idx" ON "Trial"("nextTryAt");

ALTER TABLE "Trial" ADD CONSTRAINT "Trial_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
