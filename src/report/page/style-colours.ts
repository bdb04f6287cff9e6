/**
 * Colours of the page. Those of phases and variants are Okabe and Ito's (Color Universal Design, 2008); in the dark some are lighter, and each
 * `on-` is an ink that has a contrast of 4.5 to 1 on its phase.
 */
export const colours = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --panel: #f6f7f9; --ink: #16191d; --muted: #565e69; --line: #e3e6ea; --accent: #0b5fa5; --soft: #e8f1f9;
  --good: #00664b; --bad: #a83c00; --join: #b3bac4; --focus: #0b5fa5;
  --build: #0072b2; --push: #e69f00; --pull: #56b4e9; --stop: #cc79a7; --start: #009e73; --ready: #d55e00;
  --on-build: #ffffff; --on-push: #16191d; --on-pull: #16191d; --on-stop: #16191d; --on-start: #16191d; --on-ready: #16191d;
  --variant-0: #7b8490; --variant-1: #0072b2; --variant-2: #d55e00; --variant-3: #009e73;
  --variant-4: #cc79a7; --variant-5: #b37b00; --variant-6: #2b90c9; --variant-7: #16191d;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #121417; --panel: #1a1d22; --ink: #eceef1; --muted: #a7b0bb; --line: #2d323a; --accent: #6cb8f0; --soft: #182a3a;
    --good: #4fcfa5; --bad: #ff9b63; --join: #4d5661; --focus: #6cb8f0;
    --build: #3f9bd8; --push: #e69f00; --pull: #7cc8f2; --stop: #d892b8; --start: #2bb98c; --ready: #ee7d2b;
    --on-build: #121417; --on-push: #121417; --on-pull: #121417; --on-stop: #121417; --on-start: #121417; --on-ready: #121417;
    --variant-0: #98a2ae; --variant-1: #56b4e9; --variant-2: #ee7d2b; --variant-3: #2bb98c;
    --variant-4: #d892b8; --variant-5: #e69f00; --variant-6: #8fd0f5; --variant-7: #eceef1;
  }
}
`;
