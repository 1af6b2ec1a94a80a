/** Who may be chosen on the sign-in page, the same for every seed. */
export const SIGN_IN_PEOPLE = [
  {
    entityRef: 'user:default/ana.ruiz',
    title: 'Ana Ruiz',
    role: 'engineer',
    squad: 'squad-ledger',
  },
  {
    entityRef: 'user:default/dee.park',
    title: 'Dee Park',
    role: 'lead',
    squad: 'squad-ledger',
  },
  {
    entityRef: 'user:default/pat.moss',
    title: 'Pat Moss',
    role: 'platform',
    squad: null,
  },
  {
    entityRef: 'user:default/vic.lane',
    title: 'Vic Lane',
    role: 'visitor',
    squad: null,
  },
];
