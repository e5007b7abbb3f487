ALTER TABLE "Person" ADD COLUMN "ageBand" TEXT;

CREATE TABLE "ChildRule" (
    "personId" TEXT NOT NULL,
    "nth" INTEGER NOT NULL,
    "rules" JSONB NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "by" TEXT NOT NULL,

    CONSTRAINT "ChildRule_pkey" PRIMARY KEY ("personId","nth")
);

ALTER TABLE "ChildRule" ADD CONSTRAINT "ChildRule_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
