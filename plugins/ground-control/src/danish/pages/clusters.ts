import type { groundControlPagesTranslationRef } from '../../pagesTranslation';
import { PartOf } from '../types';

/** Clusters, their connections and recoveries. */
export const clusters: PartOf<
  typeof groundControlPagesTranslationRef,
  | 'connection'
  | 'connectionHow'
  | 'strip'
  | 'clusters'
  | 'kinds'
  | 'attention'
  | 'recovery'
> = {
  'connection.starting': 'Ikke læst endnu',
  'connection.syncing': 'Læses',
  'connection.live': 'Live',
  'connection.stale': 'Ikke hørt fra',
  'connection.unreachable': 'Kan ikke nås',
  'connection.unauthorized': 'Credentials afvist',
  'connection.forbidden': 'Adgang nægtet',
  'connection.mistaken': 'Et andet cluster',
  'connection.untrusted': 'Certifikat ikke betroet',
  'connection.failing': 'Fejler',
  'connectionHow.starting':
    'Intet er læst, siden clusteret blev konfigureret. Første læsning begynder inden for sekunder.',
  'connectionHow.syncing': 'API’et svarer; alt læses.',
  'connectionHow.live': 'Alle nødvendige typer overvåges.',
  'connectionHow.stale':
    'Det var live, og der høres ikke længere fra det. En anden replica overtager overvågningen inden for 15 s; varer det ved, så se i backendens log.',
  'connectionHow.unreachable':
    'Ingen forbindelse eller intet svar i tide. Tjek clusteret, dets adresse og netværket imellem.',
  'connectionHow.unauthorized':
    'Clusteret afviser vores credentials (401). Forny token eller klientcertifikat.',
  'connectionHow.forbidden':
    'Clusteret kender os og lader os ikke læse alt nødvendigt (403). Bind den læsende ClusterRole til vores konto.',
  'connectionHow.mistaken':
    'Det svarer som et andet cluster end det konfigurerede, så intet af det, det siger, bruges. Tjek adresse og credentials.',
  'connectionHow.untrusted':
    'Certifikatet er ikke et, vi stoler på, eller hører til en anden host. Tjek den konfigurerede certificate authority og hostnavnet.',
  'connectionHow.failing':
    'Årsagen siger, hvad der fejler. Der prøves igen af sig selv.',
  'strip.live_one': '{{count}} cluster live',
  'strip.live_other': '{{count}} clustre live',
  'strip.never': 'aldrig hørt fra',
  'strip.one': '{{cluster}}: {{state}}. Det viste er fra {{time}}.',
  'strip.oneNever': '{{cluster}}: {{state}}. Intet er hørt fra det endnu.',
  'strip.several':
    'Der er ikke hørt fra {{number}} af {{total}} clustre: {{clusters}}. Det viste er, hvad de sidst meldte.',
  'clusters.heading': 'Clustre',
  'clusters.table': 'Clustre, og hvad de melder',
  'clusters.name': 'Cluster',
  'clusters.connection': 'Forbindelse',
  'clusters.versions': 'Versioner',
  'clusters.size': 'Størrelse',
  'clusters.sync': 'Følger config-repositoryet',
  'clusters.services': 'Services',
  'clusters.noEnvironment': 'bærer intet miljø',
  'clusters.since': 'skiftede',
  'clusters.told': 'Platformingeniører fik besked',
  'clusters.lastEvent': 'Seneste ændring',
  'clusters.heard': 'Hørt fra',
  'clusters.never': 'aldrig',
  'clusters.unknown': 'ukendt',
  'clusters.kubernetes': 'Kubernetes',
  'clusters.flux': 'Flux',
  'clusters.nodes': 'Nodes',
  'clusters.nodesValue': '{{ready}} af {{total}} klar',
  'clusters.nodesShort': '{{ready}} af {{total}} nodes',
  'clusters.nodesUnknown': 'nodes ukendt',
  'clusters.containers': 'Containere',
  'clusters.containersUnknown': 'containere ukendt',
  'clusters.containersShort_one': '{{count}} container',
  'clusters.containersShort_other': '{{count}} containere',
  'clusters.identity': 'Identitet',
  'clusters.identityConfirmed': 'Kalder sig {{name}}, som konfigureret',
  'clusters.identityMistaken':
    'Kalder sig {{name}}: adresse eller credentials er et andet clusters',
  'clusters.identityUnknown': 'Kalder sig intet; cluster-identity mangler',
  'clusters.position': 'position {{position}}',
  'clusters.upToDate': 'Ajour',
  'clusters.behind_one': '{{count}} commit bagud',
  'clusters.behind_other': '{{count}} commits bagud',
  'clusters.behindFor': 'i {{duration}}',
  'clusters.revisionUnknown': 'Anvendt et commit, vi ikke har læst',
  'clusters.noRevision': 'Intet anvendt commit er kendt',
  'clusters.unapplied_one': '{{count}} Kustomization har intet anvendt endnu',
  'clusters.unapplied_other':
    '{{count}} Kustomizations har intet anvendt endnu',
  'clusters.fetched': 'Hentet {{revision}}',
  'clusters.fetchedAhead_one':
    'Hentet {{revision}}, anvendt {{count}} commit før',
  'clusters.fetchedAhead_other':
    'Hentet {{revision}}, anvendt {{count}} commits før',
  'clusters.worstLink': 'Værste link: {{state}}',
  'clusters.routing': 'Trafik',
  'clusters.routingTried': '{{asked}}, kun på prøve',
  'clusters.routingNothing': 'beder ikke om noget',
  'clusters.routingConflict_one': '{{count}} RoutingWeight nævner den',
  'clusters.routingConflict_other':
    '{{count}} RoutingWeights nævner den, så intet nyt sættes',
  'clusters.fault': 'Kilde',
  'clusters.suspended':
    'Kilden er suspenderet: ingen release når frem til clusteret',
  'clusters.noServices': 'Ingen service, du må se',
  'clusters.none': 'Ingen clustre er konfigureret.',
  'clusters.noneHow':
    'Angiv dem under kubernetes.clusterLocatorMethods og groundControl.clusters i app-config.yaml; indtil da viser tavlen det, der er registreret i Git.',
  'clusters.notFound':
    'Clusteret {{name}} findes ikke, eller du må ikke se det.',
  'clusters.all': 'Alle clustre',
  'clusters.recovering': 'Genoprettes: {{ready}} af {{total}} Ready',
  'clusters.recoveringStarted': 'Genoprettes',
  'clusters.facts': 'Hvad det er',
  'clusters.noEntity': 'Intet cluster er konfigureret for denne Resource.',
  'clusters.noEntityHow':
    'Navngiv det som denne Resource i kubernetes.clusterLocatorMethods eller groundControl.clusters, eller brug en locator af typen catalog.',
  'clusters.summary': '{{live}} af {{total}} live',
  'kinds.heading': 'Hvad der læses',
  'kinds.kind': 'Type',
  'kinds.state': 'Tilstand',
  'kinds.objects': 'Objekter',
  'kinds.starting': 'Ikke læst endnu',
  'kinds.live': 'Live',
  'kinds.absent': 'Ikke i dette cluster',
  'kinds.forbidden': 'Adgang nægtet',
  'kinds.failing': 'Fejler',
  'attention.heading': 'Services, der ikke er afstemt',
  'attention.none': 'Alle services er afstemt.',
  'attention.never': 'Intet er læst fra clusteret endnu.',
  'attention.away_one':
    'Der er ikke hørt fra clusteret: {{count}} service er forældet og vises, som clusteret sidst meldte den.',
  'attention.away_other':
    'Der er ikke hørt fra clusteret: {{count}} services er forældede og vises, som clusteret sidst meldte dem.',
  'attention.most': 'Dette er de første {{number}}; tavlen viser alle.',
  'attention.onBoard': 'På tavlen',
  'recovery.heading': 'Genopretning',
  'recovery.earlier': 'Tidligere genopretninger',
  'recovery.started': 'Sidst hørt fra eller oprettet',
  'recovery.api': 'API kan nås',
  'recovery.flux': 'Flux klar',
  'recovery.revision': 'Første revision anvendt',
  'recovery.ready': 'Alt er Ready',
  'recovery.took': 'efter {{duration}}',
  'recovery.running': 'i gang i {{duration}}',
  'recovery.waiting': 'afventer',
  'recovery.unseen': 'ikke set',
  'recovery.readyOf': '{{ready}} af {{total}} Ready',
  'recovery.total':
    'Genoprettet på {{duration}}: {{percent}} af den time, der er målet.',
  'recovery.over':
    'Genoprettet på {{duration}}: længere end den time, der er målet.',
  'recovery.ongoing': 'I gang i {{duration}} af den time, der er målet.',
  'recovery.ongoingOver':
    'I gang i {{duration}}: den time, der er målet, er gået.',
  'recovery.ended':
    'Ikke færdig efter {{duration}}: clusteret blev kasseret igen.',
  'recovery.hour': '1 t',
};
