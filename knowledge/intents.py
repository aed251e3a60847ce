"""What a question wants beyond the closest passage: what is demanded, those of a kind, news of
somebody, or more of the person spoken of before.
"""

import re

_PARLIAMENT = (
    r"(?:european parliament|parliament|the ep|ep|meps?|resolution|it|they"
    r"|европейск\w+ парламент\w*|европарламент\w*|парламент\w*|депутат\w*|резолюци\w*|она?|они"
    r"|еуропарламент\w*|еуропа(?:лық)? парламент\w*|қарар\w*|депутаттар\w*|ол(?:ар)?)"
)
_DEMAND = (
    r"(?:demand(?:s|ed|ing)?|ask(?:s|ed)?(?: for| of)?|call(?:s|ed)?(?: for| on| upon)?"
    r"|urg(?:e|es|ed)|insist(?:s|ed)?(?: on)?|request(?:s|ed)?|requires?|wants?"
    r"|encourag(?:e|es|ed)|добива\w+|требу\w+|требован\w+|хоч?ет|хотят|призыва\w+|призыв\w*|призва\w+|потребова\w+|прос[ия]т"
    r"|талап\w*(?: ет\w*)?|шақыр\w*|сұрай\w*)"
)
_MODAL = (
    r"(?:should|must|ought to|(?:has|have|needs?) to|is to|are to|supposed to"
    r"|должн\w*|следует|необходимо|надо|керек|тиіс|қажет)"
)
_LISTING = (
    r"(?:regarding|concerning|with (?:regard|respect) to|in (?:relation|connection) (?:to|with)"
    r"|list|name|show|full|complete|полн\w+|нуж[ен]н?[аоы]?|толық|перечисл\w*|назов\w+|назва\w+|покажи\w*|список|все|всех|do|done"
    r"|(?:(?:two|three|four|five|six|seven|eight|nine|ten|\d+) (?:people|persons|men|individuals))"
    r"|(?:сем[ьи]|семерых|семеро|\d+) (?:человек|людей|люди)|(?:жеті|\d+) адам\w*"
    r"|делать|сделать|according to|in the opinion of|по мнению|по словам|пікірінше|айтуынша"
    r"|тізім\w*|атаңыз\w*|ата|атап|барлық|істе\w*)"
)
_DEMANDS = re.compile(
    rf"(?:^\W*(?:what|who|whom|whose|which|how|and|что|кто|кого|кому|чей|чьи|кто-то|как"
    rf"|какие)\b[^.?]*"
    rf"\b{_MODAL}\b|\b(?:не|кім\w*|нені|қандай|кімнің|қалай)\b[^.?]*\b{_MODAL}\W*$"
    rf"|\b{_PARLIAMENT}\b.*\b{_DEMAND}\b|\b{_DEMAND}\b.*\b{_PARLIAMENT}\b"
    r"|\bdemands\b|\bis demanded\b|\bis (?:asked|expected|required|requested) (?:of|from)\b"
    r"|^\W*what (?:must|should) .+ do\W*$"
    r"|\b(?:is|are) .+ (?:asked|urged|called (?:up)?on|told) to do\b"
    r"|^\W*(?:что|чего|кого) (?:именно )?(?:требу(?:ют|ется|ет)|прос[ия]т|хотят)\b"
    r"|\b(?:не|нені|кімді) (?:талап ет(?:іл)?еді|сұралады|сұрайды)\b"
    r"|\bтребования\b|^\W*что должн\w+ .*делать\b|\bталаптар\w*|\bне істеуі керек\b)",
    re.IGNORECASE,
)
# Whom a question about demands says they are made of: "of the EEAS", "urge Kazakhstan to do".
_ADDRESSEE = re.compile(
    r"\b(?:demand|ask|want|expect|requir|request)(?!(?:s|ations)\s+of\b)\w*\s+(?:of|from)\s+(?P<of>.+?)"
    r"(?:\s+(?:on|about|regarding|concerning|for|with|in|to)\b|\W*$)"
    r"|\b(?:call\w* (?:up)?on|urg(?:e|es|ed|ing)|encourag\w+|ask(?:s|ed|ing)?|request(?:s|ed)?)\s+"
    r"(?!(?:for|about|that|on|in|to|of|from|regarding|concerning|with|over"
    r"|as)\b)(?P<whom>.+?)(?:\s+(?:to|on|about)\b|\W*$)"
    r"|^\W*what (?:must|should) (?P<must>.+) do\W*$"
    r"|\b(?:is|are) (?P<asked>.+) (?:asked|urged|called (?:up)?on|told) to do\b"
    r"|\bdemands (?:\w+ ){0,5}?(?:(?:addressed|directed) )?(?:to|towards|at)"
    r" (?P<to>(?:the |(?-i:[A-Z])).+)"
    r"|\bтребовани\w+ (?:[^\W\d_]+ ){0,3}?к (?P<k>.+)"
    r"|\b(?:требу\w+|(?:по)?требова\w+)\s+(?:\w+\s+)?от\s+(?P<ot>.+)|\bприз(?:ыва(?:ет|ют|л\w*)|вал\w*)\s+"
    rf"(?!{_PARLIAMENT}\b)(?P<kogo>.+?)"
    r"(?:\s+(?:с?делать|в отношении|по поводу|насч[её]т|относительно|касательно)\b.*|\W*$)"
    r"|^\W*что должн\w+ (?:\w+(?:ть|ти|чь)(?:ся)? )?(?P<dolzhny>.+?)"
    r"(?: с?делать)?(?: (?:на|по|об?|насч[её]т|относительно|во время|в отношении) .+)?\W*$"
    r"|^\W*что (?P<chto>(?!должн).+?) должн\w+ (?:с?делать|предпринять)\b"
    r"|\bталап\w*\s+(?P<talap>\w+(?:нан|нен|дан|ден|тан|тен))\b"
    r"|(?P<kimnen>\w+(?:нан|нен|дан|ден|тан|тен))\s+не(?:ні)?\s+талап\b"
    r"|(?P<kimge>\w+(?:ға|ге|қа|ке|на|не))\s+(?:(?:не|қандай)\s+)?талап\w*\s+қой\w*",
    re.IGNORECASE,
)
_ONLY_PARLIAMENT = re.compile(rf"(?:the )?{_PARLIAMENT}(?: to do)?", re.IGNORECASE)
_DEMAND_WORDS = re.compile(rf"\b(?:{_PARLIAMENT}|{_DEMAND}|{_MODAL}|{_LISTING})\b", re.IGNORECASE)
# What it is to list all demands, which is not to list people.
_DEMAND_NOUN = re.compile(
    r"\b(?:demands?|requests?|требовани\w*|призыв\w*|талап\w*)\b", re.IGNORECASE
)
# What its members do, the Parliament does.
_MEMBERS = (
    (re.compile(r"(?:\bthe )?\b(?:MEPs|deputies|lawmakers|EP)\b"), "the European Parliament"),
    (re.compile(r"\b(?:евро)?депутат(?:ы|ов|ам|ами|ах)\b", re.IGNORECASE), "Европарламент"),
    (re.compile(r"\b(?:еуро)?депутаттар\w*", re.IGNORECASE), "Еуропарламент"),
)
_MEMBERS_ASKED = re.compile(
    r"\b(?:how many|which|who|whose|names?|number|сколько|кто|кого|каки[ех]|имена|чьи|қанша|неше"
    r"|қай|қандай|кім\w*)\s(?:\w+\s){0,2}(?:MEPs|deputies|lawmakers|(?:евро|еуро)?депутат)",
    re.IGNORECASE,
)
# Who or what is left aside: "Which incidents, besides the Abishev case, …?"
_ASIDE = re.compile(
    r"(?:^|[,(]) ?(?:besides|apart from|other than|aside from|in addition to|помимо|кроме"
    r"|не считая) [^,()?]+(?:[,)]|(?=\W*$))",
    re.IGNORECASE,
)
_KIND_OF_TEXT = (
    r"(?:resolution|documents?|texts?|articles?|reports?|page|резолюци\w+|документ\w*|текст\w*"
    r"|стать[яюией]\w*|доклад\w*|қарар\w*|құжат\w*|мәтін\w*|мақала\w*|баяндама\w*)"
)
# Where in a text to look, which its words do not tell: "at the end of the document".
_PLACE_IN_TEXT = re.compile(
    rf"\b(?:at|in) the (?:very )?(?:end|beginning|start|bottom|top) of the {_KIND_OF_TEXT}"
    rf"|\b[вн]а? (?:само[мй] )?(?:конце|начале) {_KIND_OF_TEXT}"
    rf"|\b{_KIND_OF_TEXT} (?:соңында|басында|аяғында)\w*",
    re.IGNORECASE,
)
# Those of a kind who are named: "Who are the bloggers?", "Which prisoners are mentioned?"
_OF_KIND = re.compile(
    r"^\W*(?:(?:who are|list|name|show me|give me)(?: all)?(?: of)?(?: the)?"
    r"(?: (?:full )?names of(?: the)?)?\s+(?P<who>.+?)"
    r"(?:\s+(?:in|of|by|from|named|mentioned|listed|who|that)\b.*)?"
    r"|(?:which|what)\s+(?:two |three |four |\d+ )?(?P<which>.+?)"
    r"\s+(?:are|were|is|was|does|do|did)\b.*"
    r"\b(?:(?<!by )named?|mention(?:ed)?|list(?:ed)?)\b.*"
    r"|(?:which|what) (?P<spoke>(?:\w+ )?\w+) (?:spoke|speaks|took the floor|said something)\b.*"
    r"|(?:кто(?: такие| эти)?|перечисли\w*|назови\w*)\s+(?:все\w* )?(?P<kto>.+?)"
    r"|(?:какие|каких|какой)\s+(?P<kakie>.+?)\s+(?:назван|упом[яи]н|называ)\w*.*"
    r"|(?:список|перечень)\s+(?P<spisok>.+?)(?:,.*)?|(?P<tizim>.+?)\s+тізімі?(?:н \w+)?"
    r"|(?P<kimder>.+?)\s+кімдер|(?:қандай|қай)\s+(?P<qandai>.+?)\s+(?:аталған|аталады"
    r"|айтылған))\W*$",
    re.IGNORECASE,
)
# Whether somebody is among others: "is he on the list of those who …?"
_AMONG = re.compile(
    r"\b(?:among(?:st)?(?: (?:the|those))?|those"
    r"|one of (?:the|those|them)(?: (?:people|persons|ones))?|includ(?:e|es|ed|ing)|appear(?:s|ed|ing)?|figures?|part of(?: the)?"
    r"|тех|среди|в числе|чь[еёяию]\w*|вход[ия]т|вош[её]л|вошл[аои]|внес[её]н\w*|внесли"
    r"|включ[её]н\w*|включили|фигуриру\w+|попал[аои]?|значится"
    r"|қатарын\w*|ішінде\w*|арасында\w*|енгізіл\w*|кір(?:е|ді|ген|еді)\w*|бар ма)\b",
    re.IGNORECASE,
)
# What only says that somebody wants to know something, not what.
_FRAME = re.compile(
    r"\b(?:u|ur|abt|smth|sth|anything|something|everything|there|others|else|the rest"
    r"|info|information|news|in (?:what|which) (?:context|connection)"
    r"|details?|data|facts?|updates?|status|statements?|known?"
    r"|find out|found|look(?:ing)? for|search(?:ing)? for|learn|heard?|interested|biography|bio"
    r"|titles?|titled|entitled|название\w*|озаглав\w*|тақырыб\w*|атау\w*|imposed|applied|наложен\w*|введ[её]нн\w*|қойылған\w*|салынған\w*"
    r"|person|man|woman|written|wrote|reported|receiv\w+|kto|takoi|takoy|takaya|kim|turaly|chto|izvestno|pro"
    r"|в какой связи|в связи с чем|в каком контексте|приход(?:ит|ят)ся|ид[её]т"
    r"|going on|or not|not yet|yet"
    r"|другие|других|остальны[ех]|информаци\w*|сведени\w*|новост\w*|данны[ех]|известно"
    r"|слышно|слышал\w*|пишут|пишет"
    r"|написано|написали|сообща\w+|упомин\w+|упомян\w+|знать|знае\w+|узнать|рассказ\w+"
    r"|подскаж\w+|ищу|найти|интересу\w+|хочу|хотел\w*|хотелось|можете|нужн\w+|что-нибудь|что-то"
    r"|что-либо|какие-нибудь|какая-нибудь|человек\w*|подробн\w+|истори\w+|ситуаци\w+|судьб\w+"
    r"|статус\w*|биографи\w*|получил[аи]?|называ\w+|кем является|дел[оаеу]|делом"
    r"|басқалар\w*|өзгелер\w*|ақпарат\w*|мәлімет\w*|хабар\w*|жаңалық\w*|біл(?:есі[зң]|гім"
    r"|у|ейін)\w*|айт(?!па|ылма)\w*|жазыл\w*"
    r"|шықты|әлде|аталған\w*|аталад\w*|аталып|қатысты|байланысты|ізде\w*|қызық\w*|керек|белгілі|тағдыр\w*|жағдай\w*|ісі\w*|мәселе\w*|адам|өмірбаян\w*"
    r"|деген|деп|ше|ал|name|called|зовут|звать|имя|имена|фамили\w+|аты|есімі|do|done|doing|делать"
    r"|сделать|істе\w*|list|перечисл\w*|назов\w+|назван\w*|ата(?:ңыз\w*|шы)?|тізім\w*)\b",
    re.IGNORECASE,
)
_RELATION = (
    r"(?:brother|sister|father|mother|husband|wife|son|daughter|uncle|aunt|cousin|nephew|niece"
    r"|relative|friend|colleague|neighbou?r|classmate|client|teacher)"
)
_OF_ASKER = re.compile(
    rf"\b(?:my|our)\s+(?:\w+\s+)?{_RELATION}\b|\bi\W?(?: a)?m (?:an? |the )?{_RELATION} of\b"
    r"|\b(?:мо[йяюеё]\w*|сво[йяюеё]\w*|наш\w*|я)\s+(?:брат|сестр|отец|отц|мат|муж|жен"
    r"|сын|доч|дяд|т[её]т|родственни|друг|подруг|коллег|сосед|знаком|земляк|одноклассн|однокурсн"
    r"|клиент)\w*"
    r"|\b(?:менің |біздің )?(?:ағам|әкем|анам|інім|әпкем|қарындасым|туысым|туысқаным|досым|жолдасым"
    r"|күйеуім|әйелім|ұлым|қызым|әріптесім|көршім|танысым)(?!\w*бар)\w*"
    r"|\bмен (?=.*мын\b)|\b(?:туысы|туысқаны|ағасы|інісі|анасы|әкесі|әйелі|күйеуі|досы)мын\b",
    re.IGNORECASE,
)
_WORDS_OF = (
    r"\b(?:did|does|do|has|have)\s+(?:\w+\s+)?NAME\s+(?:say|said|tell|told|demand|write|written"
    r"|think|want|claim|call|ask|state|argue|mention|complain|declare|conclude)\b",
    r"\bNAME(?:'s)?\s+(?:said|says|words|statement|opinion|speech)\b|\b(?:words|statement|opinion"
    r"|speech|view)s? (?:of|by) NAME\b|\baccording to NAME\b",
    r"\b(?:сказал|говорил|заявил|считает|дума|написал|отметил|требова|требу|хочет|жаловал|упомянул"
    r"|говорит|выступил|высказал|призыва)\w*\s+(?:депутат\w* |сам\w? |евродепутат\w* )?NAME",
    r"NAME\s+(?:сам\w? |что |когда-либо )?(?:рассказал|сообщил|сказал|говорил|заявил|считает|думает"
    r"|написал|отметил|требует|хочет|говорит|высказал)",
    r"\bсловам NAME|\b(?:слова|мнение|речь|выступление|заявление) NAME",
    r"NAME\s+(?!туралы|үшін|қатысты|байланысты|жайлы|жайында|жөнінде|бойынша|ісі)(?:\w+\s+){0,3}?(?:не|нені|неге|қалай)"
    r"\s+(?:деді|дейді|деген|айтты|айтқан|жазды|ойлайды|шақыр\w+"
    r"|талап)",
    r"NAME\s+(?:сөзі|пікірі|мәлімдемесі)",
)
# What somebody has made is told by others: "Which book did Thoreau write in prison?"
_WORK_OF = (
    r"\b(?:what|which) (?!words?\b|statements?\b|else\b)[a-z]+ (?:did|has) NAME (?:write|written)\b"
)
_ABOUT = re.compile(
    r"^\W*what (?:(?:does|do|did) .{2,60}? (?:say|tell|mention|write|contain)s?(?: us"
    r"| anything)?|is (?:said|written|mentioned)"
    r"|information is there|can you tell me|is there)(?: in .{2,40}?)? (?:about|on"
    r"|regarding|concerning)"
    r"(?: the)? (?P<en>.+?)(?: in the (?:text|document|resolution|article))?\W*$"
    r"|^\W*(?:tell me|anything|something|what)(?: more)? about (?P<tell>.+?)\W*$"
    r"|^\W*(?:does|do|did) .{2,60}? (?:mention|speak (?:of|about)|talk about|discuss"
    r"|cover) (?P<does>.+?)\W*$"
    r"|^\W*что (?:там |ещё |еще |вообще )?(?:(?:в|во) (?:этой |этом )?\w+ )?"
    r"(?:(?:резолюция|документ|текст|статья|парламент"
    r"|европарламент|депутаты|мепы|они|он|она) )?(?:говор[ия]т(?:ся)?|сказан[оа]|сказал\w*"
    r"|написано|пишут|пишет|пишется|упомина\w+|упомянуто|известно)"
    r"(?: (?:в|во) (?:этой |этом )?\w+)? (?:об?|обо|про|насч[её]т|по поводу) (?P<ru>.+?)"
    r"(?: в (?:резолюции|документе|тексте|статье))?\W*$"
    r"|^\W*(?:(?:қарар\w*|құжат\w*|мәтін\w*|мақала\w*|онда|мұнда) )?(?P<kk>.+?)"
    r" (?:туралы|жайлы|жайында|жөнінде|қақында|хақында)"
    r"(?: (?:қарар|құжат|мәтін|мақала)\w*)? (?:не|нені)"
    r" (?:айт\w+|де(?:лінген|йді|ген|ді|лінеді)|жаз\w+|айтылады|белгілі)\W*$",
    re.IGNORECASE,
)
# Where to read something: what a text offers to be read, it names with that verb.
_TO_READ = re.compile(
    r"^\W*(?:(?:where|how) (?:can|could|do|may|should|to)(?: (?:i|we|one|you))?"
    r" (?:(?:read|see|find|get|view|access|download|look up)(?: and read)?)"
    r"|(?:(?:is there|do you have|give me|send me) )?(?:an? |the )?(?:link to|url of)) (?:the )?"
    r"(?:(?:full|whole|entire|complete|original) )?(?P<en>.+?)\W*$"
    r"|^\W*(?:(?:есть(?: ли)? |дай\w* )?(?:ссылк[аиу] на)"
    r"|(?:где|как) (?:(?:я |мы )?(?:можно|могу|можем) )?(?:бы )?(?:по|про)?(?:читать|честь"
    r"|смотреть|найти|скачать|ознакомиться с)) (?:(?:полн|вес|оригинальн|сам)\w+ )?(?P<ru>.+?)"
    r"(?: есть| имеется| можно)?\W*$"
    r"|^\W*(?:толық )?(?P<kk>.+?) (?:қайдан|қай жерден) (?:оқ|таб|көр|жүкте)\w*"
    r"(?: (?:бола(?:ды)?|аламын|алам)(?: ма)?)?\W*$",
    re.IGNORECASE,
)
_READ = {"en": "read", "ru": "читать", "kk": "оқу"}
_GIST = re.compile(
    rf"^\W*(?:what(?:'s| is| are| was) (?:(?:the|this|that|these|your) )?(?:whole |entire )?"
    rf"(?:{_KIND_OF_TEXT}|this|it) (?:all |mainly |basically |really )?about"
    rf"|what (?:does|do) (?:the|this|your) {_KIND_OF_TEXT} say"
    rf"|tell me (?:more )?about (?:the|this|your) {_KIND_OF_TEXT}"
    rf"|(?:(?:give|show) me |i need )?(?:an? |the )?(?:short |brief |quick )?"
    rf"(?:summary|gist|overview|main points?)(?: of (?:the|this|your) {_KIND_OF_TEXT})?"
    rf"|summari[sz]e(?: (?:the|this|your) {_KIND_OF_TEXT}| it| this)?"
    rf"|(?:а )?о ч[её]м (?:вообще )?(?:\w+ )?{_KIND_OF_TEXT}(?: вообще)?|о ч[её]м (?:это|речь)"
    rf"|(?:\w+ )?{_KIND_OF_TEXT} (?:вообще )?о ч[её]м|что за {_KIND_OF_TEXT}"
    rf"|(?:краткое )?(?:содержание|суть) (?:\w+ )?{_KIND_OF_TEXT}"
    rf"|в ч[её]м суть(?: \w+)? {_KIND_OF_TEXT}"
    rf"|(?:расскажи\w*|перескажи\w*) (?:кратко )?(?:(?:про|об?|обо) )?(?:\w+ )?{_KIND_OF_TEXT}"
    rf"|(?:\w+ )?{_KIND_OF_TEXT} не (?:туралы|жайлы|жайында|жөнінде|жайында екен)"
    rf"|(?:\w+ )?{_KIND_OF_TEXT} туралы айт\w*|бұл не туралы"
    rf"|(?:\w+ )?{_KIND_OF_TEXT} (?:қысқаша )?мазмұны(?: не| қандай)?)\W*$",
    re.IGNORECASE,
)
# "За что" and "what for" ask as often for a thing: what somebody voted for.
_WHY = re.compile(
    r"\b(?:why|for what reasons?|what (?:(?:is|was|were|are) the |\w+ )?(?:reasons?|grounds)"
    r"|what's the reason|on (?:what|which) (?:\w+ )?grounds|почему|зачем|отчего|по как\w+ причин\w+"
    r"|как\w+ причин\w+|на как\w+ основани\w+|неге(?! шақыр)|неліктен|не себепті|қандай себеп\w*"
    r"|себебі не\w*)\b"
    # These ask for a reason where something is done to somebody.
    r"|\b(?:за что|не үшін)(?= .*(?:увол|арест|задерж|осуд|осужд|посад|преслед|запре|выгна|высла"
    r"|наказ|шығар|қама|тұтқын|сотта|қудала|тыйым|жазала|ұста))"
    r"|\bwhat (?:was|were|is|are) .*(?:dismiss|fir|sack|arrest|detain|expel|bann|jail|sentenc"
    r"|convict|punish)\w* for\b",
    re.IGNORECASE,
)
# Who demands, by the question: "what does the DCK demand", not "what is demanded of it".
_DEMANDER = re.compile(
    rf"^\W*what (?:does|do|did) (?P<en>.+?) {_DEMAND}\b"
    rf"|^\W*(?:что|чего) {_DEMAND} (?!(?:от|для|в|по|к|у|\w+(?:ть|ти|чь))\b)(?P<ru>[^?.,]+?)"
    r"(?: (?:от|для|в|по|у) .*)?\W*$"
    rf"|^\W*(?:что|чего) (?P<rus>(?!именно|должн)[^?.,]+?) {_DEMAND}\b"
    r"|^\W*(?P<kk>[^?.,]+?)(?<![ндт][ае]н) (?:не|нені) (?:талап ет(?:еді|ті)|сұрай?ды)\W*$",
    re.IGNORECASE,
)
# What is not demanded no text says; "not mentioned" it may.
_NOT_DEMANDED = re.compile(
    rf"\b(?:do|does|did) (?:\w+ ){{0,4}}not {_DEMAND}\b|\b(?:don't|doesn't|didn't) {_DEMAND}\b"
    r"|\bне (?:требу|хоч|хот|призыва|прос[ия]т)\w*|\b(?:талап етпе|шақырма|сұрама)\w+",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    r"^\W*(?:(?:so|and|but|well|then)\W+)?(?:is|are|was|were|do|does|did|has|have|had)(?:n't)?\s+"
    r"(?!you\b)|(?-i:\bли\b)|^\W*(?:это |а )?(?:правда|верно)\b|\b(?:ма|ме|ба|бе|па|пе)\b\W*$",
    re.IGNORECASE,
)
_NAME_ASKED = re.compile(
    r"\b(?:(?<!by )names? (?:of|and)|(?:his|her|its|their|full) names?|зовут|звали|звать"
    r"|(?<!от )имен[аи]|им[её]н|имя|фамили\w+|поим[её]нно|аты(?: кім)?|есімі\w*|аты-жөні\w*"
    r"|аттары\w*|есімдері\w*)\b"
    r"|\b(?:is|was|are|were) .*\b(?:called|named|names?)\W*$",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b(?:persons?|people|m[ae]n|wom[ae]n|judges?|citizens?|signatories|authors?|activists?|bloggers?"
    r"|journalists?|lawyers?|observers?|victims?|prisoners?|officers?|officials?|lad(?:y|ies)|guys?"
    r"|человек\w*|люд\w+|мужчин\w+|женщин\w+|судь\w+|граждан\w*|подписавш\w+|автор\w*|активист\w*"
    r"|блогер\w*|журналист\w*|адвокат\w*|юрист\w*|наблюдател\w+|жертв\w*|заключ[её]нн\w+"
    r"|адам\w*|ер(?:кек)?\w{0,3}|әйел\w*|судья\w*|азамат\w*|қол қой\w+|белсенді\w*|заңгер\w*"
    r"|бақылаушы\w*|құрбан\w*|тұтқын\w*)\b",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"\b(?:both|two|оба|обоих|обеих|двое|двух|двум|двумя|екеу\w*|екі)\b", re.IGNORECASE
)
_NOW = re.compile(
    r"\b(?:now|still|currently|today|at present|nowadays|alive|dead|die[ds]?|free|freed|released"
    r"|set free|in (?:prison|jail|custody|detention)|imprisoned|jailed|behind bars"
    r"|where is(?!.*\bfrom\b)|how is"
    r"|сейчас|теперь|ещ[её]|сегодня|до сих пор|по-прежнему|до сегодняшнего дня"
    r"|жив\w*|мёртв\w*|умер\w*|на свободе|свобод[ае]н\w*|сид(?:ит|ят)"
    r"|в тюрьме|в заключении|освобо\w+|отпу\w+|выпу\w+|вышел|вышла|где"
    r"|қазір\w*|бүгін\w*|әлі\w*|тірі\w*|түрме\w*|босат\w*|бостанд\w*|қайда)\b",
    re.IGNORECASE,
)
# "its" and "their" are left out: they seldom mean a person spoken of before.
PRONOUN = re.compile(
    r"\b(?:he|him|his|she|her|hers|он|его|него|ему|нему|ним|нём|нем|она|её|ее|неё|нее|ей|ней"
    r"|ол|оның|оған|оны|одан|онда)\b",
    re.IGNORECASE,
)

_SHE_OR_HE_FIRST = re.compile(
    r"^\W*(?:(?:and|but|so|who|what|why|when|where|how|old|many|long|is|was|were|did|does"
    r"|do|has|had"
    r"|can|will|about|to|of|for|with)\W+)+(?:he|him|his|she|her|hers)\b",
    re.IGNORECASE,
)
_WOMANS_SURNAME = re.compile(r"[оеoe][вv][аa]$|ина$|ina$", re.IGNORECASE)
_WOMAN = re.compile(
    r"\b(?:такая|она|гражданка|госпожа|г-жа|активистка|журналистка|её|ее)\b", re.IGNORECASE
)


def asks_for_demands(question: str) -> bool:
    """Return whether `question` asks what the Parliament demands, of whomever and on whatever."""
    return _DEMANDS.search(question) is not None


def topic_of_demands(question: str) -> str:
    """Return `question` without the words that make it one about demands.

    >>> topic_of_demands("What does the resolution demand on torture?")
    'What does the    on torture?'
    """
    return _DEMAND_WORDS.sub(" ", question)


def addressee_of_demands(question: str) -> str | None:
    """Return of whom `question` says the demands are made; None if it does not say.

    >>> addressee_of_demands("What does the EP demand of the EU Delegation?")
    'the EU Delegation'
    """
    found = _ADDRESSEE.search(question)
    return next((whom.strip(" ?!.") for whom in found.groups() if whom), None) if found else None


def kind_asked_for(question: str) -> str | None:
    """Return what those are whom `question` asks to be named; None if it asks for nobody.

    >>> kind_asked_for("Which bloggers are mentioned?")
    'bloggers'
    """
    found = _OF_KIND.match(question)
    kind = next((kind for kind in found.groups() if kind), "") if found else ""
    if not kind or _DEMAND_NOUN.fullmatch(kind.split()[0]):
        return None
    return _DEMAND_WORDS.sub(" ", kind).strip() or kind


def topic_asked_about(question: str) -> str | None:
    """Return what `question` asks whatever is said about; None if it asks otherwise.

    >>> topic_asked_about("What does the resolution say about women's rights?")
    "women's rights"
    """
    found = _ABOUT.search(question)
    return next((topic for topic in found.groups() if topic), None) if found else None


def bare_of(question: str) -> str:
    """Return `question` as the words to be looked for, where it only asks what is said of them, or
    where to read them.

    >>> bare_of("What is said about torture?"), bare_of("Where can I read the report?")
    ('torture', 'read the report')
    """
    if topic := topic_asked_about(question):
        return topic
    found = _TO_READ.search(question)
    return f"{_READ[found.lastgroup or 'en']} {found[found.lastindex or 0]}" if found else question


def asked_to_read(question: str) -> str | None:
    """Return what `question` asks where to read; None if it asks for something else."""
    found = _TO_READ.search(question)
    return found[found.lastindex or 0] if found else None


def asks_for_gist(question: str) -> bool:
    """Return whether `question` asks what a document is about, and no more.

    >>> asks_for_gist("What is the resolution about?"), asks_for_gist("What is DCK about?")
    (True, False)
    """
    return _GIST.search(question) is not None


def asks_why(question: str) -> bool:
    """Return whether `question` asks for a reason, and so takes for granted that there is one."""
    return _WHY.search(question) is not None


def demander(question: str) -> str | None:
    """Return who demands what `question` asks for, unless it is the Parliament; None if not said.

    >>> demander("What does the DCK demand?"), demander("What does the Parliament demand?")
    ('the DCK', None)
    """
    found = _DEMANDER.search(question)
    who = next((group for group in found.groups() if group), None) if found else None
    return None if who is None or re.search(rf"\b{_PARLIAMENT}\b", who, re.IGNORECASE) else who


def is_made_of_parliament(addressee: str) -> bool:
    """Return whether `addressee` is who makes the demands itself: "call on the Parliament"."""
    return _ONLY_PARLIAMENT.fullmatch(addressee) is not None


def asks_for_what_is_not_demanded(question: str) -> bool:
    """Return whether `question` asks what somebody does not demand.

    >>> asks_for_what_is_not_demanded("Whom does the EP not want to be released?")
    True
    """
    return _NOT_DEMANDED.search(question) is not None


def asks_whether(question: str) -> bool:
    """Return whether `question` is to be answered yes or no, and so says what it asks."""
    return _WHETHER.search(question) is not None


def asks_for_persons_name(question: str) -> bool:
    """Return whether `question` asks what some person is called.

    >>> asks_for_persons_name("What is the judge called?"), asks_for_persons_name("Who is it?")
    (True, False)
    """
    return _NAME_ASKED.search(question) is not None and _PERSON.search(question) is not None


def asks_for_both(question: str) -> bool:
    """Return whether `question` means everybody of one name: "both Abishevs"."""
    return _BOTH.search(question) is not None


def without_frame(question: str) -> str:
    """Return `question` without the words that only say what kind of question it is.

    >>> without_frame("Is there any news about Bokayev?").split()
    ['Is', 'there', 'any', 'about', 'Bokayev?']
    """
    return _NOW.sub(" ", _AMONG.sub(" ", topical(question)))


def topical(question: str) -> str:
    """Return `question` without the words that only ask; "now" and "in prison" stay."""
    return _FRAME.sub(" ", topic_of_demands(question))


def with_parliament(question: str) -> str:
    """Return `question` with the Parliament in place of its members, unless it asks for some.

    >>> with_parliament("What ban did the MEPs condemn?")
    'What ban did the European Parliament condemn?'
    """
    if _MEMBERS_ASKED.search(question):
        return question
    for members, parliament in _MEMBERS:
        question = members.sub(parliament, question)
    return question


def without_what_is_left_aside(question: str) -> str:
    """Return `question` without whom or what it leaves aside, and without where in a text it would
    have one look, unless that is all of it.

    >>> without_what_is_left_aside("Who, apart from Bokayev, is named?")
    'Who is named?'
    """
    rest = " ".join(_PLACE_IN_TEXT.sub(" ", _ASIDE.sub(" ", question)).split())
    return rest if any(letter.isalpha() for letter in rest) else question


def without_asker(question: str) -> str:
    """Return `question` without what somebody named is to the asker: "my brother Saken"."""
    return _OF_ASKER.sub(" ", question)


def asks_for_words_of(question: str, name: str) -> bool:
    """Return whether `question` asks what the person called `name` says or demands themselves.

    >>> asks_for_words_of("What did Julie Ward say about torture?", "Julie Ward")
    True
    """
    who = re.escape(name)
    if re.match(r"\W*(?:[аи] )?кто\b", question, re.IGNORECASE):
        return False  # who spoke of them
    if re.search(_WORK_OF.replace("NAME", who), question, re.IGNORECASE):
        return False
    return any(
        re.search(pattern.replace("NAME", who), question, re.IGNORECASE) for pattern in _WORDS_OF
    )


def is_about_nobody_named(question: str) -> bool:
    """Return whether `question` asks about "him" or "her" and nothing that says who that is.

    "She" is somebody in English; Russian and Kazakh say it of a resolution too.
    """
    return PRONOUN.search(question) is not None and (
        asks_for_now(question) or _SHE_OR_HE_FIRST.match(question) is not None
    )


def may_be_woman(question: str, written: str, name: str, language: str) -> bool:
    """Return whether the surname `written` may be a woman's, and not that of `name`, a man.

    "Кто такая Бокаева?" asks about a woman, "дело Бокаева" about a man. Kazakh has no such case.
    """
    if not _WOMANS_SURNAME.search(written) or _WOMANS_SURNAME.search(name):
        return False
    return language == "kk" or _WOMAN.search(question) is not None


def asks_for_now(question: str) -> bool:
    """Return whether `question` asks how things stand with somebody today, or what came after."""
    return _NOW.search(question) is not None


def with_person(question: str, name: str) -> str | None:
    """Return `question` with `name` in place of its first "him" or "her"; None if it has none.

    >>> with_person("What did the UN say about him?", "Maks Bokayev")
    'What did the UN say about Maks Bokayev?'
    """
    named, count = PRONOUN.subn(lambda _: name, question, count=1)
    return named if count else None
