import { RequestPreview } from '@ground-control/backstage-plugin-ground-control-common';
import { ChangesList } from '../components/ChangesList';
import { VerdictTiles } from '../components/VerdictTiles';
import { Live } from '../hooks/useLive';
import { usePagesText } from '../hooks/usePagesText';
import { useFormat } from '../hooks/useFormat';
import { CandidateLine } from './CandidateLine';
import { DecidesLine } from './DecidesLine';
import { DiffFold } from './DiffFold';
import { PreviewFrame } from './PreviewFrame';

/** What a wish would come to: verdicts, what it brings, who decides, where it goes. */
export function PreviewView(props: {
  live: Live<RequestPreview[]>;
  rollback?: boolean;
}) {
  const t = usePagesText();
  const format = useFormat();
  return (
    <PreviewFrame live={props.live}>
      {([preview]) =>
        preview && (
          <>
            {preview.artifact && preview.wish.intent === 'release-branch' && (
              <div className="gc-stack-tight">
                <CandidateLine candidate={{ artifact: preview.artifact }} />
              </div>
            )}
            <VerdictTiles verdicts={preview.verdicts} />
            <div className="gc-stack-tight">
              <h4>
                {props.rollback ? t('preview.undoes') : t('preview.changes')}
              </h4>
              <ChangesList changes={preview.changes} />
              <DiffFold diff={preview.diff} />
            </div>
            <DecidesLine preview={preview} />
            {preview.supersedes.length > 0 && (
              <p>
                {t('preview.supersedes', {
                  requests: format.list(preview.supersedes),
                })}
              </p>
            )}
            {preview.targetClusters.length > 0 && (
              <p className="gc-quiet gc-wrap">
                {t('preview.clusters', {
                  clusters: format.list(preview.targetClusters),
                })}
              </p>
            )}
          </>
        )
      }
    </PreviewFrame>
  );
}
