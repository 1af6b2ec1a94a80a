export { DevelopmentSignInPage } from './DevelopmentSignInPage';
