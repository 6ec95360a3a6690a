//! Feeds of invented outlets, each awkward in its own way.

pub(super) const ADDRESS: &str = "https://www.ashfordcourier.example/rss/world.xml";

/// RSS 2.0 as weblog software writes it: the article in `content:encoded`, an undefined entity, a
/// picture with its own title, a syndicated item, an item changed later.
pub(super) const RSS_2: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href="feed.xsl"?>
<!-- made by hand -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
  xmlns:media="http://search.yahoo.com/mrss/">
<channel>
  <title>The Ashford Courier - World</title>
  <atom:link href="https://www.ashfordcourier.example/rss/world.xml" rel="self"/>
  <link>https://www.ashfordcourier.example/</link>
  <language>en-GB</language>
  <image><title>The Ashford Courier logo</title><link>https://www.ashfordcourier.example/logo</link></image>
  <item>
    <title>Dam breaks above Ashford&nbsp;&amp; two are missing</title>
    <link>https://www.ashfordcourier.example/2022/01/dam?utm_source=rss</link>
    <dc:creator><![CDATA[Anna Meyer]]></dc:creator>
    <dc:creator>Tom Okoro</dc:creator>
    <pubDate>Fri, 07 Jan 2022 18:50:00 +0000</pubDate>
    <atom:updated>2022-01-08T09:00:00Z</atom:updated>
    <guid isPermaLink="false">https://www.ashfordcourier.example/?p=4711</guid>
    <media:content url="https://www.ashfordcourier.example/dam.jpg"><media:title>The dam</media:title></media:content>
    <description><![CDATA[<p>The dam above Ashford broke [&#8230;]</p>]]></description>
    <content:encoded><![CDATA[<p>The dam above Ashford broke on Friday. Water &lt;3 m high reached the town.</p>]]></content:encoded>
  </item>
  <item>
    <title><![CDATA[Talks in <em>Geneva</em> end &#8216;without a deal&#8217;]]></title>
    <link>https://www.ashfordcourier.example/talks#top</link>
    <author>desk@harbourgazette.example (Li Wen)</author>
    <source url="https://www.harbourgazette.example/feed">The Harbour Gazette</source>
    <pubDate>Friday, 7 January</pubDate>
    <dc:date>2022-01-07T10:00:00+01:00</dc:date>
    <guid isPermaLink="false">12345</guid>
    <description>Both sides left.</description>
  </item>
</channel>
</rss>"#;

/// RSS 0.91: titles escaped twice, relative links, no guids, a date that is none, an entity bomb.
pub(super) const RSS_091: &str = r#"<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd" [
  <!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">
]>
<rss version="0.91"><channel>
<title>Ashford Courier</title><link>/</link><language>en</language>
<item><title>Smith &amp;amp; Sons &amp;lt;b&amp;gt;close&amp;lt;/b&amp;gt;</title><link>/a?id=1&amp;utm_medium=rss</link>
<description>&lt;p&gt;The firm &amp;quot;had to close&amp;quot;.&lt;/p&gt;</description></item>
<item><title>&c; says the mayor</title><link>../b</link><pubDate>soon</pubDate></item>
<item><title>No link at all</title><pubDate>2022-01-07</pubDate></item>
<item><title></title><description> </description></item>
</channel></rss>"#;

/// RSS 1.0: items beside the channel, Dublin Core for everything.
pub(super) const RSS_1: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
  xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">
<channel rdf:about="https://www.ashfordcourier.example/rss"><title>Ashford Courier RSS</title>
<link>https://www.ashfordcourier.example/</link><dc:language>de</dc:language>
<items><rdf:Seq><rdf:li rdf:resource="https://www.ashfordcourier.example/a"/></rdf:Seq></items></channel>
<item rdf:about="https://www.ashfordcourier.example/a"><title>Damm bricht</title>
<link>https://www.ashfordcourier.example/a</link><dc:creator>Anna Meyer</dc:creator><dc:creator>Tom Okoro</dc:creator>
<dc:date>2022-01-07T18:50:00Z</dc:date><dcterms:modified>2022-01-08T07:00:00Z</dcterms:modified>
<dc:language>de-AT</dc:language><description>Der Damm brach.</description></item>
</rdf:RDF>"#;

/// Atom 1.0: bases and languages from above, several authors, a source, content in XHTML.
pub(super) const ATOM_1: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://www.ashfordcourier.example/news/">
  <title type="html">The Ashford Courier &lt;i&gt;Latest News&lt;/i&gt;</title>
  <link rel="self" href="/atom.xml"/><link href="/"/>
  <author><name>The Ashford Courier</name></author>
  <id>tag:ashfordcourier.example,2022:feed</id>
  <entry>
    <id>tag:ashfordcourier.example,2022:1</id>
    <title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Dam <b>breaks</b> &amp; floods</div></title>
    <link rel="enclosure" href="dam.mp3" type="audio/mpeg"/>
    <link rel="alternate" type="application/json" href="dam.json"/>
    <link rel="alternate" type="text/html" href="dam"/>
    <author><name>Anna Meyer</name><email>a@ashfordcourier.example</email></author>
    <author><name>Tom Okoro</name></author>
    <published>2022-01-07T18:50:00Z</published><updated>2022-01-08T09:00:00Z</updated>
    <summary type="text">Water &lt; 3 m high &amp; rising</summary>
    <content type="xhtml"><x:div xmlns:x="http://www.w3.org/1999/xhtml"><x:p>The dam <x:a href="a">broke</x:a> &amp; fell.</x:p></x:div></content>
  </entry>
  <entry xml:lang="fr" xml:base="talks/">
    <id>urn:uuid:60a76c80-d399-11d9-b91c-0003939e0af6</id>
    <title>Les pourparlers &amp;quot;échouent&amp;quot;</title>
    <link href="geneva"/>
    <source><id>x</id><title>La Gazette du Port</title><link rel="self" href="https://gazette.example/atom"/>
      <link href="https://gazette.example/"/><author><name>Luc Martin</name></author></source>
    <updated>2022-01-07T10:00:00Z</updated>
    <content type="html">&lt;p&gt;Ils sont partis.&lt;/p&gt;</content>
  </entry>
  <entry><id>9</id><title>Picture</title><content type="image/png">aGVsbG8=</content></entry>
</feed>"#;

/// Atom 0.3, with a prefix.
pub(super) const ATOM_03: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<a:feed version="0.3" xmlns:a="http://purl.org/atom/ns#"><a:title mode="escaped" type="text/html">Ashford Courier &amp;amp; Post</a:title>
<a:link rel="alternate" type="text/html" href="https://www.ashfordcourier.example/"/>
<a:entry><a:title>Dam breaks</a:title><a:link rel="alternate" type="text/html" href="https://www.ashfordcourier.example/a"/>
<a:id>tag:ashfordcourier.example,2004:3</a:id><a:issued>2004-01-07T18:50:00Z</a:issued><a:modified>2004-01-08T07:00:00Z</a:modified>
<a:content type="text/html" mode="escaped">&lt;p&gt;The dam broke.&lt;/p&gt;</a:content></a:entry></a:feed>"#;

/// RSS by careless hands: prefixes without a declaration, HTML that is not escaped, an item and a
/// title that are never closed, lone signs, an unknown entity, CDATA in CDATA.
pub(super) const RSS_BROKEN: &str = "<rss version=2.0>\n<channel>\n<title>The Ashford Courier</title>
<link>https://www.ashfordcourier.example/</link>
<item><title>Rates < 5 %, says Q&A</title><link>https://www.ashfordcourier.example/1?a=1&b=2</link>
<dc:creator>Anna Meyer</dc:creator><content:encoded><p>The <b>bank</b> & the &mayor; agreed.<br>It is done.</p></content:encoded></item>
<item><title>Never closed</title><link>https://www.ashfordcourier.example/2</link>
<item><title>Open <link>https://www.ashfordcourier.example/3</link><guid>3</guid></item>
<item><title>\u{1}Bell\u{8} and\u{0} zero</title><link>https://www.ashfordcourier.example/4</link>
<description><![CDATA[ outer <![CDATA[ inner ]]> ]]></description></b></item>
<!-- never closed
<item><title>After the comment</title><link>https://www.ashfordcourier.example/5</link></item>
</channel></rss>";

/// RSS cut in the middle of its second item.
pub(super) const RSS_CUT: &str = r#"<rss version="2.0"><channel><title>Ashford Courier</title>
<item><title>Whole</title><link>https://www.ashfordcourier.example/1</link><description>All of it.</description></item>
<item><title>Half</title><link>https://www.ashfordcourier.example/2</link><description><![CDATA[<p>Only half of"#;

/// JSON Feed 1.1: a number for an id, an item that is none, old and new authors.
pub(super) const JSON_FEED: &str = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "The Ashford Courier | Home",
"home_page_url": "https://www.ashfordcourier.example/", "language": "en", "authors": [{"name": "The Desk"}], "extra": [1, {}],
"items": [
  {"id": 17, "url": "/17", "title": "Dam &amp; flood", "content_html": "<p>It broke.</p>", "summary": "2 < 3",
   "date_published": "2022-01-07T18:50:00Z", "date_modified": "2022-01-08T09:00:00Z", "authors": [{"name": "Anna Meyer"}, {"name": "Tom Okoro"}]},
  "not an item",
  {"id": "https://www.ashfordcourier.example/18", "external_url": "https://gazette.example/18", "content_text": "One & two.\n\nThree.",
   "author": {"name": "Li Wen"}, "language": "en-GB"}
]}"#;

/// JSON Feed cut in its second item.
pub(super) const JSON_CUT: &str = r#"{"version": "https://jsonfeed.org/version/1", "title": "Ashford Courier",
"items": [{"id": "https://www.ashfordcourier.example/1", "title": "Whole"}, {"id": "2", "title": "Ha"#;

/// OPML with folders.
pub(super) const OPML: &str = r#"<?xml version="1.0"?><opml version="2.0"><head><title>My papers</title></head><body>
<outline text="World"><outline text="Europe">
<outline type="rss" text="The Ashford Courier" title="Ashford &amp;amp; Courier" xmlUrl="https://www.ashfordcourier.example/rss?a=1&amp;b=2" htmlUrl="https://www.ashfordcourier.example/"/>
</outline></outline>
<outline text="Gazette" xmlurl='feeds/gazette.xml'></outline><outline text="Only a folder"/></body></opml>"#;

/// A news sitemap with pictures.
pub(super) const SITEMAP: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://www.ashfordcourier.example/a?b=1&amp;c=2</loc><lastmod>2022-01-08</lastmod>
<news:news><news:publication><news:name>The Ashford Courier</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2022-01-07T18:50:00Z</news:publication_date><news:title>Dam breaks &amp; floods</news:title></news:news>
<image:image><image:loc>https://www.ashfordcourier.example/dam.jpg</image:loc><image:title>The dam</image:title></image:image></url>
<url><lastmod>2022-01-08</lastmod></url>
<url><loc> /relative </loc></url>
</urlset>"#;

/// An index of sitemaps, in the old namespace and with a prefix.
pub(super) const SITEMAP_INDEX: &str = r#"<s:sitemapindex xmlns:s="http://www.google.com/schemas/sitemap/0.84">
<s:sitemap><s:loc><![CDATA[https://www.ashfordcourier.example/sitemap1.xml]]></s:loc><s:lastmod>2022-01-08T00:00:00+00:00</s:lastmod></s:sitemap>
<s:sitemap><s:loc>https://www.ashfordcourier.example/sitemap2.xml</s:loc></s:sitemap></s:sitemapindex>"#;

pub(super) const ALL: [&str; 12] = [
    RSS_2,
    RSS_091,
    RSS_1,
    ATOM_1,
    ATOM_03,
    RSS_BROKEN,
    RSS_CUT,
    JSON_FEED,
    JSON_CUT,
    OPML,
    SITEMAP,
    SITEMAP_INDEX,
];
