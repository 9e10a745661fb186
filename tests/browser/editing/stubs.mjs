// A form of one field in place of the server's: for tests of the way to it alone.
export async function stub(page) {
  await page.route('**/_polku/form?*', (route) => {
    const at = new URL(route.request().url()).searchParams.get('at');
    const safe = at.replace(/[&<"]/g, '');
    const entity = safe.split(/[.#]/)[0];
    route.fulfill({ contentType: 'text/html; charset=utf-8', body: `<form data-at="${entity}"><h2>${entity}</h2><p><label>Ensimmäinen <input></label></p><p data-at="${safe}"><label>Teksti suomeksi <input lang="fi" value="x"></label></p></form>` });
  });
}
