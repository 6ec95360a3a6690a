//! Small pages as the common systems make them, and the days that they give.

use crate::page::facts::facts;
use crate::page::parse::parse;

/// A page, where it was fetched, and its days of publication and of its last edit.
type Case<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str);

fn check(name: &str, html: &str, address: &str, published: &str, updated: &str) {
    let address = (!address.is_empty()).then_some(address);
    let facts = facts(&parse(html), address);
    let day = |found: Option<super::Found<super::Moment>>| {
        found
            .map(|found| found.value.to_string())
            .unwrap_or_default()
    };
    let found = (day(facts.published), day(facts.updated));
    assert_eq!(
        found,
        (published.to_owned(), updated.to_owned()),
        "{name}: {html}"
    );
}

/// Texts, each with days in its sentences; `{EN}` and the like stand for them in the pages.
const TEXTS: [(&str, &str); 6] = [
    ("{H}", "<h1>Old bridge closes</h1>"),
    (
        "{EN}",
        "<p>Inspectors found cracks in three arches of the old bridge last autumn, and the county keeps lorries off it until the work is paid for.</p><p>The clerk wrote on 3 March 2010 that it would take two summers.</p><p>Its neighbour fell on May 3, 2001.</p>",
    ),
    ("{D}", "<h1>Alte Brücke wird gesperrt</h1>"),
    (
        "{DE}",
        "<p>Prüfer fanden im Herbst Risse in drei Bögen der alten Brücke, und der Kreis hält Lastwagen fern, bis die Arbeiten bezahlt sind.</p><p>Am 4. Mai 2001 stürzte die Brücke daneben ein.</p>",
    ),
    ("{F}", "<h1>Le vieux pont ferme</h1>"),
    (
        "{FR}",
        "<p>Des inspecteurs ont trouvé des fissures dans trois arches du vieux pont, et le canton en écarte les camions jusqu'à ce que les travaux soient payés.</p><p>Le pont voisin est tombé le 4 mai 2001.</p>",
    ),
];

fn filled(html: &str) -> String {
    let fill = |html: String, (name, text): &(&str, &str)| html.replace(name, text);
    TEXTS.iter().fold(html.to_owned(), fill)
}

#[test]
fn days_of_pages_that_give_one() {
    let cases: &[Case<'_>] = &[
        (
            "WordPress de",
            "<html lang=de><article><header>{D}<div class='entry-meta'>Veröffentlicht am <a href='/bruecke' rel=bookmark><time class='entry-date published updated' datetime='2012-05-12T10:00:00+02:00'>12. Mai 2012</time></a> von <a rel=author href='/author/x'>admin</a></div></header>{DE}</article>",
            "",
            "2012-05-12T10:00:00+02:00",
            "",
        ),
        (
            "WordPress old",
            "<div class=post><h2><a href='/b' rel=bookmark>Old bridge closes</a></h2><small>May 12th, 2012 by admin</small>{EN}</div>",
            "",
            "2012-05-12",
            "",
        ),
        (
            "WordPress footer only",
            "<title>Old bridge closes</title><div class=post>{H}{EN}<p class=postmetadata alt>This entry was posted on Saturday, May 12th, 2012 at 10:00 am and is filed under <a href='/category/news' rel='category tag'>News</a>. You can follow any responses.</p></div>",
            "",
            "2012-05-12T10:00:00Z",
            "",
        ),
        (
            "WordPress de footer",
            "<html lang=de><div class=post>{D}{DE}<p class=postmetadata>Dieser Beitrag wurde am Samstag, 12. Mai 2012 um 10:00 Uhr veröffentlicht und in der Kategorie <a rel=tag href='/category/n'>News</a> abgelegt.</p></div>",
            "",
            "2012-05-12T10:00:00Z",
            "",
        ),
        (
            "WordPress fr",
            "<html lang=fr><div class=post>{F}{FR}<footer class=entry-meta>Cette entrée a été publiée dans <a rel='category tag' href=/n>Actu</a> le <a rel=bookmark href=/p>12 mai 2012</a> par <a rel=author href=/a>Jean</a>.</footer></div>",
            "",
            "2012-05-12",
            "",
        ),
        (
            "Blogger",
            "<h2 class='date-header'><span>Samstag, 12. Mai 2012</span></h2><h3 class='post-title'>Alte Brücke wird gesperrt</h3><title>Alte Brücke wird gesperrt</title>{DE}<div class='post-footer'>Eingestellt von <span class='post-author'>Kim</span> um <a class='timestamp-link' href='/x' rel='bookmark'><abbr class='published' title='2012-05-12T10:00:00+02:00'>10:00</abbr></a></div>",
            "",
            "2012-05-12",
            "",
        ),
        (
            "Blogger fr",
            "<html lang=fr><h2 class='date-header'>samedi 12 mai 2012</h2>{F}{FR}<p>Publié par Jean à 10:00</p>",
            "",
            "2012-05-12",
            "",
        ),
        (
            "hAtom abbr",
            "{H}<abbr class='published' title='2012-05-12T10:00:00+02:00'>last spring</abbr>{EN}",
            "",
            "2012-05-12T10:00:00+02:00",
            "",
        ),
        (
            "TYPO3",
            "<html lang=de><div class='news-single-item'><div class='news-single-timedata'>12.05.12 10:00</div>{D}{DE}</div>",
            "",
            "2012-05-12T10:00:00Z",
            "",
        ),
        (
            "TYPO3 alter",
            "<html lang=de>{D}<span class='news-list-date'>12.05.2012</span>{DE}",
            "",
            "2012-05-12",
            "",
        ),
        (
            "Drupal",
            "<html lang=en>{H}<div class=submitted>Submitted by <a href='/user/3'>kim</a> on Sat, 05/12/2012 - 10:00</div>{EN}",
            "",
            "2012-05-12T10:00:00Z",
            "",
        ),
        (
            "Drupal de",
            "<html lang=de>{D}<span class=submitted>Verfasst von Kim am Sa, 12.05.2012 - 10:00.</span>{DE}",
            "",
            "2012-05-12T10:00:00Z",
            "",
        ),
        (
            "Joomla",
            "<html lang=de>{D}<dl class='article-info'><dt class='article-info-term'>Details</dt><dd class=createdby>Geschrieben von Kim</dd><dd class=published>Veröffentlicht: 12. Mai 2012</dd><dd class=hits>Zugriffe: 2012</dd></dl>{DE}",
            "",
            "2012-05-12",
            "",
        ),
        (
            "Joomla fr",
            "<html lang=fr>{F}<dl class='article-info'><dd class=create>Créé le samedi 12 mai 2012 10:00</dd><dd class=modified>Mis à jour le lundi 14 mai 2012 09:00</dd></dl>{FR}",
            "",
            "2012-05-12T10:00:00Z",
            "2012-05-14T09:00:00Z",
        ),
        (
            "Joomla old",
            "<html lang=de><table><tr><td class=contentheading>Alte Brücke</td></tr><tr><td class=createdate>Samstag, den 12. Mai 2012 um 10:00 Uhr</td></tr><tr><td>{DE}</td></tr></table>",
            "",
            "2012-05-12T10:00:00Z",
            "",
        ),
        (
            "phpBB de",
            "<html lang=de><h2>Alte Brücke</h2><div class=postbody><p class=author>von <strong><a href='./memberlist.php?u=3'>kim</a></strong> » Sa 12. Mai 2012, 10:00</p><div class=content>{DE}</div></div>",
            "",
            "2012-05-12T10:00:00Z",
            "",
        ),
        (
            "phpBB en",
            "<h2>Old bridge</h2><div class=postbody><p class=author>by <strong><a href='./memberlist.php?u=3'>kim</a></strong> » Sat May 12, 2012 10:00 am</p><div class=content>{EN}</div></div>",
            "",
            "2012-05-12T10:00:00Z",
            "",
        ),
        (
            "MediaWiki de",
            "<html lang=de><h1 id=firstHeading>Alte Brücke</h1><div id=bodyContent>{DE}</div><div id=footer><ul><li id='footer-info-lastmod'> Diese Seite wurde zuletzt am 12. Mai 2012 um 10:00 Uhr bearbeitet.</li></ul></div>",
            "",
            "2012-05-12T10:00:00Z",
            "2012-05-12T10:00:00Z",
        ),
        (
            "MediaWiki en",
            "<html lang=en><h1 id=firstHeading>Old bridge</h1><div id=bodyContent>{EN}</div><ul id='footer-info'><li id='footer-info-lastmod'> This page was last edited on 12 May 2012, at 10:00 (UTC).</li></ul>",
            "",
            "2012-05-12T10:00:00Z",
            "2012-05-12T10:00:00Z",
        ),
        (
            "MediaWiki fr",
            "<html lang=fr><h1 id=firstHeading>Vieux pont</h1><div>{FR}</div><ul><li id=lastmod>Dernière modification de cette page le 12 mai 2012 à 10:00.</li></ul>",
            "",
            "2012-05-12T10:00:00Z",
            "2012-05-12T10:00:00Z",
        ),
        (
            "MediaWiki es",
            "<html lang=es><h1>Puente viejo</h1><p>Los inspectores hallaron grietas en tres arcos del viejo puente y el condado mantiene lejos los camiones hasta pagar las obras.</p><ul><li id=lastmod>Esta página se editó por última vez el 12 may 2012 a las 10:00.</li></ul>",
            "",
            "2012-05-12T10:00:00Z",
            "2012-05-12T10:00:00Z",
        ),
        (
            "Stand",
            "<html lang=de>{D}{DE}<p>Stand: 12.05.2012</p>",
            "",
            "2012-05-12",
            "2012-05-12",
        ),
        (
            "Letzte Aenderung",
            "<html lang=de>{D}{DE}<div id=footer>Letzte Änderung: 12.5.2012 | <a href=/impressum>Impressum</a></div>",
            "",
            "2012-05-12",
            "2012-05-12",
        ),
        (
            "published beats Stand",
            "<html lang=de>{D}<p>Erstellt am 10. Mai 2012</p>{DE}<p>Letzte Änderung: 12.5.2012</p>",
            "",
            "2012-05-10",
            "2012-05-12",
        ),
        (
            "press release",
            "<html lang=de>{D}<p>Berlin, 12. Mai 2012</p>{DE}",
            "",
            "2012-05-12",
            "",
        ),
        (
            "bold date",
            "<html lang=de>{D}<b>12. Mai 2012</b><br>{DE}",
            "",
            "2012-05-12",
            "",
        ),
        (
            "kicker date",
            "<html lang=de><span>12. Mai 2012</span>{D}{DE}",
            "",
            "2012-05-12",
            "",
        ),
        (
            "date at the end",
            "<html lang=de>{D}{DE}<p><em>12. Mai 2012</em></p>",
            "",
            "2012-05-12",
            "",
        ),
        (
            "signed",
            "<html lang=fr>{F}{FR}<p>Lyon, le 12 mai 2012</p>",
            "",
            "2012-05-12",
            "",
        ),
        (
            "address day",
            "{H}{EN}",
            "https://blog.example/2018/01/18/bridge",
            "2018-01-18",
            "",
        ),
        (
            "address dashes",
            "{H}{EN}",
            "https://blog.example/2018-01-18-bridge.html",
            "2018-01-18",
            "",
        ),
        (
            "late in the evening",
            "<meta property='article:published_time' content='2018-01-19T03:30:00Z'>{H}{EN}",
            "https://blog.example/2018/01/18/bridge",
            "2018-01-18",
            "",
        ),
        (
            "early in the east",
            "<meta property='article:published_time' content='2018-01-17T22:30:00Z'>{H}{EN}",
            "https://blog.example/2018/01/18/bridge",
            "2018-01-18",
            "",
        ),
        (
            "no zone makes that day",
            "<meta property='article:published_time' content='2018-01-19T15:30:00Z'>{H}{EN}",
            "https://blog.example/2018/01/18/bridge",
            "2018-01-19T15:30:00Z",
            "",
        ),
        (
            "its own zone",
            "<meta property='article:published_time' content='2018-01-19T03:30:00+01:00'>{H}{EN}",
            "https://blog.example/2018/01/18/bridge",
            "2018-01-19T03:30:00+01:00",
            "",
        ),
        (
            "two days",
            "<meta property='article:published_time' content='2018-01-20T03:30:00Z'>{H}{EN}",
            "https://blog.example/2018/01/18/bridge",
            "2018-01-20T03:30:00Z",
            "",
        ),
        (
            "address compact",
            "{H}{EN}",
            "https://blog.example/20180118/bridge",
            "2018-01-18",
            "",
        ),
        (
            "address beats sidebar",
            "{H}{EN}<div id=archive><ul><li><a href=/x>Harbour plans agreed</a> 12.05.2012</li><li><a href=/y>Road works</a> 11.05.2012</li></ul></div>",
            "https://blog.example/2018/01/18/bridge",
            "2018-01-18",
            "",
        ),
        (
            "by line",
            "{H}<p>By Jane Doe | Published May 12, 2012</p>{EN}<div class=more><a href=/y>Harbour plans</a> <time datetime='2011-12-01'>Dec 1</time></div>",
            "",
            "2012-05-12",
            "",
        ),
        (
            "signed behind a lead",
            "{H}<p>Inspectors found cracks in three arches of the old bridge last autumn, and the county keeps lorries off it.</p><div><a href=/staff/jane-doe>Jane Doe</a> <time datetime='2012-05-12'>May 12</time></div>{EN}",
            "",
            "2012-05-12",
            "",
        ),
        (
            "by line updated",
            "{H}<p>By Jane Doe</p><p>Posted: 12 May 2012 | Last updated: 14 May 2012</p>{EN}",
            "",
            "2012-05-12",
            "",
        ),
        (
            "meta beats",
            "<meta name=date content=2012-05-12>{H}<ul><li><a href=/f>Harbour plans</a> <time datetime=2011-05-03>3 May</time></li></ul><p class=caption>Ashford, 1 May 2012</p><blockquote>3 May 2011</blockquote>{EN}",
            "",
            "2012-05-12",
            "",
        ),
        (
            "json-ld beats time",
            r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"Old bridge closes","datePublished":"2012-05-12"}</script>{H}{EN}<div class=more><time datetime=2011-01-01>x</time></div>"#,
            "",
            "2012-05-12",
            "",
        ),
        (
            "es",
            "<html lang=es><h1>Puente viejo</h1><p>Publicado el 12 de mayo de 2012</p><p>Los inspectores hallaron grietas en tres arcos del viejo puente y el condado mantiene lejos los camiones hasta pagar las obras.</p>",
            "",
            "2012-05-12",
            "",
        ),
        (
            "it",
            "<html lang=it><h1>Ponte vecchio</h1><p>Pubblicato sabato 12 maggio 2012</p><p>Gli ispettori hanno trovato crepe in tre archi del vecchio ponte e la contea tiene lontani i camion finché i lavori non sono pagati.</p>",
            "",
            "2012-05-12",
            "",
        ),
        (
            "nl",
            "<html lang=nl><h1>Oude brug</h1><p>Geplaatst op 12 mei 2012 door Jan</p><p>Inspecteurs vonden scheuren in drie bogen van de oude brug en de provincie houdt vrachtwagens weg tot het werk betaald is.</p>",
            "",
            "2012-05-12",
            "",
        ),
        (
            "pt",
            "<html lang=pt><h1>Ponte velha</h1><p>Publicado em 12 de maio de 2012</p><p>Os inspetores acharam fendas em três arcos da velha ponte e o condado mantém os camiões longe até que as obras sejam pagas.</p>",
            "",
            "2012-05-12",
            "",
        ),
        (
            "fr mis en ligne",
            "<html lang=fr>{F}{FR}<p>Mis en ligne le 12/05/2012</p>",
            "",
            "2012-05-12",
            "",
        ),
        (
            "SPIP",
            "<html lang=fr>{F}<p class='info-publi'><abbr class='published' title='2012-05-12T10:00:00Z'>samedi 12 mai 2012</abbr>, par Jean</p>{FR}",
            "",
            "2012-05-12T10:00:00Z",
            "",
        ),
        (
            "parts of a date",
            "<html lang=de>{D}<div class=date><span class=day>12</span> <span class=month>Mai</span> <span class=year>2012</span></div>{DE}",
            "",
            "2012-05-12",
            "",
        ),
        (
            "DC",
            "<meta name='DC.date.issued' content='2012-05-12'>{H}{EN}",
            "",
            "2012-05-12",
            "",
        ),
        (
            "head by hand",
            "<meta name='last-modified' content='Sat, 12 May 2012 10:00:00 GMT'>{H}{EN}",
            "",
            "2012-05-12T10:00:00Z",
            "2012-05-12T10:00:00Z",
        ),
        (
            "script",
            r#"{H}{EN}<script>window.data = {"post":{"publishedAt":"2012-05-12T10:00:00Z"}}</script>"#,
            "",
            "2012-05-12T10:00:00Z",
            "",
        ),
    ];
    for &(name, html, address, published, updated) in cases {
        check(name, &filled(html), address, published, updated);
    }
}

#[test]
fn no_day_of_something_else() {
    let cases: &[Case<'_>] = &[
        (
            "list of others",
            "{H}{EN}<ul><li><a href=/x>Harbour plans agreed</a> <time datetime='2012-05-12'>May 12</time></li></ul>",
            "",
            "",
            "",
        ),
        (
            "others behind a brief",
            "{H}<p>Inspectors found cracks in three arches of the old bridge last autumn, and the county keeps lorries off it.</p><div class=more><a href=/x>Harbour plans</a> <time datetime='2012-05-12'>May 12</time></div>",
            "",
            "",
            "",
        ),
        (
            "more",
            "{H}{EN}<div class=more><a href=/x>Harbour plans</a> <time datetime='2012-05-12'>May 12</time></div>",
            "",
            "",
            "",
        ),
        (
            "tweet",
            "{H}<blockquote class=twitter-tweet><p>Safe</p>&mdash; Mayor (@m) <a href='https://twitter.com/m/status/1'>May 12, 2012</a></blockquote>{EN}",
            "",
            "",
            "",
        ),
        (
            "caption",
            "{H}<figure><img><figcaption>The bridge on 12 May 2012</figcaption></figure>{EN}",
            "",
            "",
            "",
        ),
        (
            "caption div",
            "{H}<div class=caption>The old bridge seen on 12 May 2012</div>{EN}",
            "",
            "",
            "",
        ),
        (
            "sentence",
            "{H}<p>The bridge closed on 12 May 2012.</p>{EN}",
            "",
            "",
            "",
        ),
        (
            "sentence de",
            "<html lang=de>{D}<p>Die Brücke wurde am 12. Mai 2012 eröffnet.</p>{DE}",
            "",
            "",
            "",
        ),
        (
            "event",
            "<html lang=de>{D}<p>Termin: 12. Mai 2012</p>{DE}",
            "",
            "",
            "",
        ),
        (
            "event span",
            "<html lang=de>{D}<p>12.–14. Mai 2012</p>{DE}",
            "",
            "",
            "",
        ),
        (
            "event span en",
            "{H}<p>May 12 – 14, 2012</p>{EN}",
            "",
            "",
            "",
        ),
        ("copyright", "{H}{EN}<p>© 2012 Herald</p>", "", "", ""),
        (
            "aside",
            "{H}{EN}<aside><a href=/x>Other post</a> <time datetime='2012-05-12'>May 12, 2012</time></aside>",
            "",
            "",
            "",
        ),
        (
            "comments",
            "{H}{EN}<div id=comments><div class=comment>Kim, 12 May 2012</div></div>",
            "",
            "",
            "",
        ),
        (
            "scripts of several",
            r#"{H}{EN}<script>x=[{"publishedAt":"2012-05-12T10:00:00Z"},{"publishedAt":"2012-05-13T10:00:00Z"}]</script>"#,
            "",
            "",
            "",
        ),
        (
            "a card",
            "{H}{EN}<div class=card><a href=/y>Harbour plans</a><span class=published>May 12, 2012</span></div>",
            "",
            "",
            "",
        ),
        (
            "a card that says so",
            "{H}{EN}<div class=card><h3><a href=/y>Harbour plans agreed in Ashford</a></h3><p>Published May 12, 2012</p></div>",
            "",
            "",
            "",
        ),
        (
            "a card that was updated",
            "{H}{EN}<div class=card><h3><a href=/y>Harbour plans agreed in Ashford</a></h3><p>Updated May 12, 2012</p></div>",
            "",
            "",
            "",
        ),
        (
            "kim joined",
            "{H}{EN}<div class=profile>Kim joined 12 May 2012</div>",
            "",
            "",
            "",
        ),
        (
            "accessed",
            "{H}{EN}<ol><li>Report on bridges, accessed 12 May 2012</li></ol>",
            "",
            "",
            "",
        ),
        (
            "infobox",
            "{H}{EN}<table><tr><th>Opened</th><td>12 May 2012</td></tr><tr><th>Length</th><td>300 m</td></tr></table>",
            "",
            "",
            "",
        ),
        (
            "days of a chronicle",
            "{H}{EN}<h3>12 May 2012</h3>{EN}<h3>14 May 2012</h3>{EN}",
            "",
            "",
            "",
        ),
        (
            "references",
            "{H}{EN}<ol class=references><li>Doe, Jane (12 May 2012). <a href='https://x.example'>The bridge of Ashford</a>. Herald.</li></ol>",
            "",
            "",
            "",
        ),
    ];
    for &(name, html, address, published, updated) in cases {
        check(name, &filled(html), address, published, updated);
    }
}
