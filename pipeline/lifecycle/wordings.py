"""How prose says that a strategy or law begins, changes and ends."""

import re

ON = (
    r"(?:\s*,)?\s*(?:only |back |again |finally |already |itself |formally "
    r"|shortly after |as early as |late |early |directly )*"
    r"(?:in|on|of|since|from|as of|as from|by|at the end of|until|till|through|during"
    r"|as late as|for|to|with effect from)?\s*"
    r"(?:the )?(?:the end of |the beginning of |the start of |late |early |mid-?"
    r"|spring |summer |autumn |winter |the (?:first|second) half of |\d{1,2}(?:st|nd"
    r"|rd|th)? (?:of )?)?"
    r"(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)?,?\s*(?:\d{1,2},\s*)?$"
)
VERBS: dict[str, str] = {
    "in_force": r"(?:ent(?:er(?:ed|s|ing)?|ry)|c[ao]me?s?|came|put|coming|went|brought)\s+into\s+"
    r"(?:full\s+)?(?:force|effect|operation|application)|t(?:ook|akes?|aking)\s+"
    r"(?:full\s+)?effect|(?:became|becomes?|become)\s+(?:fully\s+)?(?:effective"
    r"|applicable|operative|binding|enforceable)|in\s+(?:force|effect)|effective|appl"
    r"(?:ies|ied|icable)(?!\s+(?:to|for)\b)|valid|commenced|has\s+applied|on\s+the"
    r"\s+books|in\s+place(?=\s+since)",
    "amended": r"amend(?:ed|ing|ments?|s)?|revis(?:ed|ion|ions|es|ing)|updat(?:ed|es?|ing)"
    r"|overhaul(?:ed)?|moderni[sz]ed|recast|renewed|reformed|tightened|restricted"
    r"|reworked|relaxed|strengthened|supplemented|extend(?:ed|s)?(?=\s+in\b)|extend"
    r"(?:ed|s)?(?=\s+its)|modified|rewritten|reworded|broadened|widened|adjusted"
    r"|changed|altered|reshaped|changes?(?=\s+(?:made|in|of|adopted))|reform(?=\s+"
    r"(?:in|of)\s+(?:19|20))",
    "repealed": r"repeal(?:ed|s|ing)?|abolish(?:ed|es|ing)?|abolition|expir(?:ed|es|y|ing)|replac"
    r"(?:ed|es|ing|ement)|lapsed?|supersed(?:ed|es|ing)|supplanted|annul(?:led|ment)"
    r"|struck down|revoked|rescinded|scrapped|withdrawn|terminated|discontinued"
    r"|abandoned|shelved|dropped|invalidated|quashed|ceased to apply|phased out"
    r"|gave way|succeeded(?=\s+by)",
    "period_end": r"r[ua]n(?:s|ning)?\s+(?:until|till|to|through|out)|running\s+(?:until|to)|wound"
    r"\s+up|c[ao]me\s+to\s+an\s+end|came\s+to\s+(?:an\s+end|a\s+close)|end(?:ed|s|ing)"
    r"(?!\s+with)|end(?=\s+in)|extended\s+(?:until|to|through|by)|concludes?d?|valid"
    r"\s+until|until|through|closes?d?|is\s+due\s+to\s+end|completed|fully\s+spent",
    "period_start": r"(?<!the )(?<!at )start(?:s|ed|ing)?|(?<!the )(?<!at )beg[aiu]n(?:s|ning)?"
    r"|under\s+way|kicked\s+off|phased\s+in|rolled\s+out|got\s+under\s+way",
    "adopted": r"adopt(?:ed|ion|s|ing)?|pass(?:ed|age|es|ing)|approv(?:ed|al|es|ing)|enact(?:ed"
    r"|ment|s|ing)?|launch(?:ed|es|ing)?|publish(?:ed|es|ing)|publication|introduc"
    r"(?:ed|tion|es|ing)|sign(?:ed|ing|s)|unveil(?:ed|ing|s)?|issued|endors(?:ed|ement"
    r"|es|ing)|promulgat(?:ed|ion)|ratif(?:ied|ication|ies)|announced|dat(?:es|ing"
    r"|ed)\s+(?:from|back)(?:\s+to)?|drawn\s+up|agreed|concluded|voted|presented"
    r"|followed|became\s+law|on\s+the\s+statute\s+book|goes\s+back\s+to|decreed"
    r"|proclaimed|released|originat(?:es|ed)|tabled\s+and\s+adopted|laid\s+down"
    r"|inaugurated|made\s+public|initiated|cleared",
}
TRIGGER = re.compile(
    "|".join(rf"(?P<{role}>\b(?:{words})\b)" for role, words in VERBS.items()), re.IGNORECASE
)
ADDING = re.compile(
    r"\s*(?:,|and|,\s*and|as well as|or)\s*(?:again\s+)?(?:in\s+)?(?:mid-|early\s|late\s)?$"
)
FRONTED = re.compile(
    r"(?:^|not until\s+|[;:]\s*|[,(]\s*|\b(?:and|but|while|whereas|when|that)\s+)(?:"
    r"(?:already|only|back|as early as|late|early|finally|as late as)\s+)*(?:(?:in|on"
    r"|by|since|until)\s+)?(?:the end of |mid-|early |late |the (?:spring|summer"
    r"|autumn|winter) of |\d{1,2} )?"
    r"(?:(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December)\s+)?(?:\d{1,2},\s*)?$",
    re.IGNORECASE,
)
DENIED = re.compile(
    r"\b(?:never|not|fail(?:ed|s|ure)?|without|rejected|refus\w+|instead of|no longer"
    r"|proposal to|proposed to|plans? to|attempts? to|bill to|threw out|draft|neither"
    r"|yet to|still not|before|after|called for|calls for|demand\w*|recommended"
    r"|promised)\b[^,;]{0,40}$",
    re.IGNORECASE,
)
OTHER_EVENT = re.compile(
    r"\b(?:report|review|audit|evaluation|survey|assessment|opinion|ruling|judg"
    r"(?:e)?ment|election\w*|index|benchmark|ranking|poll|study|figures?|budget"
    r"|guidelines?|complaints?|government|cabinet|ministry|agency|commission|authority"
    r"|council|office|portal|platform|website|case|cases|bill|draft|protests?|crisis"
    r"|pandemic|statement|statistics|data|resolution)\b",
    re.IGNORECASE,
)
PASSIVE = re.compile(
    r"(?:\b(?:was|were|is|are|been|be|being|got|itself|had|has|which|that)\s+"
    r"(?:\w+ly\s+|first\s+|last\s+|again\s+|then\s+|finally\s+|also\s+|only\s+|not\s+"
    r"|since\s+|been\s+|later\s+|subsequently\s+)*|[,(]\s*(?:\w+ly\s+|first\s+|last\s+"
    r"|then\s+|later\s+)?|\b(?:and|but|yet|then)\s+(?:\w+ly\s+|then\s+|later\s+)?|^\s*)$",
    re.IGNORECASE,
)
GOAL = re.compile(
    r"\b(?:by|to|until|for|towards?|before|no later than|beyond)\s+(?:the end of "
    r"|the year |mid-|early |late |around )?$",
    re.IGNORECASE,
)
AIM = re.compile(
    r"\b(?:aim(?:s|ed|ing)?|target(?:s|ed|ing)?|goals?|objectives?|to\s+(?:be|reach"
    r"|cut|raise|connect|reduce|halve|achieve|have|bring|double|become|increase"
    r"|provide|make|complete|cover|phase|move|train|spend(?:ing)?|close|digiti[sz]e"
    r"|create|build|lift|lower|restore|end|eliminate|eradicate|attain|ensure)|commit"
    r"(?:s|ted|ment)|pledg\w+|promis\w+|foresees?|envisag\w+|envision\w+|sets?\s+out"
    r"|will|shall|plans?|planned|should|must|neutrality|seeks?|require[sd]?|calls?"
    r"\s+for|provides?\s+for|prescrib\w+|stipulat\w+|oblig\w+|intend(?:s|ed)|want(?:s"
    r"|ed))\b",
    re.IGNORECASE,
)
PERIOD = re.compile(
    r"\b(?:for|cover(?:s|ed|ing)?|during|over|period|years?|spann?(?:s|ing|ed)|running"
    r"|ran|runs|run|from|between|in the|valid|term|cycle|phase)\s+(?:the\s+)?"
    r"(?:years?\s+|period\s+|programming period\s+)?(?:of\s+|from\s+|between\s+)?$|\($"
    r"|,\s*$",
    re.IGNORECASE,
)
NAME_ENDS = re.compile(r"(?:to|until|towards?|by|for|through)\s*$", re.IGNORECASE)
OF = re.compile(r"\b(?:of|from|in)\s*(?:\w+\s*)?$", re.IGNORECASE)
BACK = re.compile(
    r"^(?:It|They|The (?:latter|former|\w+\s+)?(?:strategy|plan|programme|program|law"
    r"|act|decree|agenda|statute|framework|regulation|directive|code|constitution"
    r"|initiative|road ?map|document|policy|reform|legislation|text|measure"
    r"|amendments?|revision|first|original)|Its|Their|This|That|These|Both|An? "
    r"(?:\w+ )?(?:amendment|revision|update|successor)|Amended|Adopted|Amendments?"
    r"|Revisions?)\b",
    re.IGNORECASE,
)
CLAUSE = re.compile(
    r"[;:]|,\s+(?:while|whereas|although|but|yet|though)\b|\b(?:while|whereas|although)\b",
    re.IGNORECASE,
)
RUNS = re.compile(
    r"\W*(?:\([A-Z]\w+\)\s*)?(?:(?:which|that|it|the strategy|the plan"
    r"|the programme)\s+)?(?:(?:officially|initially|originally)\s+)?"
    r"(?:(?:covers?|covered|covering|runs?|ran|running|spans?|spanned|spanning|lasts?"
    r"|lasted|is valid|was valid|was designed|is designed|was drawn up|was adopted"
    r"|was approved|was in force|extends|extended|stretche[sd]|adopted|approved"
    r"|drawn up)\b[\w\s]{0,30}?)?"
    r"(?:the\s+)?(?:for|from|between|over|period|years)\b",
    re.IGNORECASE,
)
INTRANSITIVE = re.compile(
    r"laps|expir|ceas|follow|dat(?:es|ing|ed)|goes|gave way|became|effect|force|end"
    r"|came|run|ran|start|beg|valid|appl|commenced|place|books|until|through|clos"
    r"|under|kick|originat",
    re.IGNORECASE,
)
RELATIVE = re.compile(r"\b(?:that|which|who|one)\s+(?:\w+\s+){0,3}$", re.IGNORECASE)
ABOUT = re.compile(
    r"\b(?:reports?|reviews?|audits?|evaluations?|assessments?|opinions?|rulings?|studies|study"
    r"|guidelines?|guidance|implementation|handbooks?|surveys?|proposals?|drafts?|criticism)\s+"
    r"(?:of|on|about|for|to|under)\s+(?:the\s+|its\s+)?$",
    re.IGNORECASE,
)
GAP = 4  # words between a verb and its object's name
PREPOSITION = re.compile(
    r"[,;]|\b(?:in|on|by|with|under|and|that|because|when|before|after|to|towards?|for"
    r"|of|from|into)\b"
)
SUBJECT = re.compile(
    r"\b(?:it|they|which|this|that|both|latter|former|its|(?:the|this|that|these) "
    r"(?:\w+ )?(?:strategy|plan|programme|program|law|act|decree|agenda|statute"
    r"|framework|regulation|directive|code|constitution|initiative|road ?map|document"
    r"|policy|reform|legislation|text|measure|amendments?|revision|original"
    r"|version))\b|^\W*$|^(?:An?|Its|Their|The) (?:\w+ )?(?:amendment|revision|update"
    r"|successor)|^(?:Amended|Adopted|Amendments?|Revisions?|Approved|Launched"
    r"|Passed)\b|\b(?:last|first|substantially|again|further|fully|partly)\s*$",
    re.IGNORECASE,
)
PRONOUN = re.compile(
    r"\s+(?:it|them|this|that one|the (?:law|act|strategy|plan|programme|decree|agenda|code))\b",
    re.IGNORECASE,
)
BY = re.compile(r"\bby\s+(?:(?!by\b)[\w'-]+\s+){1,7}?(?=(?:in|on|at|since)\b)", re.IGNORECASE)
THINGS = ("STRATEGY", "LAW")
