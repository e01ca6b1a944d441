// What html-validate holds every page to: its recommended rules, but for these.
export default {
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    'doctype-style': ['error', { style: 'lowercase' }], // either is the standard's; ours are lower case
    'long-title': 'off', // a rule for search engines; a title here names the page and the partnership
    'no-redundant-role': 'off', // tables shown as cards keep their roles: display: block takes them away
    'prefer-native-element': ['error', { exclude: ['region'] }], // a box that scrolls is no section of the text
  },
};
