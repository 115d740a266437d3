using System.Globalization;
using IntegrationHub.Functions.Returns;

namespace IntegrationHub.Hub.Tests.Returns;

/// <summary>
/// Makes returns as real ones are: persons at every stage, and in about one of seven a fault. The same seed makes the same return. What is wrong
/// with whom is told beside it, so a test knows what must be found, and that nothing else may be.
/// </summary>
internal sealed class Sen2Generator(int seed)
{
    internal static readonly IReadOnlySet<string> Schools = new HashSet<string>(StringComparer.Ordinal) { "100001", "100002", "100003" };

    private const string CheckLetters = "ABCDEFGHJKLMNPQRTUVWXYZ";
    private static readonly DateOnly Census = new(2026, 1, 15);
    private static readonly Sen2Layout Layout = Sen2Layout.Newest;
    private readonly Random random = new(seed);
    private readonly List<(string Place, string Code)> planted = [];
    private readonly List<Sen2Item> persons = [];

    /// <summary>A return of so many persons, and the faults in it.</summary>
    internal (Sen2File File, IReadOnlyList<(string Person, string Code)> Planted) Make(int count)
    {
        for (var n = 1; n <= count; n++)
        {
            var person = Person(n);
            Vary(person, new Random(HashCode(n)));
            if (random.Next(7) == 0)
            {
                Plant(person, n);
            }

            persons.Add(person);
        }

        var header = Item("CollectionDetails", "Header/CollectionDetails 1", ("Collection", "SEN2"), ("Year", "2026"), ("ReferenceDate", Text(Census)));
        var source = Item("Source", "Header/Source 1", ("SourceLevel", "L"), ("LEA", "330"), ("SoftwareCode", "Earlier"), ("SerialNo", "1"));
        return (new Sen2File(Layout, [header, source], persons, []), planted);
    }

    private Sen2Item Person(int n)
    {
        var place = FormattableString.Invariant($"Person {n}");
        var person = Item(
            "Person", place, ("Surname", "Quastrow" + Letters(n)), ("Forename", "Zelphi" + Letters(n)), ("PersonBirthDate", Text(new DateOnly(2008, 1, 1).AddDays(random.Next(4500)))),
            ("Sex", random.Next(2) == 0 ? "F" : "M"), ("Ethnicity", "WBRI"), ("PostCode", "ZZ99 3WZ"));
        if (random.Next(9) == 0)
        {
            person.Values["UPNunknown"] = "UN8";
        }
        else
        {
            person.Values["UPN"] = UpnOf(n);
        }

        person.Children.Add(Request(place));
        return person;
    }

    /// <summary>What real returns have beside the plainest values. It draws from its own source, so that what is wrong with whom does not move.</summary>
    private void Vary(Sen2Item person, Random own)
    {
        person.Values["Ethnicity"] = Draw(own, "WBRI", "REFU", "NOBT", "MWBC", "APKN");
        if (own.Next(3) == 0)
        {
            person.Values["UniqueLearnerNumber"] = UlnOf(own.Next(100_000_000, 999_999_999));
            person.Values.Remove("UPNunknown");
        }

        var request = person.First("Requests")!;
        request.Values["RequestSource"] = Draw(own, "1", "2", "3", "4", "5");
        request.Values["RYA"] = own.Next(40) == 0 ? "1" : "0";
        if (request.First("Assessment") is { } assessment)
        {
            assessment.Values["Week20"] = Draw(own, "0", "0", "1");
            assessment.Values["OtherMediation"] = Draw(own, "0", "0", "0", "1");
            assessment.Values["OtherTribunal"] = Draw(own, "0", "0", "0", "1");
            if (assessment.First("NamedPlan") is { } plan)
            {
                plan.Values["PB"] = Draw(own, "0", "1");
                plan.Values["OA"] = Draw(own, "0", "1");
                if (own.Next(6) == 0)
                {
                    plan.Values["PlanRes"] = Draw(own, "A", "B");
                }
            }
        }

        if (request.First("ActivePlans") is { } active)
        {
            Vary(active, own, active.First("PlacementDetail")!);
        }
    }

    private static void Vary(Sen2Item active, Random own, Sen2Item placement)
    {
        if (own.Next(3) == 0)
        {
            (active.Values["ReviewMeeting"], active.Values["ReviewOutcome"]) = ("2025-10-01", "1");
        }

        if (own.Next(4) == 0)
        {
            active.Children.Add(Item("SENneed", active.Place + "/SENneed 2", ("SENtype", Draw(own, "SLCN", "SEMH", "MLD", "DS")), ("SENtypeRank", "2")));
        }

        if (own.Next(5) == 0)
        {
            placement.Values.Remove("URN");
            placement.Values["ResourcedProvisionIndicator"] = "0";
            placement.Values["SENSetting"] = Draw(own, "OLA", "EHE", "EYP");
        }
        else if (own.Next(5) == 0)
        {
            active.Children.Insert(1, Item(
                "PlacementDetail", active.Place + "/PlacementDetail 2", ("UKPRN", "10000055"), ("PlacementRank", "2"), ("EntryDate", "2025-09-09"), ("SENunitIndicator", "0"), ("ResourcedProvisionIndicator", "0"), ("Res", "A")));
        }
    }

    private int HashCode(int n) => unchecked((seed * 1_000_003) + n);

    private static string Draw(Random own, params string[] values) => values[own.Next(values.Length)];

    private static string UlnOf(int nine)
    {
        var rest = nine.ToString(CultureInfo.InvariantCulture).Select((digit, n) => (digit - '0') * (10 - n)).Sum() % 11;
        return rest == 0 ? UlnOf(nine - 1) : string.Create(CultureInfo.InvariantCulture, $"{nine}{10 - rest}");
    }

    private Sen2Item Request(string person)
    {
        var place = $"{person}/Requests 1";
        var received = new DateOnly(2025, 1, 6).AddDays(random.Next(120));
        var request = Item("Requests", place, ("ReceivedDate", Text(received)), ("RequestSource", "1"), ("RYA", "0"), ("RequestMediation", "0"), ("RequestTribunal", "0"));
        switch (random.Next(8))
        {
            case 0: request.Values["RequestOutcome"] = random.Next(4) == 0 ? "W" : "A"; break;
            case 1: Decide(request, "N", received.AddDays(35)); break;
            case 2: Decide(request, "Y", received.AddDays(40)); Assessed(request, "A", null); break;
            case 3: Decide(request, "Y", received.AddDays(40)); Assessed(request, "N", received.AddDays(100)); break;
            case 4: Historic(request); break;
            case 5: Decide(request, "Y", received.AddDays(40)); Plan(request, Assessed(request, "Y", received.AddDays(130)), received.AddDays(130), ceased: true); break;
            default: Decide(request, "Y", received.AddDays(40)); Plan(request, Assessed(request, "Y", received.AddDays(130)), received.AddDays(130)); break;
        }

        return request;
    }

    private void Historic(Sen2Item request)
    {
        request.Values["ReceivedDate"] = "2021-03-01";
        request.Values["RequestOutcome"] = "H";
        Plan(request, Assessed(request, "H", null), new DateOnly(2021, 7, 14));
    }

    private static void Decide(Sen2Item request, string outcome, DateOnly on) => (request.Values["RequestOutcome"], request.Values["RequestOutcomeDate"]) = (outcome, Text(on));

    private static Sen2Item Assessed(Sen2Item request, string outcome, DateOnly? on)
    {
        var assessment = Item(
            "Assessment", request.Place + "/Assessment 1", ("AssessmentOutcome", outcome), ("AssessmentMediation", "0"), ("AssessmentTribunal", "0"), ("OtherMediation", "0"), ("OtherTribunal", "0"), ("Week20", "0"));
        if (on is { } day)
        {
            assessment.Values["AssessmentOutcomeDate"] = Text(day);
        }

        request.Children.Add(assessment);
        return assessment;
    }

    private void Plan(Sen2Item request, Sen2Item assessment, DateOnly start, bool ceased = false)
    {
        var school = FormattableString.Invariant($"10000{1 + random.Next(3)}");
        var plan = Item("NamedPlan", assessment.Place + "/NamedPlan 1", ("StartDate", Text(start)), ("PB", "0"), ("OA", "0"));
        plan.Children.Add(Item("PlanDetail", plan.Place + "/PlanDetail 1", ("URN", school), ("PlacementRank", "1"), ("SENunitIndicator", "0"), ("ResourcedProvisionIndicator", "0")));
        assessment.Children.Add(plan);
        if (ceased)
        {
            (plan.Values["CeaseDate"], plan.Values["CeaseReason"]) = (Text(start.AddDays(60)), "2");
            return;
        }

        var active = Item("ActivePlans", request.Place + "/ActivePlans 1");
        if (random.Next(2) == 0)
        {
            active.Values["LastReview"] = "2025-11-20";
        }

        active.Children.Add(Item(
            "PlacementDetail", active.Place + "/PlacementDetail 1", ("URN", school), ("PlacementRank", "1"), ("EntryDate", "2025-09-02"), ("SENunitIndicator", "0"), ("ResourcedProvisionIndicator", "1")));
        active.Children.Add(Item("SENneed", active.Place + "/SENneed 1", ("SENtype", "ASD"), ("SENtypeRank", "1")));
        request.Children.Add(active);
    }

    private void Plant(Sen2Item person, int n)
    {
        var request = person.First("Requests")!;
        var (assessment, active) = (request.First("Assessment"), request.First("ActivePlans"));
        var plan = assessment?.First("NamedPlan");
        switch (random.Next(17))
        {
            case 0 when request["RequestOutcomeDate"] is not null: request.Values["RequestOutcomeDate"] = Text(request.Date("ReceivedDate")!.Value.AddDays(-3)); Note("days-reversed"); break;
            case 1 when person["UPN"] is { } upn: person.Values["UPN"] = (upn[0] == 'A' ? 'B' : 'A') + upn[1..]; Note("wrong-upn"); break;
            case 2: Array.ForEach(["UPN", "UniqueLearnerNumber", "UPNunknown"], name => person.Values.Remove(name)); Note("upn-or-reason"); break;
            case 3 when request["RequestOutcome"] == "A":
                person.Children.Add(Item("Requests", person.Place + "/Requests 2", [.. request.Values.Select(v => (v.Key, v.Value))]));
                Note("several-open-requests");
                break;
            case 4 when plan is not null: plan.First("PlanDetail")!.Values["URN"] = "999999"; Note("unknown-urn"); break;
            case 5 when plan is not null && plan["CeaseDate"] is not null: plan.Values.Remove("CeaseReason"); Note("ceased-without-reason"); break;
            case 6: person.Values.Remove("Ethnicity"); Note("missing"); break;
            case 7: person.Values["Sex"] = "9"; Note("unknown-code"); break;
            case 8 when plan is not null:
                var detail = plan.First("PlanDetail")!;
                detail.Values.Clear();
                (detail.Values["SENSetting"], detail.Values["PlacementRank"]) = ("OTH", "1");
                Note("other-not-named", "setting-other", "indicator-missing");
                break;
            case 9 when active is not null: active.First("SENneed")!.Values["SENtypeRank"] = "2"; Note("need-ranks"); break;
            case 10 when active is not null: assessment!.Children.Clear(); Note("no-named-plan"); break;
            case 11 when request["RequestOutcome"] is "Y" or "N": request.Values.Remove("RequestOutcomeDate"); Note("outcome-without-day"); break;
            case 12 when person["UPN"] is not null && IsSound(n - 1) && persons[^1]["UPN"] is { } before: person.Values["UPN"] = before; Note("number-given-twice"); break;
            case 13 when IsSound(n - 1): Like(person, persons[^1], "Surname", "Forename"); Note("person-given-twice"); break;
            case 14 when IsSound(n - 1): Like(person, persons[^1], "Surname"); Note("near-match"); break;
            case 15: request.Values["ReceivedDate"] = "31st of March"; Note("not-a-day"); break;
            case 16 when active is not null: person.Values["PersonBirthDate"] = FormattableString.Invariant($"19{70 + (n % 20)}-{1 + (n % 12):00}-{1 + (n % 28):00}"); Note("age"); break;
            default: request.Values["RYA"] = "perhaps"; Note("not-a-flag"); break;
        }

        void Note(params string[] codes) => planted.AddRange(codes.Select(code => (person.Place, code)));
    }

    // A copy of a copy would be like both.
    private bool IsSound(int n) => n > 0 && planted.TrueForAll(p => p.Place != FormattableString.Invariant($"Person {n}"));

    private static void Like(Sen2Item person, Sen2Item other, params string[] items)
    {
        foreach (var item in items.Append("PersonBirthDate"))
        {
            person.Values[item] = other[item]!;
        }
    }

    private static Sen2Item Item(string block, string place, params (string Name, string Value)[] values)
    {
        var item = new Sen2Item(Layout.Block(block), place);
        Array.ForEach(values, value => item.Values[value.Name] = value.Value);
        return item;
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Letters(int n) => string.Concat(n.ToString(CultureInfo.InvariantCulture).Select(digit => (char)('a' + (digit - '0'))));

    private static string UpnOf(int n)
    {
        var digits = string.Create(CultureInfo.InvariantCulture, $"330{n:0000000}12");
        return CheckLetters[digits.Select((digit, at) => (digit - '0') * (at + 2)).Sum() % 23] + digits;
    }
}
