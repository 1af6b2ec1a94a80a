import type { groundControlPagesTranslationRef } from '../../pagesTranslation';
import { PartOf } from '../types';

/** A service, where a commit is, the activity, and why a release stands as it does. */
export const services: PartOf<
  typeof groundControlPagesTranslationRef,
  'links' | 'find' | 'activity' | 'reason' | 'service'
> = {
  'links.label': 'Værktøjer til {{service}} i {{environment}}',
  'find.label': 'Commit, en pull requests merge-commit eller artifact-id',
  'find.hint':
    'Mindst 7 hex-cifre af et commit, eller begyndelsen af et artifact-id.',
  'find.search': 'Find',
  'find.unclear':
    '”{{query}}” er hverken et commit (7 til 64 hex-cifre) eller begyndelsen af et artifact-id (3 tegn, ingen mellemrum).',
  'find.none': 'Intet artifact af ”{{query}}” er kendt.',
  'find.noneHow':
    'Det er måske ikke bygget endnu, ikke releaset til noget miljø, eller hører til et squad, du ikke må se. I artifact-id’er er der forskel på store og små bogstaver.',
  'find.results_one': '{{count}} artifact.',
  'find.results_other': '{{count}} artifacts.',
  'find.more': 'Der er flere: angiv mere af commit eller artifact-id.',
  'find.current': 'er der nu, siden {{when}}',
  'find.within': 'er der nu, siden {{when}}, i et andet build, der rummer det',
  'find.withinBranch':
    'er der nu, siden {{when}}, i et senere build af samme branch',
  'find.past': 'var der fra {{from}} til {{until}}',
  'find.pastBranch':
    'var der fra {{from}} til {{until}}, selv eller i et senere build af samme branch',
  'find.never': 'aldrig der',
  'find.instead': 'nu er der: {{artifact}}',
  'find.places': 'Miljøer for {{artifact}}',
  'find.contained': 'Først med i build',
  'activity.heading': 'Aktivitet i config-repositoryet',
  'activity.kind': 'Type',
  'activity.release': 'Release',
  'activity.policy': 'Policy',
  'activity.manifest': 'Manifest',
  'activity.other': 'Andet',
  'activity.text': 'Filter',
  'activity.textPlaceholder': 'Titel, artifact, person',
  'activity.titleWithheld':
    'titlen vises ikke: committet berører også services, du ikke må se',
  'activity.looksLike': 'ligner kun en release: intet blev releaset',
  'activity.lacks-environment':
    'releaser til {{environment}}, som ikke er konfigureret',
  'activity.mend-environment':
    'Den release vises ingen steder. Tilføj {{environment}} til groundControl.environments, eller fjern mappen.',
  'activity.lacks-service': 'ikke i kataloget',
  'activity.mend-service':
    'Tilføj en Component af typen service til den, med dens ejer.',
  'activity.lacks-squad': 'squad ikke i kataloget',
  'activity.mend-squad': 'Tilføj {{squad}} til kataloget, eller ret ejeren.',
  'activity.moreServices_one': 'og {{count}} service mere',
  'activity.moreServices_other': 'og {{count}} services mere',
  'activity.older': 'Indlæs ældre',
  'activity.loadingOlder': 'Indlæser ældre',
  'activity.olderProblems': 'Indlæs ældre problemer',
  'activity.noOlderProblems': 'Ingen ældre problemer.',
  'activity.end': 'Dette er det første commit.',
  'activity.empty': 'Intet commit passer.',
  'activity.emptyAll': 'Config-repositoryet har intet commit endnu.',
  'activity.showAll': 'Vis alle',
  'activity.inEnvironment': 'i {{environment}}',
  'activity.notApproved': 'Ikke godkendt her',
  'reason.applied': 'Flux har anvendt den, og den kører.',
  'reason.waits-for-source':
    'Clusteret har ikke hentet releasens commit endnu.',
  'reason.waits-for-apply':
    'Clusteret har hentet releasens commit; Flux har ikke anvendt det endnu.',
  'reason.not-in-cluster':
    'Ingen Kustomization for servicen er i clusteret. Tjek, at clusterets Flux anvender dens mappe.',
  'reason.progressing': 'Flux har anvendt den; workloaden er ikke klar endnu.',
  'reason.health-check-failed':
    'Flux anvendte den, og den blev ikke sund i tide. Se på dens pods, eller rul tilbage.',
  'reason.build-failed':
    'Flux kan ikke bygge dens manifester. Ret dem, og release igen.',
  'reason.apply-failed':
    'Clusteret afviser dens manifester. Ret dem, og release igen.',
  'reason.prune-failed':
    'Flux kan ikke fjerne det, releasen ikke længere rummer. Se på, hvad der holder fast i det.',
  'reason.source-failed':
    'Flux i clusteret kan ikke hente config-repositoryet. Platformingeniører kan se på dets GitRepository.',
  'reason.dependency-not-ready':
    'Den venter på noget, den afhænger af, og som ikke er klar.',
  'reason.suspended':
    'Flux har besked på ikke at afstemme den. Releases når frem, når den genoptages.',
  'reason.runs-another-artifact':
    'Flux anvendte releasen, og et andet artifact kører. Se på, hvem der ændrede workloaden.',
  'reason.changed-by-hand':
    'Noget blev ændret i clusteret, uden om config-repositoryet. Flux ruller det tilbage ved næste afstemning.',
  'reason.replicas-not-ready':
    'Færre replicas er klar end ønsket. Se på dens pods.',
  'reason.workload-missing':
    'Flux anvendte releasen, og dens workload er ikke i clusteret.',
  'reason.image-pull':
    'Dens image kan ikke hentes. Tjek, at det er bygget og må læses.',
  'reason.crash-loop': 'Dens container slutter igen og igen. Se i dens log.',
  'reason.quota':
    'Namespacets kvote har ikke plads til dens pods. Bed om mere, eller ønsk mindre.',
  'reason.scheduling':
    'Ingen node tager dens pods. De ønsker mere, end der er ledigt, eller en node, der ikke findes.',
  'reason.revision-unknown': 'Clusteret melder et commit, vi ikke har læst.',
  'reason.not-heard-of':
    'Der er ikke hørt fra clusteret: dette er, hvad det sidst meldte.',
  'reason.may-not-read':
    'Vi må ikke læse denne type i clusteret, så tilstanden er ikke kendt.',
  'reason.other': 'Clusterets egne ord siger hvorfor.',
  'service.squad': 'Squad',
  'service.namespace': 'Namespace',
  'service.noNamespace': 'intet',
  'service.toPolicies': 'Hvad der må releases, og hvem der afgør',
  'service.place': 'Kendt i',
  'service.both': 'katalog og config-repository',
  'service.repositoryOnly': 'kun config-repository: ikke i kataloget',
  'service.catalogOnly': 'kun katalog: intet er releaset',
  'service.artifactSquad': 'Artifactet nævner et andet squad: {{squad}}',
  'service.environments': 'Miljøer',
  'service.problems': 'Problemer',
  'service.history': 'Releases',
  'service.environment': 'Miljø',
  'service.all': 'Alle',
  'service.older': 'Indlæs ældre',
  'service.loadingOlder': 'Indlæser ældre',
  'service.end': 'Ingen ældre releases.',
  'service.none': 'Ingen releases er registreret.',
  'service.notReleased': 'Ikke releaset',
  'service.sameBuild': 'samme build som {{environment}}',
  'service.notBehind': 'ikke bagud for {{environment}}',
  'service.select': 'Sammenlign {{artifact}} i {{environment}}',
  'service.compareHint':
    'Sæt kryds ved to releases for at sammenligne deres manifester.',
  'service.compareOne': 'Én release valgt. Vælg en til for at sammenligne.',
  'service.clear': 'Ryd',
  'service.noEntity':
    'Ground Control kender ingen service til denne Component.',
  'service.noEntityHow':
    'Angiv den i annotationen {{annotation}} som <namespace>/<navn>, og release den én gang.',
  'service.heading': 'I clustrene',
  'service.heard': 'Hørt fra cluster',
  'service.runs': 'Kører',
  'service.runsInstead': '{{artifact}} i stedet for {{released}}',
  'service.replicas': 'Replicas',
  'service.replicasValue': '{{ready}} af {{desired}} klar',
  'service.blockedBy': 'Blokeret af',
  'service.blocker': '{{kind}} {{name}}',
  'service.corrected': 'Afvigelse rettet',
};
