ALTER TABLE "Tenant" ADD COLUMN "nextAsksAt" TIMESTAMP(3);

CREATE TABLE "Ask" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "who" TEXT NOT NULL,
    "room" TEXT NOT NULL,
    "roomName" TEXT,
    "askedAt" TIMESTAMP(3) NOT NULL,
    "heardAt" TIMESTAMP(3) NOT NULL,
    "answer" TEXT,
    "answeredAt" TIMESTAMP(3),
    "answeredBy" TEXT,
    "handedAt" TIMESTAMP(3),
    "doneAt" TIMESTAMP(3),

    CONSTRAINT "Ask_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "Tenant_nextAsksAt_idx" ON "Tenant"("nextAsksAt");
CREATE INDEX "Ask_tenantId_idx" ON "Ask"("tenantId");
CREATE UNIQUE INDEX "Ask_personId_who_room_key" ON "Ask"("personId", "who", "room");

ALTER TABLE "Ask" ADD CONSTRAINT "Ask_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
