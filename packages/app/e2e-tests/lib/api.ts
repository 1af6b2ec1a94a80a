import { PEOPLE, PORTALS } from './portal';

const tokens = new Map<string, Promise<string>>();

async function signIn(person: keyof typeof PEOPLE): Promise<string> {
  const response = await fetch(
    `${PORTALS.new}/api/auth/developmentSignIn/refresh`,
    { headers: { 'x-development-person': PEOPLE[person] } },
  );
  return (await response.json()).backstageIdentity.token;
}

/** Asks Ground Control's API as a person; resolves to status and answer. */
export async function api(
  person: keyof typeof PEOPLE,
  path: string,
  body?: object,
): Promise<{ status: number; answer: any }> {
  if (!tokens.has(person)) tokens.set(person, signIn(person));
  const response = await fetch(`${PORTALS.new}/api/ground-control${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      authorization: `Bearer ${await tokens.get(person)}`,
      'content-type': 'application/json',
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, answer: await response.json() };
}
