import { Menu } from '@base-ui/react/menu';
import { goTo } from '../lib/route.ts';
import { useSite } from '../lib/site.tsx';
import { CheckIcon, ChevronIcon } from '../ui/icons.tsx';

/** All index funds of the platform. */
export const IndexSwitcher = ({ symbol }: { readonly symbol: string }) => {
  const { indices } = useSite().config;
  return (
    <Menu.Root>
      <Menu.Trigger className="button" aria-label={`Index fund ${symbol}`}>
        <span className="index-name">{symbol}</span>
        <ChevronIcon />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="positioner" sideOffset={8} align="start">
          <Menu.Popup className="popup">
            <Menu.RadioGroup value={symbol} onValueChange={(chosen: unknown) => goTo(String(chosen))}>
              {indices.map((index) => (
                <Menu.RadioItem
                  key={index.address}
                  value={index.symbol}
                  className="item"
                  aria-label={`${index.symbol} ${index.name}`}
                  closeOnClick
                >
                  <span className="letter">{index.symbol.slice(0, 1)}</span>
                  <span className="strong">{index.symbol}</span>
                  <span className="muted">{index.name}</span>
                  <Menu.RadioItemIndicator className="end good">
                    <CheckIcon />
                  </Menu.RadioItemIndicator>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
};
