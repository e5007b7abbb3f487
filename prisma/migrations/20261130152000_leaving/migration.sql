-- A family takes its name to another registrar.
ALTER TABLE "Tenant" ADD COLUMN "nameLeftAt" TIMESTAMP(3);

-- CreateTable
CREATE TABLE "NameLeave" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "open" TEXT,
    "askedAt" TIMESTAMP(3) NOT NULL,
    "askedBy" TEXT NOT NULL,
    "waitsUntil" TIMESTAMP(3) NOT NULL,
    "tag" TEXT,
    "givenAt" TIMESTAMP(3),
    "givenBy" TEXT,
    "sealed" TEXT,
    "shownAt" TIMESTAMP(3),
    "endedAt" TIMESTAMP(3),
    "endedHow" TEXT,
    "lockedAt" TIMESTAMP(3),

    CONSTRAINT "NameLeave_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "NameLeave_open_key" ON "NameLeave"("open");

-- CreateIndex
CREATE INDEX "NameLeave_tenantId_askedAt_idx" ON "NameLeave"("tenantId", "askedAt");

-- CreateIndex
CREATE INDEX "NameLeave_endedAt_idx" ON "NameLeave"("endedAt");

-- AddForeignKey
ALTER TABLE "NameLeave" ADD CONSTRAINT "NameLeave_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
