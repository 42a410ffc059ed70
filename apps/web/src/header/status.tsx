import { Popover } from '@base-ui/react/popover';
import { absoluteTime } from '../format/time.ts';
import { useHead } from '../lib/head.tsx';
import { useKeeper } from '../lib/keeper.ts';
import { useSite } from '../lib/site.tsx';

/** Chain and keeper at a glance: a dot, and words for everybody who asks. */
export const Status = () => {
  const { config } = useSite();
  const { block, gone } = useHead();
  const keeper = useKeeper();
  const trouble = keeper?.trouble ?? null;
  const [shape, words] = gone
    ? ['down', 'Chain does not answer']
    : keeper === null
      ? ['warn', 'Chain works, no keeper']
      : trouble !== null
        ? ['warn', 'Chain works, the keeper has trouble']
        : ['', 'Chain and keeper are working'];
  return (
    <Popover.Root>
      <Popover.Trigger className="icon-button" aria-label={`Status: ${words}`}>
        <span className={`dot ${shape}`} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="positioner" sideOffset={8} align="end">
          <Popover.Popup className="popup text">
            <Popover.Title className="strong">{words}</Popover.Title>
            <Popover.Description render={<div />} className="small muted">
              <p>
                {config.chainName}, chain id {config.chainId}
              </p>
              {block !== undefined && (
                <p>
                  Block {block.number.toLocaleString('en-US')}, {absoluteTime(block.at)}
                </p>
              )}
              {keeper !== null && keeper !== undefined && <p>{keeper.says}</p>}
            </Popover.Description>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
};
