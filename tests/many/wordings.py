"""The words that reports are varied with: synonyms, openings and ends of sentences, headings."""

# Each line holds words of which one can stand for another wherever it stands.
SYNONYMS = tuple(
    tuple(option.strip() for option in line.split("|"))
    for line in """
    often|frequently|regularly|time and again
    usually|normally|ordinarily
    rarely|seldom|hardly ever
    nearly|almost|virtually
    mainly|chiefly|mostly|primarily|for the most part
    however|nevertheless|nonetheless
    quickly|rapidly|swiftly|speedily
    slowly|gradually|step by step|bit by bit
    recently|lately|of late
    sometimes|at times|occasionally|now and then
    roughly|approximately
    clearly|plainly|evidently|visibly
    formally|officially
    publicly|openly
    partly|in part|to some extent|in some measure
    for example|for instance
    meanwhile|in the meantime
    therefore|hence|consequently|for this reason
    moreover|furthermore|in addition|besides
    although|even though|though
    despite|in spite of|notwithstanding
    immediately|at once|straight away
    elsewhere|in other places
    everywhere|in all places
    previously|formerly|in earlier years
    eventually|in the end|at last|finally
    initially|at first|in the beginning|to begin with
    particularly|especially|notably
    severely|gravely|seriously
    considerably|markedly|substantially|noticeably
    steadily|continuously|without interruption
    above all|first and foremost
    shows|demonstrates|makes plain
    showed|demonstrated|made plain
    began|started
    begins|starts
    uses|employs|makes use of
    adopted|approved|passed
    published|released|issued|made public
    abolished|scrapped|done away with
    merged|combined|joined together
    replaced|superseded|supplanted
    supervises|oversees|watches over
    coordinates|steers|orchestrates
    monitors|tracks|keeps an eye on
    requires|demands|calls for
    criticised|faulted|found fault with
    criticized|faulted|found fault with
    warned|cautioned
    announced|declared|made known
    examines|scrutinises|looks into|studies
    established|set up|founded|created
    launched|started|set in motion
    increased|grew|went up|rose
    declined|dropped|went down|fell
    promised|pledged|undertook
    prepares|drafts|draws up
    discusses|debates|talks over
    explains|sets out|spells out
    maintains|keeps up
    receives|is given|obtains
    depends on|hinges on|rests on
    large|sizeable|big|considerable
    small|modest|limited
    difficult|hard|demanding
    principal|chief|main
    entire|whole
    widespread|common
    annual|yearly
    complex|complicated|intricate
    costly|expensive|dear
    sluggish|slow|tardy
    uneven|patchy
    reliable|dependable|trustworthy
    adequate|sufficient|satisfactory
    important|significant|consequential
    ambitious|far-reaching|bold
    frequent|recurrent
    detailed|thorough|elaborate
    remarkable|striking|notable
    officials|civil servants|public servants|functionaries
    citizens|residents|members of the public|inhabitants
    firms|companies|businesses|enterprises
    municipalities|local authorities|communes|local governments
    critics|sceptics|detractors|doubters
    staff|personnel
    lawmakers|legislators|members of parliament
    experts|specialists|professionals
    journalists|reporters|the press
    researchers|scholars|academics
    documents|papers|files
    meetings|sessions|sittings
    aims|goals|objectives|purposes
    aim|goal|objective|purpose
    results|outcomes|findings
    websites|sites|web pages
    shortage|lack|dearth|scarcity
    delays|hold-ups|setbacks
    complaints|grievances
    guidance|counsel|advice
    teachers|instructors|schoolteachers
    farmers|growers
    engineers|technicians
    lawyers|jurists|attorneys
    economists|analysts
    obstacles|hurdles|barriers
    benefits|advantages|gains
    tasks|duties|jobs
    mistakes|errors|blunders
    trust|confidence
    workers|employees|wage earners
    opponents|adversaries
    supporters|backers|advocates
    disputes|quarrels|disagreements
    drafts|first versions|preliminary texts
    deadlines|time limits
    consequences|effects|repercussions
    """.strip().splitlines()
)
# What may stand behind "is", "were" or "has".
ADVERBIALS = (
    "clearly", "in fact", "now", "still", "on the whole", "by common consent", "in principle",
    "on paper", "once more", "in practice", "in this respect", "without doubt", "to date",
    "by all accounts", "in effect", "as before",
)  # fmt: skip

# Slots: names by label, {place} the capital, {country}, {year}, {month}, {n} a number.
OPENINGS = (
    "As of {month} {year}, ",
    "According to {AGENCY}, ",
    "In the view of officials in {place}, ",
    "By the count of {AGENCY}, ",
    "In the words of {AGENCY}, ",
    "Seen from {place}, ",
    "In {country}, as elsewhere, ",
    "On the figures of {month} {year}, ",
    "As the {year} review put it, ",
    "In {n} of {n} cases under review, ",
    "For readers of {STRATEGY}, the point is that ",
    "As {AGENCY} reported in {month} {year}, ",
    "In the years before {year}, it was said that ",
    "Under {LAW}, it is held, ",
    "To judge by {n} replies received in {place}, ",
)
ENDS = (
    ", as {AGENCY} noted in {month} {year}",
    ", according to {AGENCY}",
    " (as of {month} {year})",
    ", a point that {AGENCY} made again in {year}",
    " (see section {n} of the {year} report)",
    ", at least since {month} {year}",
    ", as {n} of the replies to a survey of {year} confirm",
    ", say officials in {place}",
    ", and {STRATEGY} does not change this",
    ", which is why {LAW} was amended in {year}",
    ", a matter to which {AGENCY} returned in {month} {year}",
    " (table {n}, {year})",
    ", as users of {PLATFORM} know",
    ", with {n} exceptions in {year}",
    "; the figure for {year} was {n}",
    ", and about {n} offices were still affected in {month} {year}",
)
REFERENCES = (
    "{AGENCY} ({year}): {STRATEGY}. {place}.",
    "{AGENCY} ({year}), {theme}: report no. {n}, {place}.",
    "{AGENCY}, “{theme},” accessed {day} {month} {year}.",
    "{AGENCY} ({year}): Annual Report {year}. {place}, accessed {day} {month} {year}.",
    "{LAW}, no. {n}/{year}.",
)
ITEMS = (
    "{AGENCY}: {theme}, {n} posts in {year}",
    "{PLATFORM} – {theme}, since {month} {year}",
    "{theme} under {LAW} (by {month} {year})",
    "{STRATEGY}: {theme}, {n} measures",
    "Contact for {theme}: {AGENCY}, room {n}",
)
ACTIONS = (
    "Action {n} ({year}): review {theme} together with {AGENCY}. Responsible: {AGENCY}.",
    "Action {n} ({year}): connect {PLATFORM} with the register of {theme}. Responsible: {AGENCY}.",
    "Action {n} ({year}): report on {theme} under {LAW}. Responsible: {AGENCY}.",
)
THEMES = tuple(
    theme.strip()
    for theme in """water supply|public procurement|school meals|land records|broadband|open data
    |shared services|hospital files|energy prices|digital identity|cyber security|road safety
    |civil service pay|housing permits|fisheries|forest protection|rural transport|tax refunds
    |vocational training|pension records|court fees|consumer rights|air quality|waste collection
    |libraries and archives|food safety|business registration|early childhood|disability benefits
    |migration files|statistics|regional funds|rail freight|customs|mine safety|flood defence
    |public broadcasting|research grants|adult learning|anti-corruption training|gender equality
    |veterinary controls|patents|social housing|youth work|elder care|harbour dues|seed banks
    """.split("|")
)
TITLES = {
    "page": ("{theme} in {country}", "{AGENCY}", "{theme}: who does what", "Public {theme} online"),
    "strategy": (
        "{theme}: a strategy for {country} {year}",
        "{STRATEGY}",
        "Towards better {theme}",
    ),
}
HEADINGS = {
    "page": (
        "Who is responsible", "Agencies and partners", "What we do", "Legal framework",
        "Strategies", "How we compare", "{theme}", "Working with others", "Our work in {place}",
        "Supervision", "Services online", "About the ministry", "What changed in {year}",
    ),
    "strategy": (
        "Introduction", "Policy background", "Governance", "Principles", "Shared services",
        "Measuring progress", "{theme}", "Foundations", "Money", "Skills",
        "Next steps after {year}",
    ),
}  # fmt: skip
DIMENSIONS = (
    "Executive Capacity", "Economic Sustainability", "Resilience of Institutions",
    "Environmental Sustainability", "Social Policies", "Executive Accountability",
)  # fmt: skip
