-- What a family agreed about its home, in its own words, and who said yes to which version.
CREATE TABLE "HouseTerms" (
    "tenantId" TEXT NOT NULL,
    "nth" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "by" TEXT NOT NULL,

    CONSTRAINT "HouseTerms_pkey" PRIMARY KEY ("tenantId","nth")
);

CREATE TABLE "HouseAcceptance" (
    "personId" TEXT NOT NULL,
    "nth" INTEGER NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "how" TEXT NOT NULL,
    "agrees" BOOLEAN NOT NULL,
    "by" TEXT NOT NULL,

    CONSTRAINT "HouseAcceptance_pkey" PRIMARY KEY ("personId","nth")
);

ALTER TABLE "HouseTerms" ADD CONSTRAINT "HouseTerms_tenantId_fkey" FOREIGN KEY ("tenantId") REFERENCES "Tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "HouseAcceptance" ADD CONSTRAINT "HouseAcceptance_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
