"""Articles of our own with a known foreign passage, or with everything that looks foreign and is none.

Sentences in six languages are put together into articles; decorations (references, line-ups, code, captions, slogans, names in
another script, tables) are strewn in; a paragraph, a sentence or the half of one in another language may be spliced in.
"""

import random
from typing import NamedTuple

SENTENCES = {
    "fr": """La mairie a fermé le pont jeudi matin après la découverte d'une fissure dans la deuxième pile.
Les habitants du quartier devront faire un détour de six kilomètres jusqu'à la fin du mois de mars.
« Nous n'avions pas le choix, la sécurité passe avant tout », a expliqué la maire devant le conseil.
Une équipe d'ingénieurs venue de Lyon a commencé les mesures dès vendredi, avec du matériel prêté par l'armée.
Le coût des réparations n'est pas encore connu, mais l'opposition parle déjà de plusieurs millions d'euros.
Les commerçants de la rive gauche craignent de perdre leurs clients pendant les fêtes.
Trois bus supplémentaires circuleront entre la gare et l'hôpital tant que durera la fermeture.
Le dernier contrôle de l'ouvrage remontait à onze ans, selon un rapport que le journal a pu consulter.
Un agriculteur avait signalé dès l'été des morceaux de béton tombés dans la rivière, sans recevoir de réponse.
La région a promis de prendre en charge la moitié de la facture, à condition que les travaux commencent vite.
Les élèves du collège arriveront en retard pendant quelques jours, a prévenu le principal dans une lettre aux parents.
Personne n'a été blessé, et la circulation des péniches n'est pas interrompue.""",
    "ar": """أغلقت البلدية الجسر صباح الخميس بعد اكتشاف شق في إحدى ركائزه القديمة.
وسيضطر سكان الحي إلى سلوك طريق أطول بستة كيلومترات حتى نهاية الشهر المقبل.
وقالت رئيسة البلدية أمام المجلس إن سلامة الناس تأتي قبل كل شيء ولم يكن هناك خيار آخر.
وبدأ فريق من المهندسين وصل من العاصمة أعمال القياس يوم الجمعة بمعدات استعارها من الجيش.
ولم تعرف بعد كلفة الإصلاحات لكن المعارضة تتحدث منذ الآن عن عدة ملايين.
ويخشى أصحاب المتاجر على الضفة الأخرى أن يفقدوا زبائنهم خلال موسم الأعياد.
وستعمل ثلاث حافلات إضافية بين المحطة والمستشفى طوال فترة الإغلاق.
ويعود آخر فحص للجسر إلى أحد عشر عاما وفق تقرير اطلعت عليه الصحيفة.
وكان أحد المزارعين قد أبلغ في الصيف عن قطع من الخرسانة سقطت في النهر دون أن يتلقى ردا.
ووعدت المحافظة بتحمل نصف التكاليف بشرط أن تبدأ الأعمال بسرعة.
ولم يصب أحد بأذى كما أن حركة القوارب في النهر لم تتوقف.""",
    "en": """The town closed the bridge on Thursday morning after divers found a crack in its second pier.
People who live nearby will have to drive six kilometres further until the end of March.
"We had no choice, because safety comes first," the mayor told the council that evening.
A team of engineers began to measure the damage on Friday with equipment lent by the army.
Nobody knows yet what the repairs will cost, but the opposition already speaks of several millions.
Shopkeepers on the left bank are afraid that they will lose their customers before the holidays.
Three more buses will run between the station and the hospital for as long as the road is shut.
The last inspection took place eleven years ago, according to a report that this newspaper has read.
A farmer had told the council in summer that pieces of concrete were falling into the river, and got no answer.
The county has promised to pay half of the bill if the work begins before the spring floods.
Pupils will arrive late for a few days, the headteacher warned in a letter to their parents.
Nobody was hurt, and barges still pass under the arches.""",
    "es": """El ayuntamiento cerró el puente el jueves por la mañana tras descubrir una grieta en el segundo pilar.
Los vecinos del barrio tendrán que dar un rodeo de seis kilómetros hasta finales de marzo.
«No teníamos otra opción, porque la seguridad es lo primero», dijo la alcaldesa ante el pleno.
Un equipo de ingenieros llegado de la capital empezó a medir los daños con aparatos prestados por el ejército.
Todavía no se sabe cuánto costarán las obras, pero la oposición habla ya de varios millones.
Los comerciantes de la orilla izquierda temen perder a sus clientes durante las fiestas.
Tres autobuses más circularán entre la estación y el hospital mientras dure el cierre.
La última revisión se hizo hace once años, según un informe al que ha tenido acceso este periódico.
Un agricultor había avisado en verano de que caían trozos de hormigón al río y nadie le respondió.
La región ha prometido pagar la mitad de la factura si las obras comienzan pronto.
Nadie resultó herido y las barcas siguen pasando bajo los arcos.""",
    "de": """Die Stadt hat die Brücke am Donnerstagmorgen gesperrt, nachdem Taucher einen Riss im zweiten Pfeiler gefunden hatten.
Die Anwohner müssen bis Ende März einen Umweg von sechs Kilometern fahren.
„Wir hatten keine Wahl, denn die Sicherheit geht vor“, sagte die Bürgermeisterin am Abend vor dem Rat.
Ein Trupp von Ingenieuren begann am Freitag mit den Messungen und benutzte dabei Geräte der Armee.
Was die Reparatur kosten wird, weiß noch niemand, doch die Opposition spricht schon von mehreren Millionen.
Die Händler am linken Ufer fürchten, dass sie vor den Feiertagen ihre Kunden verlieren.
Drei weitere Busse fahren zwischen Bahnhof und Krankenhaus, solange die Straße gesperrt bleibt.
Zuletzt wurde das Bauwerk vor elf Jahren geprüft, wie aus einem Bericht hervorgeht, der dieser Zeitung vorliegt.
Ein Bauer hatte schon im Sommer gemeldet, dass Beton in den Fluss fällt, und keine Antwort bekommen.
Das Land will die Hälfte der Rechnung bezahlen, wenn die Arbeiten bald beginnen.
Verletzt wurde niemand, und die Kähne fahren weiter unter den Bögen hindurch.""",
    "ru": """Городские власти закрыли мост в четверг утром, после того как водолазы нашли трещину во второй опоре.
Жителям района придётся ездить на шесть километров дальше до конца марта.
«У нас не было выбора, потому что безопасность важнее всего», сказала мэр на заседании совета.
Группа инженеров начала измерения в пятницу и работала с приборами, которые одолжила армия.
Сколько будет стоить ремонт, пока никто не знает, но оппозиция говорит уже о нескольких миллионах.
Владельцы магазинов на левом берегу боятся, что перед праздниками потеряют своих покупателей.
Пока дорога закрыта, между вокзалом и больницей будут ходить ещё три автобуса.
Последний раз мост проверяли одиннадцать лет назад, как следует из доклада, с которым ознакомилась газета.
Один фермер ещё летом сообщил, что в реку падают куски бетона, и не получил ответа.
Область обещала оплатить половину счёта, если работы начнутся скоро.
Никто не пострадал, и баржи по-прежнему проходят под арками.""",
}
LANGUAGES = tuple(SENTENCES)

# Whole lines between paragraphs, and stretches in the middle of a sentence: none of them is a passage in another language.
LINES = {
    "reference": (
        "[3] Keller M., Brandt T. et al. “Fatigue of concrete piers under repeated loads in cold climates”, Journal of Bridges, 2014",
        "Moreau, P. et Garnier, L. (2009). Histoire des ponts et des passages en pays de Loire. Paris: Éditions du Fleuve, p. 112.",
        "Иванов А. П., Сидорова Е. В. Усталость бетона в опорах мостов // Вестник строителя. 2011. № 4. С. 17-25.",
        "12. Hoffmann, K.: Die Geschichte der Brücken im alten Reich. Berlin: Verlag am Ufer, 1998, S. 45-61. ISBN 3-16-148410-0",
        "Ruiz, J. & Ortega, M. (2017). La vida de los puentes de piedra en el norte de España. Madrid: Editorial Puente. doi:10.1000/182",
    ),
    "caption": (
        "Foto: Karl-Heinz Brandt/Bildagentur Nord",
        "Photo by Mary Collins / North Pictures",
        "(Reuters/Getty Images/AFP)",
        "© Jean-Luc Moreau",
    ),
    "line-up": (
        "Petersen; Lindqvist, Moreau, Okafor, Silva; Brandt, Ruiz (Costa, 71), Ivanov; Keller, Diallo, Tanaka",
        "FC Nordhafen – SC Rivergate 2:1 (1:0), Union Lakeside – AC Montevivo 0:0",
    ),
    "table": (
        "Pos  Team             P   W   D   L   Pts\n1    Nordhafen City   12  9   2   1   29\n2    Real Montevivo   12  8   1   3   25",
        "AAPL 189.30 +1.2% | TSLA 244.10 -0.8% | BTC/USD 35,120 | EUR/USD 1.0712 | Brent Crude 84.2",
        "Mon 8:00-17:00\nTue 8:00-17:00\nWed 9:00-13:00",
    ),
    "code": (
        "function showBanner(id) { var el = document.getElementById(id); if (el) { el.style.display = 'block'; } return false; }",
        '<script async src="//static.example.net/widget/loader.js" data-theme="light"></script>',
        ".post-content p { margin: 0 auto; padding: 12px; font-family: Georgia, serif; color: #333; }",
        "SELECT id, title, body FROM articles WHERE published = 1 AND lang = 'en' ORDER BY created_at DESC LIMIT 10;",
        '{"type": "article", "headline": "untitled", "isAccessibleForFree": true, "keywords": ["bridge", "town"]}',
        '{{ widget.render("newsletter", title="Stay in touch with us") }} {% if user.is_active %}',
        '[caption id="attachment_42" align="aligncenter" width="300"] [/caption]',
        '$ git commit -m "fix the build" && npm run build --production > /dev/null 2>&1',
        "for (let i = 0; i < items.length; i++) { console.log(items[i].name + ': ' + items[i].value); }",
        "import os, sys; print(os.path.join(sys.argv[1], 'index.html'))",
        "2019-03-14 08:12:55,120 ERROR [main] com.example.news.Loader - connection refused: host=10.0.0.7 port=5432",
    ),
    "address": (
        "https://www.example.org/news/the-bridge-that-nobody-wanted-to-repair-until-it-was-too-late.html",
        "www.example.net/actualites/le-pont-que-personne-ne-voulait-reparer",
        "redaktion-der-zeitung@example.de, contact.the.editors@example.org",
        "#SaveOurBridge #RettetDieBrücke #SauvonsLePont #СпаситеМост @the_bridge_watch",
    ),
    "films": (
        "The Last Ferry to Nowhere, Nachts unter der Brücke, Les Noyés du canal, La casa junto al río, Тихий берег",
        "1. The Stone Arch (USA) 2. Das Wasser steigt (Deutschland) 3. Un été sous les ponts (France) 4. El vado (España)",
        "Queen of the River – “Take Me Over the Water Tonight” (3:45)",
        "Playlist: The Rivermen, Waiting for the Ferry Home; Les Bateliers, Chanson du vieux pont; Die Fischer, Lied vom Fluss",
    ),
    "menu": (
        "Spaghetti alle vongole 14,50 € / Saltimbocca alla romana 18,00 € / Tiramisù della casa 6,50 €",
        "Soupe à l'oignon gratinée – 8 €\nMagret de canard aux figues – 19 €\nTarte fine aux pommes – 7 €",
        "200 g Mehl, 3 Eier, 1/4 l Milch, 50 g Butter, 1 Prise Salz",
        "2 cups flour, 1 tsp baking powder, 3 eggs, 1/2 cup milk, a pinch of salt",
    ),
    "mail": (
        "From: Mary Collins <m.collins@example.org>\nTo: Press Office <press@example.org>\nSubject: Re: Fwd: Bridge closure update\n"
        "Date: Mon, 4 Mar 2019 10:12:44 +0000",
        "Von: Karl Brandt\nGesendet: Montag, 4. März 2019 10:12\nAn: Pressestelle\nBetreff: AW: Sperrung der Brücke",
    ),
    "post": (
        "— Mary Collins (@mcollins) March 4, 2019",
        "RT @bridge_watch: #BridgeDown again!! via @rivertimes https://t.co/Ab3xYz",
        "pic.twitter.com/Ab3xYz — Ayuntamiento de Montevivo (@aytomontevivo) 4 de marzo de 2019",
    ),
    "subtitles": ("00:01:12,300 --> 00:01:15,000\n♪ (MUSIC PLAYING) ♪", "[Applause] [Laughter] [Inaudible 00:14:05]"),
    "directory": (
        "Brandt, Karl, Am Alten Markt 12, Tel. 030 555 0134; Hoffmann, Ute, Zur Alten Mühle 3, Tel. 030 555 0177",
        "12 rue du Vieux Pont, 69005 Lyon | 4 avenue de la Gare, 69002 Lyon | 8 place de la République, 38000 Grenoble",
        "Calle de la Ribera, 14, 3.º izda., 28005 Madrid; Paseo de los Olmos, 2, 41001 Sevilla",
    ),
    "affiliation": (
        "1 Department of Civil Engineering, University of Northport, 2 Institute of Rivers and Coasts, Academy of Sciences, 3 Law",
        "Laboratoire de mécanique des structures, Université de la Rive, Institut des sciences de l'ingénieur, Lyon, France",
        "Lehrstuhl für Massivbau, Technische Universität Nordhafen; Institut für Wasserbau und Wasserwirtschaft, Hochschule am Ufer",
    ),
    "log": (
        'Traceback (most recent call last):\n  File "main.py", line 12, in <module>\n    load(path)\n'
        "FileNotFoundError: [Errno 2] No such file or directory: 'data.csv'",
        "[WARN] 12:04:33 cache.c:211: connection to host lost, retrying in 5 s (attempt 3/10)",
        "npm ERR! code ENOENT\nnpm ERR! syscall open\nnpm ERR! path /srv/app/package.json",
    ),
    "clubs": (
        "Borussia Nordhafen, Olympique de la Rive, Sporting Clube do Porto Velho, Real Club Deportivo Montevivo, Спартак Мостовое",
        "Rivergate Wanderers, Lakeside United, Port Vale and District Athletic, Queen of the North",
    ),
}
INLINE = {
    "title": (
        "“The Bridge on the River of Stones”",
        "« Les Enfants du bord de l'eau »",
        "„Der Mann, der die Brücken zählte“",
        "«Мост через тихую реку»",
        "“Historia de un puente que no quiso caer” (2004)",
        "«حكاية الجسر القديم»",
        "The Keeper of Lost Bridges (1987)",
        "Le Pont des larmes (2011)",
    ),
    "slogan": (
        '"Bridges not walls"',
        "« Touche pas à mon pont »",
        "„Keine Brücke ohne uns“",
        "«Puente sí, peaje no»",
        '"in dubio pro reo"',
        '"carpe diem"',
    ),
    "institution": (
        "(European Bridge Safety and Inspection Authority)",
        "(Institut national de recherche sur les ponts)",
        "(Bundesanstalt für Brückenbau)",
        "(Ministerio de Obras Públicas y Transportes)",
        "(Министерство транспорта и дорожного хозяйства)",
        "(وزارة النقل والأشغال العامة)",
        "(Society for the Protection of Old Bridges, Institute of Civil Works, The River Times)",
    ),
    "name": (
        "Jean-Baptiste de La Rivière",
        "Ludwig van der Brücken",
        "Иван Сергеевич Мостовой",
        "عبد الرحمن بن خالد الجسري",
        "María del Carmen Puente y Ríos",
        "Brückner, O'Connor & Sons Ltd",
        "王小桥",
        "Γιώργος Γεφυράς",
        "Nguyễn Văn Cầu",
    ),
    "species": ("(Salmo trutta fario)", "Quercus robur", "(Alcedo atthis, Lutra lutra)"),
    "mark": (
        "@bridge_watch",
        "#BridgeDown",
        "info@example.org",
        "https://t.co/Ab3xYz",
        "HIV/AIDS",
        "COVID-19",
        "F-35B",
        "ISO 9001:2015",
        "<br />",
        "&nbsp;",
    ),
    "song": (
        "“Waiting for the River to Rise”",
        "« Ne me laisse pas sur le pont »",
        "„Über den Fluss und unter die Bäume“",
        "«Cuando el río suena agua lleva»",
        "«Ой ты мост мой каменный»",
        "«على ضفاف النهر القديم»",
    ),
    "law": (
        "nemo iudex in causa sua",
        "(art. 12, lex specialis derogat legi generali)",
        "pacta sunt servanda",
        "(Smith v. Northport Harbour Board [1987] AC 145)",
        "(§ 823 Abs. 1 BGB in Verbindung mit § 31 BGB)",
        "Bundesverwaltungsverfahrensgesetz",
    ),
    "transliterated": (
        "(al-Jisr al-Qadim)",
        "(Bolshoy Kamenny Most)",
        "(Ministerstvo transporta i dorozhnogo khozyaystva)",
        "(Hizb al-Adala wa al-Tanmiya)",
        "(zhonghua renmin gongheguo)",
    ),
    "substance": (
        "(acetylsalicylic acid, sodium lauryl sulfate)",
        "2,4-dichlorophenoxyacetic acid",
        "(Bacillus thuringiensis israelensis)",
    ),
    "place": (
        "Bozen/Bolzano",
        "Biel/Bienne",
        "(Dún Laoghaire–Rathdown)",
        "Villa de los Puentes de San Juan",
        "(Санкт-Петербург)",
        "Newcastle upon Tyne",
        "Saint-Germain-sur-la-Rive",
    ),
    "organisation": (
        "Deutsche Gesellschaft für Technische Zusammenarbeit und Brückenbau",
        "Union internationale pour la conservation des ponts",
        "Confederación Española de Organizaciones de Constructores de Puentes",
        "International Federation of Bridge and Tunnel Engineers",
        "Организация по защите мостов и рек",
        "منظمة حماية الجسور والأنهار",
    ),
    "brand": ("iPhone 15 Pro Max", "LG전자", "Яндекс.Go", "Toyota トヨタ", "eBay Kleinanzeigen", "McDonald's Россия"),
    "gloss": ("(“crack width”)", "(en anglais : “scour”)", "(нем. Brückenpfeiler)", "(engl. “load limit”)"),
}


class Spliced(NamedTuple):
    """An article and where its foreign passage stands (start, end, language, kind); None if it has none."""

    language: str
    text: str
    passage: tuple[int, int, str, str] | None
    decorations: tuple[str, ...]


def article(seed: int, *, passage: bool, decorated: bool) -> Spliced:
    """The article of this seed: of 9 to 11 sentences, with up to six decorations, with or without a foreign passage."""
    draw = random.Random(seed)
    language = draw.choice(LANGUAGES)
    own = SENTENCES[language].split("\n")
    draw.shuffle(own)
    pieces: list[tuple[str, str]] = [(sentence, draw.choice((" ", " ", "\n\n"))) for sentence in own]
    used = []
    for _ in range(draw.randint(1, 6) if decorated else 0):
        kind = draw.choice((*LINES, *INLINE))
        used.append(kind)
        at = draw.randrange(1, len(pieces))
        if kind in LINES:
            pieces[at - 1] = (pieces[at - 1][0], "\n\n")
            pieces.insert(at, (draw.choice(LINES[kind]), "\n\n"))
        else:
            words = pieces[at][0].split(" ")
            if len(words) > 4 and "\n" not in pieces[at][0] and pieces[at][0] in own:
                words.insert(draw.randrange(2, len(words) - 1), draw.choice(INLINE[kind]))
                pieces[at] = (" ".join(words), pieces[at][1])
    if not passage:
        return Spliced(language, "".join(a + b for a, b in pieces).strip(), None, tuple(used))
    return _splice(draw, language, pieces, used)


def _splice(draw: random.Random, language: str, pieces: list[tuple[str, str]], used: list[str]) -> Spliced:
    """The article with a paragraph, a sentence or the half of one put in."""
    foreign = draw.choice([code for code in LANGUAGES if code != language])
    kind = draw.choice(("paragraph", "sentence", "clause"))
    theirs = SENTENCES[foreign].split("\n")
    at = draw.randrange(1, len(pieces))
    before, after = "".join(a + b for a, b in pieces[:at]), "".join(a + b for a, b in pieces[at:])
    if kind == "paragraph":
        inside = " ".join(draw.sample(theirs, 2))
        before, after = before.rstrip() + "\n\n", "\n\n" + after
    elif kind == "sentence":
        inside, after = draw.choice(theirs), " " + after
    else:
        words = draw.choice([s for s in theirs if not set(s) & set('«„"')]).rstrip(".").split(" ")
        inside = " ".join(words[: max(8, len(words) // 2)])
        head = draw.choice([s for s in SENTENCES[language].split("\n") if not set(s) & set('«„"')]).split(" ")
        before, after = before + " ".join(head[: len(head) // 2]) + " ", ".\n\n" + after
    text = before + inside + after
    return Spliced(language, text.rstrip(), (len(before), len(before) + len(inside), foreign, kind), tuple(used))
