-- When a child was born, as a parent said, and what was offered as it grew.
ALTER TABLE "Person" ADD COLUMN "bornOn" DATE,
ADD COLUMN "nextGrowthAt" TIMESTAMP(3);

CREATE INDEX "Person_nextGrowthAt_idx" ON "Person"("nextGrowthAt");

CREATE TABLE "Growth" (
    "personId" TEXT NOT NULL,
    "band" TEXT NOT NULL,
    "offeredAt" TIMESTAMP(3) NOT NULL,
    "answer" TEXT,
    "answeredAt" TIMESTAMP(3),
    "answeredBy" TEXT,

    CONSTRAINT "Growth_pkey" PRIMARY KEY ("personId","band")
);

ALTER TABLE "Growth" ADD CONSTRAINT "Growth_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
