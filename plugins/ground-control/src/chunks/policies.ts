/** Policies: opened seldom, by those who change them. */
export { PoliciesPage } from '../policies/PoliciesPage';
