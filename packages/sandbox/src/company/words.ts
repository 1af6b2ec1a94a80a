/** What each squad works on: its domain, and the nouns its services carry. */
export const SQUADS: { key: string; domain: string; nouns: string[] }[] = [
  { key: 'ledger', domain: 'banking', nouns: ['ledger', 'postings', 'balance', 'journal', 'reconciliation', 'interest', 'statement', 'booking'] },
  { key: 'pay', domain: 'payments', nouns: ['payment', 'transfer', 'mandate', 'standing-order', 'payout', 'clearing', 'beneficiary', 'invoice'] },
  { key: 'cards', domain: 'cards', nouns: ['card', 'pin', 'authorization', 'chargeback', 'card-limit', 'card-order', 'wallet', 'settlement'] },
  { key: 'fx', domain: 'banking', nouns: ['fx-rate', 'fx-quote', 'fx-order', 'currency', 'hedge', 'spread', 'fx-account'] },
  { key: 'lending', domain: 'lending', nouns: ['loan', 'credit-line', 'repayment', 'collateral', 'installment', 'debt', 'loan-offer', 'mortgage'] },
  { key: 'onboarding', domain: 'customers', nouns: ['signup', 'onboarding', 'application-form', 'welcome', 'contract', 'consent', 'address'] },
  { key: 'kyc', domain: 'compliance', nouns: ['kyc', 'document', 'identity-check', 'beneficial-owner', 'questionnaire', 'pep-list', 'risk-profile'] },
  { key: 'fraud', domain: 'compliance', nouns: ['fraud', 'fraud-score', 'device', 'alert', 'case', 'velocity', 'blocklist', 'anomaly'] },
  { key: 'aml', domain: 'compliance', nouns: ['aml', 'screening', 'sanctions', 'transaction-monitor', 'suspicion', 'watchlist', 'threshold'] },
  { key: 'savings', domain: 'banking', nouns: ['savings', 'goal', 'round-up', 'deposit', 'vault', 'interest-plan', 'piggy'] },
  { key: 'invest', domain: 'wealth', nouns: ['portfolio', 'order-book', 'instrument', 'dividend', 'custody', 'market-data', 'trade', 'tax-lot'] },
  { key: 'credit', domain: 'lending', nouns: ['credit-score', 'credit-check', 'overdraft', 'affordability', 'bureau', 'limit', 'arrears'] },
  { key: 'notify', domain: 'platform', nouns: ['notification', 'push', 'email', 'sms', 'template', 'preference', 'inbox', 'campaign'] },
  { key: 'identity', domain: 'platform', nouns: ['identity', 'session', 'login', 'token', 'passkey', 'permission', 'account-access', 'recovery'] },
  { key: 'mobile', domain: 'channels', nouns: ['app', 'feed', 'home-screen', 'feature-flag', 'release-note', 'deeplink', 'widget'] },
  { key: 'web', domain: 'channels', nouns: ['web', 'website', 'campaign-page', 'support-page', 'pricing', 'search', 'asset'] },
  { key: 'business', domain: 'business', nouns: ['company', 'employee', 'expense', 'receipt', 'payroll', 'vat', 'bookkeeping', 'subscription'] },
  { key: 'accounting', domain: 'finance', nouns: ['general-ledger', 'accrual', 'closing', 'cost-center', 'revenue', 'fee', 'provision'] },
  { key: 'insurance', domain: 'insurance', nouns: ['policy', 'claim', 'premium', 'coverage', 'travel-insurance', 'gadget', 'underwriting'] },
  { key: 'support', domain: 'customers', nouns: ['chat', 'ticket', 'agent-desk', 'faq', 'callback', 'feedback', 'customer-note', 'complaint'] },
  { key: 'data', domain: 'data', nouns: ['event-lake', 'schema', 'report', 'metric', 'export', 'anonymizer', 'dataset', 'lineage'] },
  { key: 'treasury', domain: 'finance', nouns: ['liquidity', 'funding', 'nostro', 'cash-flow', 'reserve', 'exposure', 'forecast'] },
  { key: 'regulatory', domain: 'compliance', nouns: ['regulatory-report', 'finrep', 'tax-report', 'audit-log', 'retention', 'gdpr', 'disclosure'] },
  { key: 'sepa', domain: 'payments', nouns: ['sepa', 'instant', 'iban', 'scheme', 'bic-directory', 'return', 'recall', 'batch'] },
];

/** The services of the pictures; each squad's come first. */
export const FIRST_SERVICES: Record<string, string[]> = {
  ledger: ['ledger-api', 'fx-api', 'postings'],
  pay: ['pay-api', 'payment-router'],
  cards: ['card-api', 'card-controls'],
  fx: ['rates'],
};

export const SUFFIXES = ['api', 'worker', 'events', 'gateway', 'projector', 'scheduler', 'adapter', 'sync', 'reports', 'bff', 'importer', 'monitor'];

export const FIRST_NAMES = ['Anna', 'Bo', 'Clara', 'Dmytro', 'Emil', 'Freja', 'Søren', 'Ida', 'Jonas', 'Karolína', 'Lars', 'Mette', 'Nikolaj', 'Olga', 'Priya', 'Rasmus', 'Signe', 'Thomas', 'Ulla', 'Víctor', 'Wei', 'Zofia', 'Åse', 'Ægir', 'Björn', 'Chidi', 'Dagný', 'Elif', 'Fatima', 'Gaëlle', 'Hiroshi', 'Inés', 'Joanna', 'Kasper', 'Łukasz', 'Marie', 'Nadia', 'Oskar', 'Pelle', 'Ravi', 'Šárka', 'Tuğba', 'Yusuf', 'Amélie', 'Cy', 'Eli', 'Gunnar', 'Hoa', 'Jürgen', 'Ksenia'];

export const LAST_NAMES = ['Andersen', 'Lind', 'Holm', 'Voss', 'Kovalenko', 'Nielsen', 'Sørensen', 'Nowak', 'García', 'Müller', 'Østergaard', 'Dvořák', 'Singh', 'Tanaka', 'Okafor', 'Jónsdóttir', 'Yılmaz', 'Lefèvre', 'Wójcik', 'Bjørnson', 'Rossi', 'Nguyen', 'Çelik', 'Håkansson', 'Petersen', 'Öberg', 'Santos', 'Kowalczyk', 'Virtanen', 'Mäkinen', 'Costa', 'Ferreira', 'Haddad', 'Novák', 'Ibrahim', 'Larsen', 'Becker', 'Dubois', 'Iyer', 'Karlsson', 'Møller', 'O’Brien', 'Popescu', 'Quist', 'Schmidt', 'Thorsen', 'Ulrich', 'Zhang', 'Krogh', 'Bach'];

/** A few people write their names in other scripts. */
export const OTHER_SCRIPTS = [
  { title: 'Юлія Шевченко', name: 'yuliia.shevchenko' },
  { title: '王小明', name: 'xiaoming.wang' },
  { title: 'Γιώργος Παππάς', name: 'giorgos.pappas' },
  { title: 'محمد العلي', name: 'mohammed.al-ali' },
];
