import { ApiError } from "../envelope.ts";

/** This vendor's numbers as people have met them; where a number is not known, 1004 with the words alone. */
export const invalid = (message: string, code = 1004): ApiError => new ApiError(400, { code, message });

export const identical = () => invalid("An identical record already exists.", 81_058);
export const exists = () => invalid("The record already exists.", 81_057);
export const hostTaken = () => invalid("An A, AAAA, or CNAME record with that host already exists.", 81_053);
export const cnameThere = () => invalid("A CNAME record with that host already exists.", 81_054);
export const nsThere = () => invalid("An NS record with that host already exists.", 81_056);
export const noRecord = () => new ApiError(404, { code: 81_044, message: "Record does not exist." });
export const noZone = () => new ApiError(404, { code: 1001, message: "Invalid zone identifier" });
export const noRoute = (path: string) =>
  new ApiError(
    404,
    { code: 7003, message: `Could not route to ${path}, perhaps your object identifier is invalid?` },
    { code: 7000, message: "No route for that URI" },
  );
