// On a narrow screen the menu opens with a button. Without this script it is always there.
const toggle = document.querySelector('.toggle');
const menu = document.querySelector('#menu');
const narrow = matchMedia('(max-width: 39.99rem)');

function show(open) {
  menu.hidden = narrow.matches && !open;
  toggle.setAttribute('aria-expanded', String(open));
}

toggle.addEventListener('click', () => show(toggle.getAttribute('aria-expanded') !== 'true'));
narrow.addEventListener('change', () => show(false));
show(false);
