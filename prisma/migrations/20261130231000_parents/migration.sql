ALTER TABLE "Tenant" ADD COLUMN "ownerIsParent" BOOLEAN NOT NULL DEFAULT true;

CREATE TABLE "Parent" (
    "id" TEXT NOT NULL,
    "tenantId" TEXT NOT NULL,
    "given" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "personId" TEXT,
    "matrixId" TEXT,
    "askedAt" TIMESTAMP(3) NOT NULL,
    "askedBy" TEXT NOT NULL,
    "until" TIMESTAMP(3) NOT NULL,
    "takenBackAt" TIMESTAMP(3),
    "joinedAt" TIMESTAMP(3),
    "userId" TEXT,
    "leftAt" TIMESTAMP(3),
    "leftBy" TEXT,

    CONSTRAINT "Parent_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "Parent_tenantId_idx" ON "Parent"("tenantId");
CREATE INDEX "Parent_email_idx" ON "Parent"("email");

ALTER TABLE "Parent" ADD CONSTRAINT "Parent_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Parent" ADD CONSTRAINT "Parent_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;
