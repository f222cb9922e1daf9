"""How ranks, scores and qualities are worded; what must and must not stand around them."""

import re

from pipeline.rankings.numbers import CARDINAL, ORDINAL

NOUN = r"(?:places?|positions?|ranks?|spots?|slots?|rung|ranking)"
COUNTRIES = (
    r"(?:countries|states|nations|economies|jurisdictions|territories|democracies|members"
    r"|signatories)"
)
UNITS = (
    r"(?:countries|states|donors|signatories|entries|societies|cases|places|schemes"
    r"|nations|members|economies|nations|jurisdictions|systems|territories|EU|OECD"
    r"|participants|democracies)"
)
THINGS = (
    r"(?:planned |existing )?(?:measures|e-services|services|points|pillars|indicators"
    r"|goals|targets|components|factors|categories|dimensions|criteria|areas|functions)"
)
MANY = r"(?:the |all |a total of |some |then |its |a field of |as many as |altogether |in all )*"
COUNTED = (
    rf"(?:\s*{NOUN})?(?:\s+(?:overall|worldwide|globally))?"
    rf",?\s*(?:(?:out of|of|among|amongst|from among)\s*{MANY}|/\s*"
    rf"|from\s+(?:the\s+)?(?=\d+\s+(?:\w+\s+)?{UNITS}\b))(?P<out>{CARDINAL})\b"
    rf"(?!\s*(?:%|percent|per cent|{THINGS}))"
)
COUNT = re.compile(COUNTED, re.IGNORECASE)
# "among the 132 economies covered", "of 193 UN member states", "which compares 40 countries"
TOTAL = re.compile(
    rf"\b(?:out of|of|among|amongst|in|with|for|the|its|ranks|has|had|embrac\w+"
    rf"|includ\w+|compar\w+|cover\w*|look\w* at|assess\w*|rank\w*|evaluat\w+"
    rf"|examin\w+|survey\w*|measur\w+|rate\w*|scor\w+|review\w*|contain\w*|count\w*)\s+"
    rf"{MANY}(?P<out>{CARDINAL})\s+(?!most|best|top|leading|largest|worst|poorest"
    rf"|first)(?:[\w.'■-]+\s+){{0,3}}?{UNITS}\b"
    rf"|\b(?P<front>{CARDINAL})\s+(?:[\w.'■-]+\s+){{0,2}}{UNITS}\s+(?:\w+\s+)?(?:is|are"
    rf"|was|were|take|took)\s+(?:\w+\s+)?(?:part|measured|examined|covered|surveyed"
    rf"|assessed|ranked|compared|included|scored|evaluated|reviewed|tested|rated)\b"
    r"|\bEU[- ]?(?P<union>2[78])\b"
    rf"|\b(?:a\s+)?(?:field|list|table|group|sample|league|total) of "
    rf"(?P<field>{CARDINAL})\b(?!\s*(?:%|percent|per cent|pillars|points|indicators"
    rf"|measures))",
    re.IGNORECASE,
)
ANY_ORDINAL = re.compile(ORDINAL, re.IGNORECASE)
# What may follow an ordinal that is a rank.
AFTER = re.compile(
    rf"\s*(?:$|[.,;:)!?/]|-?{NOUN}\b|■|[-–—]\s"
    r"|(?:and|or|but|to|in|on|of|out|among|amongst|for|with|at|as|by|from|while|whilst|whereas|when"
    r"|overall|worldwide|globally|internationally|behind|ahead|after|alongside|just|only|again"
    r"|last|according|regarding|concerning|within|across|under|there|then|respectively|compared|up"
    r"|down|because|thanks|despite|although|though|is|was|it|jointly|equal|together|where|both|if"
    r"|between|since|over|this|that|which|one|so|not|yet|also|now|lowest|highest|best|worst"
    r"|strongest|weakest|most|least|(?:a|one|two|three|four|five|six|ten|\d+)\s+(?:years?|editions?|rounds?)"
    r"\s+(?:earlier|before|later|previously)(?!\s+\w+\s*[.,;]))\b)",
    re.IGNORECASE,
)
SUPERLATIVE = re.compile(
    r"[\s-]+(?:best|highest|strongest|most \w+|least \w+|easiest|safest|freest|happiest|cleanest"
    r"|richest|wealthiest|healthiest|fairest|smartest|greenest|fastest)\b",
    re.IGNORECASE,
)
WORST = re.compile(r"[\s-]+(?:lowest|worst|weakest|poorest)\b", re.IGNORECASE)
VERBS = (
    r"(?:rank(?:s|ed|ing|ings)?|place[sd]?|placing|placement|put|puts|putting|leaving|came|comes?|coming|stood"
    r"|stands?|standing|position(?:s|ed)?|finish(?:ed|es)?|score[sd]?|rose|rises?|rising|fell"
    r"|falls?|falling|fallen|mov(?:ed|es|ing)|climb(?:s|ed|ing)?|dropp?(?:ed|s|ing)?|slip(?:s|ped"
    r"|ping)?|slid|slides?|end(?:ed|s)? up|ended|held|holds?|took|takes?|reach(?:ed|es)?|sits?|sat"
    r"|find(?:s)?|found|land(?:ed|s)?|occup(?:y|ies|ied)|lists?|listed|rated?|advanc(?:ed|es)|leapt"
    r"|leaps?|jump(?:ed|s)?|improv(?:ed|es)|went|goes|lies?|lay|lags?|trail(?:s|ed)?|appears?"
    r"|appeared|emerg(?:ed|es)|remain(?:s|ed)?|stay(?:s|ed)?|kept|keeps?|is|was|are|were|be|been"
    r"|being|becam?e|becomes|has|had|sees?|saw|shar(?:e|es|ed|ing)|tied?|ties|accord(?:s|ed)?|given"
    r"|gives?|gave|earn(?:s|ed)?|secur(?:ed|es)|claim(?:s|ed)?|retain(?:s|ed)?|achiev(?:ed|es)"
    r"|obtain(?:s|ed)?|gain(?:s|ed)?|regain(?:s|ed)?|tumbl(?:ed|es)|plung(?:ed|es)|sank|sinks?"
    r"|plummet(?:s|ed)|surg(?:ed|es)|return(?:s|ed)?|recover(?:s|ed)?|relegat(?:es|ed)"
    r"|declin(?:es|ed)|recovering|slipping|climbing|dropping|moving|reaching|finishing"
    r"|occupying|landing|leaping|jumping|returning|sliding|tumbling|plunging|improving|declining"
    r"|advancing"
    r"|deteriorat(?:es|ed)|ascent|rise|fall|drop|jump|clim|decline|assign(?:s|ed)?|award(?:s|ed)?)"
)
NEAR_VERB = re.compile(
    rf"\b{VERBS}\b(?:,?\s+[\w'■.-]+){{0,6}}?,?\s*(?:,\s*[\w\s■'-]{{0,40}},)?\s*$", re.IGNORECASE
)
COMMON = re.compile(
    r"\s*of\s+(?:which|whom|its|their|these|those|all|several|many|the (?:kind"
    r"|sort))\b|\s+(?:to|and foremost)\b(?!\s+last)",
    re.IGNORECASE,
)
JOINED = re.compile(
    r"(?:\b(?:as well as|compared (?:to|with)|and|but|to|from|or|yet|then|while"
    r"|whereas|whilst|versus|than)|,|\()\s*"
    r"(?:[\w'■-]+\s+){0,4}$",
    re.IGNORECASE,
)
DATE_BEFORE = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Article|section|paragraph|Chapter|on the)\s*$",
    re.IGNORECASE,
)
DATE_AFTER = re.compile(
    r"\s*(?:of\s+)?(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December|century|time|year|edition)",
    re.IGNORECASE,
)
PART_OF = re.compile(
    r"\b(?:upper|lower|top|bottom|middle|lowest|highest|best|worst|one|two|a)[\s-]+$", re.IGNORECASE
)
DISCOURSE = re.compile(r"^\W*$|[.;:]\s*$")
RANK_NUMBER = re.compile(
    rf"(?:\b(?:rank(?:s|ed|ing)?|position|place|spot|number|no\.?|nr\.?)|[#№])\s*"
    r"(?:(?:at|as|of|is|was|number|no\.?|nr\.?|position|rank|only|just|[:#№])\s*){0,3}"
    rf"(?P<n>\d{{1,3}})\b(?!\s?(?:%|percent|per cent|st\b|nd\b|rd\b|th\b)|[.,]\d|/\s?(?:19|20)\d\d"
    rf"|-|\s+"
    rf"(?:\w+\s+)?{UNITS})",
    re.IGNORECASE,
)
ORDINAL_BEFORE = re.compile(ORDINAL + r"\s+", re.IGNORECASE)
PERCENTILE = re.compile(r"percentile\s*$", re.IGNORECASE)
# "ranked Belgium 19 out of 193", "has Thailand at 21 of 190 economies", "had been at 77"
PLAIN = re.compile(
    rf"\b(?:{VERBS})\b[^.;\d]{{0,40}}?(?<![-.])\b(?P<n>\d{{1,3}})"
    rf"(?=\s*(?:out of|of|among|amongst)\s+{MANY}\d{{1,3}}\b\s*(?:[,.;)]|$"
    rf"|(?:[\w.■'-]+\s+){{0,2}}{UNITS}|(?:in|on|for|and|but|with|at|overall|worldwide)\b))"
    r"|(?<!■ )\b(?:is|was|been|be|stands|stood|sits|sat|puts?|has|had|has it|came in|comes in"
    r"|trails|trailed|ranks|ranked|lies|finished)\b\s+(?:[A-Z]\w+\s+){0,3}"
    r"(?:only\s+|still\s+)?at\s+(?:number\s+)?(?P<m>\d{1,3})\b(?!\s?(?:%|percent"
    r"|per cent|points|st|nd|rd|th|years|million|billion|euros?)|[.,]\d)",
)
MOVED_TO = re.compile(
    r"\b(?:rose|risen|fell|fallen|climbed|dropped|slipped|slid|moved|recovered"
    r"|improved|declined|jumped|tumbled|up|down|advanced|sank|plunged|went)\b"
    r"(?:(?![.;]|\bfrom\b)[^\d]){0,40}?,?\s*\bto\s+(?:number\s+|rank\s+)?"
    r"(?P<n>\d{1,3})(?=\s*(?:[,.;)]|$|in\b|on\b|for\b|the year|out of|of \d))",
    re.IGNORECASE,
)
GLOSSED = re.compile(r"(?<=[\s(])(?P<n>\d{1,3})(?=\s+\([a-z][a-z\s-]+\))")
LISTED_AT = re.compile(
    r"(?<=[a-z]),?\s+(?:still\s+|only\s+)?at\s+(?P<n>\d{1,3})(?=\s*(?:[,.;)]|$|and\b|in\b))"
)
OF_RANKS = re.compile(r"■|\b(?:place|position|rank|ranking|standing|spot)\b")
WORDED = re.compile(
    r"\b(?:ranked|ranks|at|is|was|as|came|stands|stood|the|in|its)\s+(?:world\s+)?number[- ]"
    r"(?P<n>two|three|four|five|six|seven|eight|nine|ten)\b"
    rf"(?=\s+(?:{NOUN}|in|worldwide|globally|among|of \d)\b|\s+on\s+(?:the\s+)?■|\s*[,.;)])",
    re.IGNORECASE,
)
SCORED = re.compile(r"\bscor\w*(?:\s+(?:of|was|is))?\s*$", re.IGNORECASE)
OF_SCORES = re.compile(r"\b(?:points|scor\w+)\b")
FULL_MARKS = (5, 7, 10, 100, 1000)
LABELLED = re.compile(r"\((?:19|20)\d\d:\s*(?P<n>\d{1,3})\)")
AGAINST = re.compile(
    r"\b(?:against|versus|compared (?:with|to)|(?:up|down) from)\s+(?:rank\s+)?(?P<n>\d{1,3})"
    r"(?=\s+(?:in (?:19|20)\d\d|a year|the year|\w+ years)\b)"
)
IN_BRACKETS = re.compile(r"\((?P<n>\d{1,3})\)")
NEAR = 40  # characters from a rank to another that is compared with it
POSSESSED = re.compile(r"(?<='s )(?P<n>\d{1,3})(?=\s*(?:[,.;)]|$|and\b))")  # "and Chile's 34"
FROM_TO = re.compile(
    r"\b(?:went|moved|rose|fell|climbed|dropped|slipped|advanced|improved|declined"
    r"|jumped|rising|falling|place|position|rank|ranking)\b[^.;\d]{0,40}"
    r"\bfrom\s+(?P<n>\d{1,3})(?![\d.%]|st|nd|rd|th|\s?(?:percent|per cent|points))"
    r"(?:\s+in\s+(?:19|20)\d\d)?"
    r"(?:,?\s+via\s+(?P<v>\d{1,3})(?:\s+in\s+(?:19|20)\d\d)?)?,?\s+to\s+(?P<m>\d{1,3})"
    r"(?![\d.%]|st|nd|rd|th|\s?(?:percent|per cent|points))",
    re.IGNORECASE,
)
EITHER = rf"(?:{ORDINAL.replace('(?P<n>', '(?:').replace('(?P<w>', '(?:')}|{CARDINAL})"
RANGE = re.compile(
    rf"\b(?:{NOUN}\s+(?P<a>{EITHER})\s+(?:to|through)\s+(?P<b>{EITHER})"
    rf"|(?P<c>{EITHER})\s+to\s+(?P<d>{EITHER})\s+{NOUN}|(?:make up|form|complete"
    rf"|made up|formed)\s+the\s+(?P<podium>podium|top three)\b)",
    re.IGNORECASE,
)
SLASHED = re.compile(r"\((?P<n>\d{1,3})\s*/\s*(?P<out>\d{2,3})\)")
LAST = re.compile(
    r"\b(?:(?P<k>second|third|fourth|fifth)(?:[\s-]+(?:to|from))[\s-]+(?:the\s+)?"
    r"(?P<what>last|bottom|lowest|worst)\b"
    r"|(?P<pen>penultimate|next to last|last (?:place |position |rank |spot )?but one)\b"
    rf"|\bthe (?P<of>last)(?= (?:out )?of (?:the |all )?\d+ (?:[\w-]+ ){{0,2}}{COUNTRIES}\b)"
    r"|(?<!at )(?<!the )\b(?P<one>last)\b(?!\s+(?:year|years|decade|time|edition|month"
    r"|week|report|one"
    r"|few|three|two|five|ten|election|round|survey|ranking|\w+ed\b(?! of)|to\b|but\b"
    r"|from\b|century|parliament|resort|govern\w+))"
    r"|(?:(?<=the )|(?<=in )|(?<=in the ))(?P<place>last|bottom)\s+(?:place|position|rank|spot)\b"
    r"|(?:at|from|to|near)\s+the\s+(?:very\s+)?(?P<bottom>bottom)\b(?!\s+(?:ten|five"
    r"|third|half|quarter|group))"
    r"|\b(?P<low>lowest-ranked|worst-placed|br(?:ings?|ought|inging) up the rear"
    r"|at the (?:very )?end of|closes? the (?:table|list|ranking|field)"
    r"|close[sd]? (?:the )?■+(?=\s+(?:ranking|table|list|field|in|of|at)\b|\s*[,.;)]|$)))",
    re.IGNORECASE,
)
SET_VERB = re.compile(
    rf"\b{VERBS}\b[^.;]{{0,40}}$|[,(]\s*$|\b(?:and|but|dead|in)\s+$", re.IGNORECASE
)
TOP = re.compile(
    r"\b(?:tops|topped|topping|leads|led|leading(?=\s+(?:the|with|in|■))|heads|headed"
    r"|(?:best|top)[- ](?:performer|performing|placed|ranked|scoring|rated)\b(?!\s+(?-i:[A-Z]))"
    r"|front[- ]?runner|at the head of|(?:world|global|european)\s+leader|in the lead"
    r"|(?:the|at the|to the|in|at|very|joint|overall|its|take[sn]?|took|comes?|came"
    r"|hold[s]?|held|claims?|occup\w+)\s+"
    r"(?:very\s+)?(?:top|pole|leading|number[- ]one|uppermost)\s+(?:place|spot|position|rank|slot)"
    r"|(?:at|to|from) the (?:very )?top(?=\s+of\b|\s+for\b|[,.;)]|\s+in\b)"
    r"|(?:comes?|came|ranks?|ranked|finish(?:es|ed)|placed|scores?|scored)\s+(?:out"
    r"\s+)?(?:on\s+)?(?:top|highest|best)\b"
    r"|(?:the\s+(?:very\s+)?(?:highest|best|top))\s+(?:score|rank|value"
    r"|mark|rating|result)s?\b(?! being| since| so far| ever| yet| to date| in its| it (?:has|had)"
    r"| in (?:\w+ )?(?:years|decades?)| for (?:\w+ )?(?:years|decades?))"
    r"|the most [a-z][\w-]+ (?:country|economy|nation|society|state) (?:(?:in|of) the world"
    r"|worldwide|globally)"
    r"|(?:ranking|league table)(?=\s*:\s+(?:the\s+)?(?-i:[A-Z][\w-]+"
    r"(?:\s+(?:of\s+)?[A-Z][\w-]+){0,3}),\s+followed by)"
    r"|(?:was|is|were|are|as|ranked|named|rated)\s+(?:the\s+)(?:very\s+)?best\b(?=\s*"
    r"(?:of|in|among|worldwide|[.,;]|$))"
    r"|(?:nobody|no one|none) (?:does|did|scores?|scored|ranks?|ranked|fares?|fared"
    r"|performs?|performed) better(?=\s*(?:[,.;]|$)|\s+(?:than|in|on|worldwide|globally)\b)"
    r"|(?:nobody|no one|none)(?= outranks?)"
    r"|no (?:other )?(?:country|state|member state|nation|economy) (?:does|did|scores?"
    r"|scored|ranks?|ranked|fares?|fared|performs?|performed) better"
    r"|number[- ]one|second to none|unrivall?ed|unsurpassed|in pole position"
    r"|out in front|(?:on|at) (?:the )?(?:top|summit|apex|pinnacle)(?= of\b|[,.;]"
    r"| in\b)|outperforms? (?:all|every)|ahead of (?:all|every) (?:other|the other)"
    r"|better than any other|the highest of (?:all|any)|(?:was|is) crowned"
    r"|the pace-?setter|the champion\b|the leader\b(?= in| of| among|[,.;])"
    r"|first among equals|the winner\b|sets the pace|(?<='s )lead\b(?= in)"
    r"|the best (?:overall )?result (?:of|among)\b(?! (?:its|the country's))"
    r"|(?:takes?|took|taken|holds?|held) the lead"
    r"|(?:holds?|held|shares?|shared) the crown)",
    re.IGNORECASE,
)
LEADS = re.compile(r"\s*(?:and\b|[.,;]|$|ahead of\b|before\b)")
RUNNER_UP = re.compile(r"\brunner[- ]up\b", re.IGNORECASE)
NUMBER = r"(?<![\w.,-])(?P<{0}>-?\d{{1,4}}(?:[.,]\d+)?|0?\.\d+)"
VALUES = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        NUMBER.format("a")
        + r"(?:\s+(?:points?|marks)\b(?!\s+(?:more|fewer|less|higher|lower|above|below"
        r"|up|down|ahead|behind|clear))"
        r"(?:\s+(?:out of|of)\s+(?:a (?:possible|maximum of) )?\d+)?|\s+(?:out )?of "
        r"(?:a possible )?\d+ points?\b"
        r"|\s*(?:/(?!\s*(?:19|20)\d\d)|out of a possible)\s*\d{1,4}\b(?=\s*"
        r"(?:points|[),.]))"
        r"|\s+out of\s+(?:5|7|10|100|1,?000)\b)",
        r"\b(?:finish(?:ed|es)? (?:with|on)|had sunk to|rose to|fell to|estimate of"
        r"|figure (?:was|is)|scor(?:es?|ed|ing)|score\s+(?:of|was|is|at|stood at"
        r"|came to)|scores?\s*[:(=]|value\s+(?:of|was|is)"
        r"|rating\s+of|mark\s+of|attain(?:s|ed)|grade\s+of|index value of|points"
        r"\s*:)\s*(?:only|just|a|an|at|about)?\s*"
        + NUMBER.format("a")
        + r"(?!\s?(?:%|percent|per cent)|\w|(?:\.\d)|\s+(?:places|positions|countries"
        r"|out of \d\d\b(?!0)|of \d))",
        r"\b(?:received|receives|awarded|gets|got|achieved|obtained|reached|reaches"
        r"|assigned|gave|gives|earned|collected|recorded|posted|registered|averaged|managed"
        r"|calculated|put at|stands at|stood at)\s+(?:it\s+)?(?:a\s+|only\s+)?"
        r"(?=\d+(?:\.\d+)?(?![.\d])(?:\s*(?:[,.;)(]|$)|\s+(?:on|in|for|out|of|and|but|according|by|to|which|while|under|overall)\b))"
        + r"(?P<a>\d{1,2}\.\d{1,4})(?!\s?(?:%|percent|per cent|million|billion|points"
        r"|times|euros?)|\w)",
        r"\b(?:stood|stands|stand|was|is|were)\s+at\s+"
        + NUMBER.format("a").replace(r"(?:[.,]\d+)?", r"[.,]\d+")
        + r"(?!\s?(?:%|percent|per cent))",
        r"(?<=■ )(?:stood|stands|is|was)\s+at\s+" + NUMBER.format("a"),
        r"\b(?:assign(?:s|ed)|gives|gave|award(?:s|ed)|accord(?:s|ed)|attest(?:s|ed)|attribut(?:es|ed))"
        r"\s+(?:the\s+)?(?!Article|Annex|Section|Chapter|Part|Law|Act|No\b)(?:(?-i:[A-Z])[\w-]+\s+){1,3}"
        + NUMBER.format("a")
        + r"(?![.,]?\d)(?=\s+(?:for|on|in|and|points?)\b|\s*[,.;(])",
        r"\b(?:score|maturity|rating|mark|result)\s+(?:of|is|was|at|fell to|rose to|stands at"
        r"|stood at|is put at|was put at|reached|(?:is|was) judged to be)\s+(?:only\s+|just\s+)?"
        r"(?P<a>\d{1,3}(?:\.\d+)?)\s?(?:%|percent\b|per cent\b)(?!\s+of\b)",
        r"\bpercentile(?:\s+rank)?\s+(?:for\s+[\w\s]{3,30}?\s)?(?:of\s+|was\s+|is\s+)?"
        + NUMBER.format("a"),
        r"(?<=[\w)] at )"
        + NUMBER.format("a").replace(r"(?:[.,]\d+)?", r"[.,]\d+")
        + r"(?!\s?(?:%|percent|per cent|million|billion))",
        r"\bscore\s+(?:on|in|for)\s+(?:[^.;,\d]|(?:19|20)\d\d){3,80}?\s+"
        r"(?:is|was|stood at|stands at)\s+"
        + NUMBER.format("a")
        + r"(?![.,]?\d)(?!\s?(?:%|percent|per cent|out of \d\d\b(?!0)))",
        r"(?<=score, )(?P<a>\d{1,3}(?:\.\d+)?)(?=,)",
        r"(?<=, )"
        + r"(?P<a>-?[0-9]\.\d{2,4})(?=[,;.)\s])(?!\s?(?:%|percent|per cent|million|billion))",
    )
)
# "…, Norway 0.736 and Italy 0.729", "Sweden's 7.9", "43 for Egypt": scores beside a score
LISTED = re.compile(
    r"(?:(?<=[a-zé] )|(?<='s )|(?<=, )|(?<=with ))(?P<a>\d{1,3}(?:\.\d+)?)(?!\d)(?=\s*"
    r"(?:[,.;)]|$|and\b|(?:for|in)\s+[a-z]|\((?:19|20)\d\d\)"
    r"|(?:a|one|two|three|four|five|\d+)\s+years?\s+(?:earlier|before|ago|later)))"
)
CHANGE_BEFORE = re.compile(
    r"\b(?:by|further|another|up|down|gained|lost|of which|improvement of|increase of"
    r"|drop of|more than|scale from|from 0 to|to|averages?(?: of)?)\s+$",
    re.IGNORECASE,
)
FROM_SCORE = re.compile(r"\bfrom\s+\d+(?:\.\d+)?\b(?! to)[^;:]{0,40}\bto\s+$")
NO_SCORE = re.compile(r"\b(?:average|mean|median)\b[^,;]*$")
YEAR = re.compile(r"(?:19|20)\d\d")
SCORE_BEFORE = re.compile(
    r"(?:\b[A-Z]\w+(?:'s)?|,|\b(?:and|against|with|than|to|it had|had|receives?"
    r"|received|has|gets|got|was|were))\s+(?:just\s+|only\s+)?$"
)
LEVEL = (
    r"(?:(?:very|rather|fairly|relatively|comparatively|only|particularly|extremely"
    r"|exceptionally)\s+)?"
    r"(?:middling|low|high|good|poor|medium|average|mediocre|top|excellent|weak|strong|modest|bad"
    r"|above-average|below-average|outstanding|disappointing|solid|decent|respectable|moderate"
    r"|favou?rable|unfavou?rable|dismal|fair)"
)
QUALITY = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        r"\bamong\s+the\s+(?:[\w-]+\s+){0,3}?(?:performers?|innovators|leaders"
        r"|laggards|best|worst|top|bottom|lowest|highest|leading|weakest|strongest"
        r"|first|last|poorest)\b(?:[\s-]+(?:[\w-]+\s+){0,2}?(?:countries|performers"
        r"|ten|five|twenty|third|quarter|group|innovators|states|placed|scoring|ranked"
        r"|economies|\d+))?",
        r"\b(?:in|into|within|to|belongs to)\s+(?:the\s+)?(?:top|bottom|upper|lower|lowest|highest"
        r"|leading|middle|first|last|second|third)\s+(?:half|third|quarter|quartile"
        r"|quintile|tercile|decile|group|ten|five|twenty|fifteen|\d{1,3})\b",
        r"\b(?:top|bottom)\s+(?:ten|five|twenty|three|fifteen|thirty|\d{1,3}|third"
        r"|half|quarter|quartile|tercile|quintile)\b",
        r"\b(?:middle of the (?:table|field|pack|ranking)|midfield|mid-table)\b",
        rf"\b(?:receiv(?:ed|es)|achiev(?:ed|es)|obtain(?:ed|s)|got|gets|earn(?:ed|s)"
        rf"|record(?:ed|s)|attain(?:ed|s))\s+(?:a\s+|an\s+)?{LEVEL}\s+(?:scores?"
        rf"|marks?|ratings?|grades?|results?|rank)\b",
        r"\b(?:fare[sd]?|perform(?:s|ed)?|score[sd]?|d(?:oes|id)|rank(?:s|ed)?)\s+(?:"
        r"(?:very|rather|fairly|comparatively|relatively|particularly|only|quite"
        r"|consistently|exceptionally)\s+)?(?:well|poorly|badly|better|worse|high|low"
        r"|moderately)\b(?:\s+than\s+the\s+(?:EU|OECD|European|regional|global"
        r"|world)\s+average)?",
        r"\b(?:(?:well|far|clearly|slightly|just|somewhat|markedly|significantly)\s+)?"
        r"(?:above|below|under|over|close to|near|around|at)\s+(?:the\s+)?(?:(?:EU"
        r"|OECD|European|regional|global|world|international|union|European Union"
        r"|African|Latin American)\s+)?(?:average|mean|median)\b",
        rf"\b{LEVEL}\s+(?:scores|marks|ratings|rating|score|mark|result|results)\b",
        r"\b(?:partly free|not free|flawed democracy|full democracy|hybrid regime"
        r"|authoritarian regime|(?:strong|moderate|modest|emerging) innovators?"
        r"|innovation leaders?|tier [123])\b",
        r"\b(?:rated|classified|classed|categori[sz]ed|labelled|described|regarded"
        r"|graded|considered)\s+(?:as\s+)?(?:a\s+|an\s+)?[\"']?(?:(?:very\s+)?(?:free"
        r"|high|low|poor|satisfactory|problematic|insufficient|sufficient|good"
        r"|excellent|weak|strong|moderate|medium|compliant|very \w+)|[\w-]+ "
        r"(?:performer|democracy|regime|country|group|innovator))\b",
        r"\b(?:best|top|high|low|good|poor|weak|strong|average|mediocre|leading)[- ]performers?\b",
        r"\b(?:lags?|lagging|lagged|falls?|trails?|trailed)\s+(?:far\s+|well\s+"
        r"|somewhat\s+)?behind\b(?:\s+(?:its|most|the)\s+(?:[\w-]+\s+){0,2}(?:peers"
        r"|average|neighbou?rs|countries|states))?",
        r"\bis\s+(?:excellent|poor|mediocre|outstanding|weak)\b",
        r"\bdismal\b",
    )
)
FROM_END = {"second": 2, "third": 3, "fourth": 4, "fifth": 5}
