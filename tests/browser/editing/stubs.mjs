// What stands in for parts of the server in tests of the shell alone: a key, a state and a form of one field.
export async function stub(page, { state, findings } = {}) {
  await page.route('**/*.html*', async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replace(/data-revision="(\d+)"(?! data-token)/, 'data-revision="$1" data-token="test"');
    await route.fulfill({ response: answer, body });
  });
  await page.route('**/_polku/state*', (route) => route.fulfill({ json: state ?? { lang: 'fi', langs: ['fi', 'sv'], readonly: false, undo: 'Asiakasohjaaja, nimi', redo: null, counts: {} } }));
  await page.route('**/_polku/form?*', (route) => {
    const at = new URL(route.request().url()).searchParams.get('at');
    const safe = at.replace(/[&<"]/g, '');
    route.fulfill({ contentType: 'text/html; charset=utf-8', body: `<form data-at="${safe.split(/[.#]/)[0]}"><h2>${safe.split(/[.#]/)[0]}</h2><p><label>Ensimmäinen <input></label></p><p data-at="${safe}"><label>Teksti suomeksi <input lang="fi" value="x"></label></p></form>` });
  });
  if (findings) await page.route('**/_polku/findings*', (route) => route.fulfill({ json: findings }));
}
