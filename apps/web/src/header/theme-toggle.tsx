import { chooseTheme, useTheme } from '../lib/theme.ts';
import { MoonIcon, SunIcon } from '../ui/icons.tsx';

export const ThemeToggle = () => {
  const other = useTheme() === 'dark' ? 'light' : 'dark';
  return (
    <button type="button" className="icon-button" aria-label={`Use ${other} theme`} onClick={() => chooseTheme(other)}>
      {other === 'dark' ? <MoonIcon /> : <SunIcon />}
    </button>
  );
};
