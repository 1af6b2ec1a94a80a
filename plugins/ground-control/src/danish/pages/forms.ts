import type { groundControlPagesTranslationRef } from '../../pagesTranslation';
import { PartOf } from '../types';

/** The forms that ask for releases and rollbacks. */
export const forms: PartOf<
  typeof groundControlPagesTranslationRef,
  | 'form'
  | 'choose'
  | 'older'
  | 'preview'
  | 'action'
  | 'asked'
  | 'rollback'
  | 'batch'
> = {
  'form.releaseHeading': 'Release {{service}}',
  'form.rollbackHeading': 'Rul {{service}} tilbage i {{environment}}',
  'form.promoteHeading_one': 'Promovér {{count}} service til {{environment}}',
  'form.promoteHeading_other':
    'Promovér {{count}} services til {{environment}}',
  'form.branchHeading_one': 'Release {{count}} service til {{environment}}',
  'form.branchHeading_other': 'Release {{count}} services til {{environment}}',
  'form.rollbacksHeading_one':
    'Rul {{count}} service tilbage i {{environment}}',
  'form.rollbacksHeading_other':
    'Rul {{count}} services tilbage i {{environment}}',
  'form.environment': 'Til',
  'form.choose': 'Vælg',
  'form.now': 'Nu',
  'form.nothingNow': 'Intet er releaset til {{environment}}.',
  'form.noEnvironment': '{{service}} har ikke det miljø. Vælg et andet.',
  'form.reason': 'Hvorfor (valgfrit)',
  'form.reasonHint': 'De, der afgør, læser det, og det gemmes.',
  'choose.legend': 'Hvad',
  'choose.recommended': 'anbefalet',
  'choose.promote': 'Det, {{environment}} kører',
  'choose.newestOfMain': 'Det nyeste build',
  'choose.newestOf': 'Det nyeste build fra en branch',
  'choose.branch': 'Branch',
  'choose.others_one': 'Et andet build ({{count}})',
  'choose.others_other': 'Et andet build ({{count}})',
  'choose.search': 'Søg i builds',
  'choose.searchPlaceholder': 'Commit, branch, forfatter, besked',
  'choose.noMatch': 'Intet build passer.',
  'choose.none': 'Intet build af {{service}}, der kan releases, er kendt.',
  'choose.nothingToPromote':
    '{{environment}} kører intet, der kan promoveres. Vælg et build.',
  'choose.runsIn': 'i {{environments}}',
  'choose.testsFailed_one': '{{count}} test fejlet',
  'choose.testsFailed_other': '{{count}} tests fejlet',
  'choose.testsPassed_one': '{{count}} test bestået',
  'choose.testsPassed_other': '{{count}} tests bestået',
  'choose.noTests': 'intet testresultat',
  'choose.high_one': '{{count}} høj sårbarhed',
  'choose.high_other': '{{count}} høje sårbarheder',
  'choose.medium_one': '{{high}} høje, {{count}} mellemhøj sårbarhed',
  'choose.medium_other': '{{high}} høje, {{count}} mellemhøje sårbarheder',
  'choose.noHigh': 'ingen høj sårbarhed',
  'choose.noScan': 'ingen scan',
  'choose.notStored': 'filerne er ikke længere gemt, så det kan ikke releases',
  'older.show': 'Vis ældre',
  'older.search': 'Søg i ældre builds',
  'older.loading': 'Indlæser ældre',
  'older.end': 'Der er ingen ældre.',
  'older.noMatch': 'Ingen af de nyeste builds passer.',
  'preview.heading': 'Hvad du anmoder om',
  'preview.chooseFirst':
    'Vælg, hvad der skal releases, for at se, hvad det ville ændre.',
  'preview.failed': 'Hvad det ville ændre, kunne ikke vurderes.',
  'preview.undoes': 'Det ruller tilbage',
  'preview.changes': 'Det bringer',
  'preview.diff_one': '{{count}} manifest ændret',
  'preview.diff_other': '{{count}} manifester ændret',
  'preview.noDiff': 'Manifester: ingen forskel',
  'preview.diffMissing': 'Forskel i manifester kan ikke vises: {{reason}}',
  'preview.decides': 'Hvem afgør',
  'preview.nobodyDecides': 'Ingen behøver: den sendes straks ud.',
  'preview.overBlock':
    'En lead i et squad eller en platformingeniør skal først tilsidesætte blokeringen. Det kan ikke være dig.',
  'preview.nobodyCan':
    'Ingen kan: ingen anden er lead i squadet, og kataloget har ingen anden platformingeniør. Få udpeget en lead mere.',
  'preview.people': '{{people}} kan.',
  'preview.standIn':
    'Ingen anden er lead i squadet, så platformingeniører spørges: {{people}} kan.',
  'preview.clusters': 'Går til {{clusters}}.',
  'preview.supersedes': 'Den erstatter {{requests}}.',
  'action.ask': 'Anmod om godkendelse',
  'action.release': 'Release nu',
  'action.asking': 'Anmoder',
  'action.rollback': 'Rul tilbage',
  'action.askAll_one': 'Anmod om {{count}}',
  'action.askAll_other': 'Anmod om alle {{count}}',
  'action.choose': 'Vælg, hvad der skal releases.',
  'action.chooseRollback': 'Vælg den release, der skal rulles tilbage til.',
  'action.judging': 'Det vurderes.',
  'action.notJudged': 'Det kunne ikke vurderes. Prøv igen.',
  'action.notJudgedRollback':
    'Det kunne ikke vurderes her; det vurderes igen, når du anmoder.',
  'action.someRefused_one':
    '{{count}} af dem kan der ikke anmodes om. Tag den ud for at anmode om de andre.',
  'action.someRefused_other':
    '{{count}} af dem kan der ikke anmodes om. Tag dem ud for at anmode om de andre.',
  'action.retry': 'Prøv igen',
  'action.refused': 'Der blev ikke anmodet.',
  'asked.heading_one': 'Anmodet',
  'asked.heading_other': 'Anmodet om {{count}}',
  'asked.another': 'Anmod om en mere',
  'asked.to': '{{service}} → {{environment}}',
  'asked.pending': 'Afventer en afgørelse.',
  'asked.pendingBy': 'Afventer en afgørelse. {{people}} kan afgøre.',
  'asked.held': 'Godkendt, men tilbageholdt.',
  'asked.approved': 'Skrives.',
  'asked.committed': 'Skrevet. På vej til clustrene.',
  'asked.committedOf': 'Skrevet. Kører i {{running}} af {{total}} clustre.',
  'asked.succeeded': 'Færdig.',
  'asked.succeededOf_one': 'Kører i sit {{count}} cluster.',
  'asked.succeededOf_other': 'Kører i alle {{count}} clustre.',
  'asked.no-clusters': 'Committet.',
  'asked.replaced': 'Erstattet.',
  'asked.rejected': 'Afvist.',
  'asked.cancelled': 'Annulleret.',
  'asked.expired': 'Udløbet.',
  'asked.outdated':
    'Grundlag ændret: det, den blev vurderet på, er et andet nu.',
  'asked.superseded': 'Erstattet af en nyere anmodning.',
  'asked.failed': 'Fejlet.',
  'asked.notRefreshed': 'Hvordan det står til nu, kunne ikke indlæses.',
  'rollback.legend': 'Tilbage til',
  'rollback.healthy': 'var sund i {{duration}}',
  'rollback.unhealthy': 'forblev ikke sund',
  'rollback.healthUnknown':
    'stod i {{duration}}, det vides ikke, hvordan den kørte',
  'rollback.until': 'til',
  'rollback.lastHealthy': 'seneste, der forblev sund',
  'rollback.none':
    '{{service}} har ingen tidligere release i {{environment}} at rulle tilbage til.',
  'rollback.noneHealthy':
    'Ingen af disse vides at være forblevet sund. Vælg en.',
  'rollback.failingIn': 'fejler i {{clusters}}',
  'rollback.auto': 'Næste merge til {{branch}} erstatter dette.',
  'rollback.pause': 'Sæt auto-release på pause i 24 t',
  'rollback.cause': 'Begrundelse',
  'rollback.causeNone': 'Ingen angivet',
  'rollback.causeIncident': 'Hændelse',
  'rollback.causeErrors': 'Fejl siden releasen',
  'rollback.causeSlow': 'Langsommere siden releasen',
  'rollback.causeMistake': 'Releaset ved en fejl',
  'rollback.causeWith': '{{cause}}: {{details}}',
  'rollback.details': 'Detaljer eller link',
  'batch.preview': 'Hvad det ville føre til',
  'batch.remove': 'Tag ud',
  'batch.allOrNone': 'Der anmodes om dem alle eller ingen.',
  'batch.empty': 'Der er ingen service tilbage. Luk, og vælg nogle.',
  'batch.noneHealthy':
    'Der er ingen tidligere release, der kunne vælges for dig. Vælg en.',
  'batch.otherwise': 'Vælg en anden',
  'batch.changes_one': '{{count}} ændring',
  'batch.changes_other': '{{count}} ændringer',
};
