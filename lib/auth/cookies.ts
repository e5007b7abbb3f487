import { parseSetCookieHeader } from "better-auth/cookies";

/** A cookie that the caller must set. All of them are `HttpOnly`, `SameSite=Lax`, for `/`. */
export interface SetCookie {
  readonly name: string;
  readonly value: string;
  /** Seconds; 0 takes the cookie away. */
  readonly maxAge: number | undefined;
  readonly secure: boolean;
}

export type SetCookies = readonly SetCookie[];

export const cookiesOf = (headers: Headers): SetCookies =>
  headers.getSetCookie().flatMap((one) =>
    [...parseSetCookieHeader(one)].map(([name, cookie]) => ({
      name,
      value: cookie.value,
      maxAge: cookie["max-age"],
      secure: cookie.secure === true,
    })),
  );
