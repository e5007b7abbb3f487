import { derivedSecret } from "@/lib/ids.ts";

/** The secret in the letter by which whoever reported disagrees; made again from the case when the letter is sent. */
export const reportToken = (linkKey: string, reportId: string): string => derivedSecret(linkKey, "report", reportId);
