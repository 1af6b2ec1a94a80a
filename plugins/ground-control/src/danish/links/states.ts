import type { groundControlLinksTranslationRef } from '../../linksTranslation';
import { PartOf } from '../types';

/** How links stand, and why; what measures them. */
export const states: PartOf<
  typeof groundControlLinksTranslationRef,
  | 'page'
  | 'state'
  | 'cell'
  | 'why'
  | 'window'
  | 'scale'
  | 'axis'
  | 'pick'
  | 'source'
  | 'sourceWhy'
  | 'trust'
  | 'link'
  | 'entity'
> = {
  'page.title': 'Links',
  'page.documentTitle': '{{subject}} · Links',
  'page.tabs': 'Sider om links',
  'page.matrix': 'Matrix',
  'page.map': 'Kort',
  'page.calls': 'Kald',
  'page.gateway': 'Gateway',
  'page.toMatrix': 'Til matrixen',
  'state.down': 'Nede',
  'state.high': 'Høj',
  'state.elevated': 'Forhøjet',
  'state.stale': 'Forældet',
  'state.never-sampled': 'Ingen data',
  'state.normal': 'Normal',
  'state.not-linked': 'Ikke linket',
  'state.hidden': 'Skjult',
  'cell.name': '{{from}} til {{to}}: {{state}}.',
  'cell.approximate': '≈{{value}}',
  'cell.old': '{{age}} gammel',
  'cell.for': 'i {{age}}',
  'cell.noAnswer': 'Intet svar',
  'cell.few': 'For få',
  'cell.fewOf': '{{samples}} af {{needed}}',
  'cell.timesOf': '×{{times}} af {{baseline}}',
  'cell.noBaseline': 'ingen baseline',
  'cell.lost': '{{loss}} tabt',
  'cell.lostAtLeast': '≥{{loss}} tabt',
  'cell.lostTimes': '{{lost}} · ×{{times}}',
  'cell.notUsed': 'Bruges ikke af {{squads}}.',
  'cell.badOf': '{{bad}} af {{links}} dårlige',
  'cell.calls_one': '{{count}} kald',
  'cell.calls_other': '{{count}} kald',
  'cell.declared_one': '{{count}} erklæret',
  'cell.declared_other': '{{count}} erklærede',
  'why.as-usual': 'Som sædvanligt.',
  'why.no-baseline':
    'For få målinger til en baseline endnu; det vurderes alene på tab.',
  'why.slower': 'Langsommere end sædvanligt i de seneste minutter.',
  'why.loss': 'Probes tabes: {{loss}}.',
  'why.no-answer': 'Ingen probe er besvaret i {{age}}.',
  'why.all-lost': 'Alle probes siden det seneste svar er tabt.',
  'why.not-alive': 'Det, der måler, siger, at den anden ende er væk.',
  'why.not-sampled': 'Ingen måling endnu.',
  'why.source-stale':
    'Der er ikke hørt fra det, der måler fra {{from}}, i {{age}}.',
  'why.source-unreachable': 'Det, der måler fra {{from}}, kan ikke nås.',
  'why.source-forbidden': 'Det, der måler fra {{from}}, nægter adgang.',
  'why.source-failing':
    'Det, der måler fra {{from}}, svarer med noget, der ikke kan bruges.',
  'why.no-source': 'Intet måler fra {{from}}.',
  'why.not-linked': 'Der er intet link fra {{from}} til {{to}}.',
  'why.hidden': 'Du må ikke se {{from}} eller {{to}}.',
  'window.5m': '5 minutter',
  'window.1h': '1 time',
  'window.24h': '24 timer',
  'window.7d': '7 dage',
  'scale.baseline': 'Mod baseline',
  'scale.ms': 'Millisekunder',
  'scale.loss': 'Tabte probes',
  'axis.clusters': 'Clustre',
  'axis.providers': 'Udbydere',
  'pick.window': 'Vindue',
  'pick.percentile': 'Percentil',
  'pick.tooFew':
    '{{percentile}}: kræver {{needed}} målinger, der er {{samples}}',
  'pick.scale': 'Farve',
  'pick.axis': 'Rækker',
  'pick.nobody': 'Ingen',
  'pick.onlyBad': 'Kun det, der ikke er i orden',
  'pick.provider': 'Udbyder',
  'pick.role': 'Rolle',
  'source.label': 'Hvad der måler fra hvert cluster',
  'source.some_one': '{{count}} hørt fra',
  'source.some_other': '{{count}} hørt fra',
  'source.away_one': '{{count}} ikke hørt fra',
  'source.away_other': '{{count}} ikke hørt fra',
  'source.fresh': 'hørt fra',
  'source.stale': 'forældet',
  'source.unreachable': 'kan ikke nås',
  'source.forbidden': 'adgang nægtet',
  'source.failing': 'fejler',
  'source.none': 'ikke målt',
  'sourceWhy.stale':
    'ikke hørt fra for nylig; det viste derfra er, hvad den sidst sagde.',
  'sourceWhy.unreachable':
    'kan ikke nås; det viste derfra er, hvad den sidst sagde.',
  'sourceWhy.forbidden':
    'nægter adgang; se på credentials for dens latency-kilde.',
  'sourceWhy.failing': 'svarer med noget, der ikke kan bruges.',
  'sourceWhy.none': 'intet måler derfra; det er kun kendt som mål.',
  'trust.label': 'Tillid mellem clustre',
  'trust.shared': 'deler en trust root, til {{at}}',
  'trust.different': 'deler ingen trust root, så intet kald kommer igennem.',
  'trust.expiring': 'deler ingen trust root efter {{at}}.',
  'trust.expired': 'har ikke delt en trust root siden {{at}}.',
  'trust.unknown': 'Deres trust roots er ikke kendt.',
  'link.name': '{{from}} → {{to}}',
  'link.at': '{{name}} ved {{cluster}}',
  'link.link': 'Link',
  'link.state': 'Tilstand',
  'link.since': 'Siden',
  'link.unknown': 'ikke kendt',
  'entity.inAndOut': 'Links ind og ud, de værste først',
  'entity.notLoaded': 'Links kunne ikke indlæses: {{message}}',
};
