import { Mark } from '../ui/icons.tsx';
import { Account } from './account.tsx';
import { IndexSwitcher } from './index-switcher.tsx';
import { Status } from './status.tsx';
import { ThemeToggle } from './theme-toggle.tsx';

export const Header = ({ symbol }: { readonly symbol: string }) => (
  <header className="header">
    <div className="header-row">
      <div className="brand">
        <Mark />
        <span>Wicker</span>
      </div>
      <IndexSwitcher symbol={symbol} />
      <div className="header-end">
        <Status />
        <ThemeToggle />
        <Account />
      </div>
    </div>
  </header>
);
