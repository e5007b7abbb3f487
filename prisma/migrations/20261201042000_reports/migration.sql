-- What people report, until when it is answered, and what was decided.
ALTER TABLE "Person" ADD COLUMN "pageBarredAt" TIMESTAMP(3);

CREATE TABLE "Report" (
    "id" TEXT NOT NULL,
    "number" SERIAL NOT NULL,
    "about" TEXT NOT NULL,
    "tenantId" TEXT,
    "personId" TEXT,
    "kind" TEXT NOT NULL,
    "text" TEXT,
    "email" TEXT,
    "userId" TEXT,
    "fromId" TEXT,
    "tokenHash" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "dueAt" TIMESTAMP(3),
    "appealedAt" TIMESTAMP(3),
    "appeal" TEXT,
    "answeredAt" TIMESTAMP(3),
    "forgottenAt" TIMESTAMP(3),

    CONSTRAINT "Report_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "Report_number_key" ON "Report"("number");

CREATE UNIQUE INDEX "Report_tokenHash_key" ON "Report"("tokenHash");

CREATE INDEX "Report_dueAt_idx" ON "Report"("dueAt");

CREATE INDEX "Report_tenantId_at_idx" ON "Report"("tenantId", "at");

CREATE INDEX "Report_forgottenAt_answeredAt_idx" ON "Report"("forgottenAt", "answeredAt");

CREATE TABLE "ReportAnswer" (
    "reportId" TEXT NOT NULL,
    "nth" INTEGER NOT NULL,
    "decision" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "by" TEXT NOT NULL,

    CONSTRAINT "ReportAnswer_pkey" PRIMARY KEY ("reportId","nth")
);

ALTER TABLE "ReportAnswer" ADD CONSTRAINT "ReportAnswer_reportId_fkey" FOREIGN KEY ("reportId") REFERENCES "Report"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
